#include "runtime-probe/trace/modules.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Object/BuildID.h>
#include <llvm/Object/ELFObjectFile.h>

#include <sys/stat.h>

#include <array>

namespace envleak::trace {
namespace {

std::string hex(std::string_view bytes) {
  return llvm::toHex(llvm::StringRef(bytes.data(), bytes.size()), /*LowerCase=*/true);
}

bool isEnviron(llvm::StringRef name) { return name == "environ" || name == "__environ" || name == "_environ"; }

}  // namespace

Module::State Module::state(std::int64_t recorded_until) {
  if (!state_) state_ = open(recorded_until);
  return *state_;
}

Module::State Module::open(std::int64_t recorded_until) {
  if (path_.empty() || path_.front() != '/') return State::no_file;
  struct stat status{};
  // A trace can name anything; opening a pipe would wait for ever.
  if (::stat(path_.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return State::gone;
  auto opened = llvm::object::ObjectFile::createObjectFile(path_);
  if (!opened) {
    llvm::consumeError(opened.takeError());
    return State::gone;
  }
  if (!llvm::isa<llvm::object::ELFObjectFileBase>(opened->getBinary())) return State::changed;
  llvm::object::BuildIDRef found = llvm::object::getBuildID(opened->getBinary());
  if (build_id_recorded_ && llvm::toHex(found, /*LowerCase=*/true) != build_id_) return State::changed;
  // When it was put there, not when it was built: a package brings old files.
  if (build_id_.empty() && recorded_until != 0 && status.st_ctime > recorded_until) return State::changed;
  file_ = std::move(*opened);
  return State::same;
}

ModuleId ModuleTable::idOf(std::string_view path, std::string_view build_id) {
  std::string key(path);
  key.push_back('\0');
  key.append(build_id);
  auto [found, added] = ids_.try_emplace(std::move(key), static_cast<ModuleId>(modules_.size()));
  if (added) modules_.push_back(std::make_unique<Module>(std::string(path), hex(build_id), true));
  return found->second;
}

ModuleId ModuleTable::idOfPath(std::string_view path) {
  auto [found, added] = by_path_.try_emplace(std::string(path), static_cast<ModuleId>(modules_.size()));
  if (added) modules_.push_back(std::make_unique<Module>(std::string(path), std::string(), false));
  return found->second;
}

std::optional<bool> ModuleTable::refersToEnviron(ModuleId id) {
  auto [entry, added] = refers_to_environ_.try_emplace(id);
  if (!added || state(id) != Module::State::same) return entry->second;
  const auto* elf = llvm::cast<llvm::object::ELFObjectFileBase>(&(*modules_[id]).file());
  entry->second = false;
  // A defined one counts as well: an executable's copy relocation looks so, and a program's own array is one too.
  for (const llvm::object::ELFSymbolRef& symbol : elf->getDynamicSymbolIterators()) {
    auto name = symbol.getName();
    if (!name) {
      llvm::consumeError(name.takeError());
      entry->second.reset();
      break;
    }
    if (isEnviron(*name)) {
      entry->second = true;
      break;
    }
  }
  return entry->second;
}

bool ModuleTable::importsFunction(ModuleId id, std::string_view function) {
  if (state(id) != Module::State::same) return false;
  const auto* elf = llvm::cast<llvm::object::ELFObjectFileBase>(&(*modules_[id]).file());
  for (const llvm::object::ELFSymbolRef& symbol : elf->getDynamicSymbolIterators()) {
    auto name = symbol.getName();
    if (!name) {
      llvm::consumeError(name.takeError());
      continue;
    }
    if (std::string_view(*name) != function) continue;
    auto flags = symbol.getFlags();
    // A sanitizer's runtime defines its own, to watch its callers.
    if (flags && (*flags & llvm::object::SymbolRef::SF_Undefined) != 0) return true;
    if (!flags) llvm::consumeError(flags.takeError());
  }
  return false;
}

void AddressSpace::map(std::uint64_t start, const Mapping& mapping) {
  if (mapping.end <= start) return;
  if (mappings_.use_count() > 1) mappings_ = std::make_shared<Mappings>(*mappings_);
  auto first = mappings_->upper_bound(start);
  if (first != mappings_->begin() && std::prev(first)->second.end > start) --first;
  auto last = mappings_->lower_bound(mapping.end);
  mappings_->erase(first, last);
  (*mappings_)[start] = mapping;
}

std::optional<CodeAddress> AddressSpace::find(std::uint64_t address) const {
  auto after = mappings_->upper_bound(address);
  if (after == mappings_->begin()) return std::nullopt;
  const Mapping& mapping = std::prev(after)->second;
  if (address >= mapping.end) return std::nullopt;
  return CodeAddress{mapping.module, address - mapping.bias};
}

bool isSystemRuntime(std::string_view path) {
  constexpr std::array<std::string_view, 5> prefixes{"libc.so", "libc-2.", "ld-linux", "ld-musl", "libc.musl"};
  std::string_view name = path.substr(path.rfind('/') + 1);
  for (std::string_view prefix : prefixes)
    if (name.starts_with(prefix)) return true;
  return false;
}

}  // namespace envleak::trace
