// The ELF files that a trace names, and where they lay in each process.
#pragma once

#include "runtime-probe/trace/trace_file.h"

#include <llvm/Object/ObjectFile.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::trace {

using ModuleId = std::uint32_t;

// An ELF file as it was mapped during the run. The file of that name may have been replaced since: only one with the
// recorded build-id is used.
class Module {
 public:
  enum class State {
    same,     // the file that was mapped
    changed,  // another file has its name now
    gone,     // no regular file, or not readable as ELF
    no_file,  // it never was a file (the kernel's vdso)
  };
  // Without `build_id_recorded` any file will do that was there before the end of the recording.
  Module(std::string path, std::string build_id, bool build_id_recorded)
      : path_(std::move(path)), build_id_(std::move(build_id)), build_id_recorded_(build_id_recorded) {}

  const std::string& path() const { return path_; }
  const std::string& buildId() const { return build_id_; }  // lower-case hex
  // Opens the file at the first call. `recorded_until` is the trace's last change in seconds since 1970 (0: not
  // known): a file that no build-id tells from others, and that is younger, is taken for another one.
  State state(std::int64_t recorded_until);
  // Only where the state is `same`.
  const llvm::object::ObjectFile& file() const { return *file_.getBinary(); }

 private:
  State open(std::int64_t recorded_until);

  std::string path_;
  std::string build_id_;
  bool build_id_recorded_;
  std::optional<State> state_;
  llvm::object::OwningBinary<llvm::object::ObjectFile> file_;
};

class ModuleTable {
 public:
  explicit ModuleTable(std::int64_t recorded_until) : recorded_until_(recorded_until) {}

  // `build_id` as raw bytes.
  ModuleId idOf(std::string_view path, std::string_view build_id);
  // A file of which only the path was recorded.
  ModuleId idOfPath(std::string_view path);
  const Module& operator[](ModuleId id) const { return *modules_[id]; }
  Module::State state(ModuleId id) { return modules_[id]->state(recorded_until_); }
  std::size_t size() const { return modules_.size(); }

  // Does the file import libc's `environ`, so that it can read variables without getenv? Nothing if that is not known.
  std::optional<bool> refersToEnviron(ModuleId id);
  // Does the file import this function? False if that is not known.
  bool importsFunction(ModuleId id, std::string_view function);

 private:
  std::int64_t recorded_until_;
  std::vector<std::unique_ptr<Module>> modules_;
  std::unordered_map<std::string, ModuleId> ids_;      // by path and build-id
  std::unordered_map<std::string, ModuleId> by_path_;  // of those without a recorded build-id
  std::unordered_map<ModuleId, std::optional<bool>> refers_to_environ_;
};

// A place in code: an address of the ELF file (its own address space, load bias taken off).
struct CodeAddress {
  ModuleId module = 0;
  std::uint64_t offset = 0;
  friend bool operator==(const CodeAddress&, const CodeAddress&) = default;
};

// Which module lies where in one process. Copies share their content until one of them changes.
class AddressSpace {
 public:
  struct Mapping {
    std::uint64_t end;
    std::uint64_t bias;
    ModuleId module;
  };
  // Takes the place of what lay there before.
  void map(std::uint64_t start, const Mapping& mapping);
  std::optional<CodeAddress> find(std::uint64_t address) const;

 private:
  using Mappings = std::map<std::uint64_t, Mapping>;
  std::shared_ptr<Mappings> mappings_ = std::make_shared<Mappings>();
};

// libc or the dynamic loader, by its file name.
bool isSystemRuntime(std::string_view path);

}  // namespace envleak::trace
