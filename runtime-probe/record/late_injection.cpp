#include "runtime-probe/record/late_injection.h"

#include "runtime-probe/record/environment_record.h"
#include "runtime-probe/record/proc_files.h"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

namespace envleak::probe {
namespace {

constexpr std::size_t mostWords = 1 << 20;

// What the kernel has put on the stack of a new program: argc, argv, environment, auxiliary vector.
struct FirstStack {
  std::uint64_t address = 0;
  std::vector<std::uint64_t> words;
  std::size_t environment_end = 0;  // index of the null behind it
};

// More words, up to the end of a page: what follows need not be mapped.
bool readMore(int pid, FirstStack& stack) {
  constexpr std::uint64_t page = 4096;
  const std::uint64_t from = stack.address + stack.words.size() * sizeof(std::uint64_t);
  const std::size_t size = page - from % page;
  const std::size_t before = stack.words.size();
  stack.words.resize(before + size / sizeof(std::uint64_t));
  const iovec here{stack.words.data() + before, size};
  const iovec there{reinterpret_cast<void*>(from), size};
  return ::process_vm_readv(pid, &here, 1, &there, 1, 0) == static_cast<ssize_t>(size);
}

std::optional<FirstStack> readStack(int pid) {
  user_regs_struct registers{};
  if (::ptrace(PTRACE_GETREGS, pid, nullptr, &registers) != 0 || registers.rsp % 16 != 0) return std::nullopt;
  FirstStack stack;
  stack.address = registers.rsp;
  const auto word = [&](std::size_t index) -> std::optional<std::uint64_t> {
    while (index >= stack.words.size())
      if (index >= mostWords || !readMore(pid, stack)) return std::nullopt;
    return stack.words[index];
  };
  const auto argument_count = word(0);
  if (!argument_count || *argument_count > mostWords) return std::nullopt;
  std::size_t index = *argument_count + 2;
  for (;; ++index) {
    const auto entry = word(index);
    if (!entry) return std::nullopt;
    if (*entry == 0) break;
  }
  stack.environment_end = index++;
  for (;; index += 2) {
    const auto type = word(index);
    if (!type || !word(index + 1)) return std::nullopt;
    if (*type == AT_NULL) break;
  }
  stack.words.resize(index + 2);
  return stack;
}

bool write(int pid, std::uint64_t address, const std::string& bytes) {
  const iovec here{const_cast<char*>(bytes.data()), bytes.size()};
  const iovec there{reinterpret_cast<void*>(address), bytes.size()};
  return ::process_vm_writev(pid, &here, 1, &there, 1, 0) == static_cast<ssize_t>(bytes.size());
}

std::vector<char*> entriesOf(const std::string& environment) {
  std::vector<char*> entries;
  for (std::size_t at = 0; at < environment.size(); at += std::strlen(entries.back()) + 1)
    entries.push_back(const_cast<char*>(environment.c_str()) + at);
  entries.push_back(nullptr);
  return entries;
}

// Its files by these names are ours, and its user may open them. The loader would complain of a missing library.
bool isReachable(int pid, const preload::ProbeNames& names) {
  const std::string root = procPath(pid, "root");
  for (const char* name : {names.library, names.trace}) {
    struct stat ours, theirs;
    if (::stat(name, &ours) != 0 || ::stat((root + name).c_str(), &theirs) != 0) return false;
    if (ours.st_dev != theirs.st_dev || ours.st_ino != theirs.st_ino) return false;
  }
  const std::optional<ProcStatus> status = procStatus(pid);
  return status && status->user == ::geteuid();
}

}  // namespace

bool injectLate(int pid, const std::string& environment, const preload::Target& target,
                const preload::ProbeNames& names) {
  const std::vector<char*> entries = entriesOf(environment);
  if (target.kind != preload::TargetKind::observable || listsLibraries(environment) ||
      preload::belongsElsewhere(entries.data(), names) || !isReachable(pid, names))
    return false;
  const preload::InjectionSize size = preload::injectionSize(entries.data(), names, target.sanitizer);
  std::vector<char*> array(size.entries);
  std::vector<char> text(size.text);
  preload::inject(entries.data(), names, target.sanitizer, 0, array.data(), text.data());
  std::size_t end = 0;
  while (array[end] != nullptr) ++end;
  const std::string library = array[end - 2];
  const std::string handle = array[end - 1];

  std::optional<FirstStack> stack = readStack(pid);
  if (!stack) return false;
  // All moves down, as far as is needed; the strings come where the auxiliary vector ended.
  const std::size_t strings = library.size() + 1 + handle.size() + 1;
  const std::uint64_t address = (stack->address - 2 * sizeof(std::uint64_t) - strings) & ~std::uint64_t{15};
  const std::uint64_t text_address = address + (stack->words.size() + 2) * sizeof(std::uint64_t);
  const auto place = stack->words.begin() + static_cast<std::ptrdiff_t>(stack->environment_end);
  stack->words.insert(place, {text_address, text_address + library.size() + 1});
  std::string block(reinterpret_cast<const char*>(stack->words.data()), stack->words.size() * sizeof(std::uint64_t));
  block.append(library).push_back('\0');
  block.append(handle).push_back('\0');
  // What was there is written over: from here on the stack pointer has to follow.
  return write(pid, address, block) && ::ptrace(PTRACE_POKEUSER, pid, offsetof(user_regs_struct, rsp), address) == 0;
}

}  // namespace envleak::probe
