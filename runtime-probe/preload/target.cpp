#include "runtime-probe/preload/target.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/machine.h"

#include <sys/stat.h>
#include <elf.h>
#include <linux/fcntl.h>

namespace envleak::preload {
namespace {

constexpr int deepestScript = 5;  // the kernel follows no more
constexpr int symbolicLinksAreFollowed = 0;

class File {
 public:
  File(int directory, const char* path) {
    // Through a descriptor only to read it; the caller's own is never moved.
    if (*path == '\0') {
      char link[32] = "/proc/self/fd/";
      *putNumber(link + 14, static_cast<std::uint32_t>(directory)) = '\0';
      descriptor_ = systemCall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } else {
      descriptor_ = systemCall(SYS_openat, directory, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    }
  }
  ~File() {
    if (!failed(descriptor_)) systemCall(SYS_close, descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  long error() const { return failed(descriptor_) ? -descriptor_ : 0; }
  long descriptor() const { return descriptor_; }
  std::size_t read(void* to, std::size_t size, std::uint64_t at) const {
    const long got = systemCall(SYS_pread64, descriptor_, to, size, at);
    return failed(got) ? 0 : static_cast<std::size_t>(got);
  }

 private:
  long descriptor_;
};

bool changesIdentity(const File& file, const struct stat& status) {
  if ((status.st_mode & S_ISUID) != 0 && status.st_uid != static_cast<unsigned>(systemCall(SYS_getuid))) return true;
  if ((status.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) &&
      status.st_gid != static_cast<unsigned>(systemCall(SYS_getgid)))
    return true;
  char capabilities[64];
  return !failed(
      systemCall(SYS_fgetxattr, file.descriptor(), "security.capability", capabilities, sizeof capabilities));
}

// Those of gcc, and those of clang -shared-libsan.
bool isSanitizer(const char* name) {
  static constexpr char runtimes[][20] = {"libasan.so",       "libtsan.so",       "libhwasan.so",
                                          "libclang_rt.asan", "libclang_rt.tsan", "libclang_rt.hwasan"};
  for (const char* runtime : runtimes)
    if (startsWith(name, runtime)) return true;
  return false;
}

struct Segments {
  Elf64_Phdr headers[32];
  unsigned count;
};

std::uint64_t fileOffset(const Segments& segments, std::uint64_t address) {
  for (unsigned i = 0; i < segments.count; ++i) {
    const Elf64_Phdr& segment = segments.headers[i];
    if (segment.p_type == PT_LOAD && address >= segment.p_vaddr && address < segment.p_vaddr + segment.p_filesz)
      return address - segment.p_vaddr + segment.p_offset;
  }
  return 0;
}

// The first needed library decides: the compiler puts the sanitizer's runtime in front.
void findSanitizer(const File& file, const Segments& segments, const Elf64_Phdr& dynamic, Target& target) {
  Elf64_Dyn entries[64];
  const std::size_t count =
      file.read(entries, dynamic.p_filesz < sizeof entries ? dynamic.p_filesz : sizeof entries, dynamic.p_offset) /
      sizeof(Elf64_Dyn);
  std::uint64_t names = 0;
  for (std::size_t i = 0; i < count && entries[i].d_tag != DT_NULL; ++i)
    if (entries[i].d_tag == DT_STRTAB) names = fileOffset(segments, entries[i].d_un.d_ptr);
  if (names == 0) return;
  for (std::size_t i = 0, seen = 0; i < count && entries[i].d_tag != DT_NULL && seen < 3; ++i) {
    if (entries[i].d_tag != DT_NEEDED) continue;
    ++seen;
    char name[sizeof target.sanitizer] = {};
    file.read(name, sizeof name - 1, names + entries[i].d_un.d_val);
    if (isSanitizer(name)) return copyBytes(target.sanitizer, name, sizeof name);
  }
}

void inspectElf(const File& file, const Elf64_Ehdr& header, Target& target) {
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != EM_X86_64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB) {
    target.kind = TargetKind::foreign;
    return;
  }
  Segments segments;
  const std::size_t wanted = header.e_phnum * sizeof(Elf64_Phdr);
  if (header.e_phentsize != sizeof(Elf64_Phdr) || wanted > sizeof segments.headers) return;
  segments.count = static_cast<unsigned>(file.read(segments.headers, wanted, header.e_phoff) / sizeof(Elf64_Phdr));
  const Elf64_Phdr* dynamic = nullptr;
  bool has_loader = false;
  for (unsigned i = 0; i < segments.count; ++i) {
    if (segments.headers[i].p_type == PT_INTERP) has_loader = true;
    if (segments.headers[i].p_type == PT_DYNAMIC) dynamic = &segments.headers[i];
  }
  // A loader that is run as a program ("ld.so ./program") has a dynamic section and exports symbols, but names no
  // loader of its own, just as a static position-independent program: only the former is a shared object by name.
  if (!has_loader) target.kind = TargetKind::static_program;
  if (has_loader && dynamic != nullptr) findSanitizer(file, segments, *dynamic, target);
}

// The interpreter of "#! /path argument"; false if it is none.
bool interpreterOf(char* text, std::size_t length, const char** path) {
  if (length < 3 || text[0] != '#' || text[1] != '!') return false;
  std::size_t start = 2;
  while (start < length && (text[start] == ' ' || text[start] == '\t')) ++start;
  std::size_t end = start;
  while (end < length && text[end] != ' ' && text[end] != '\t' && text[end] != '\n' && text[end] != '\0') ++end;
  if (end == start || end == length) return false;
  text[end] = '\0';
  *path = text + start;
  return true;
}

bool isLoader(const char* path) {
  const char* base = path;
  for (const char* at = path; *at != '\0'; ++at)
    if (*at == '/') base = at + 1;
  return startsWith(base, "ld-linux") || startsWith(base, "ld-musl") || startsWith(base, "ld.so");
}

void inspect(int directory, const char* path, int depth, Target& target) {
  const File file(directory, path);
  if (file.error() != 0) {
    if (file.error() == 2 /* ENOENT */ || file.error() == 20 /* ENOTDIR */) target.kind = TargetKind::missing;
    return;
  }
  struct stat status;
  if (failed(systemCall(SYS_fstat, file.descriptor(), &status)) || !S_ISREG(status.st_mode)) return;
  union {
    Elf64_Ehdr elf;
    char text[257];
  } start;
  const std::size_t length = file.read(&start, sizeof start.text - 1, 0);
  const char* interpreter;
  if (interpreterOf(start.text, length, &interpreter)) {
    // A script's own set-user-ID bit has no effect.
    target.script = true;
    if (depth < deepestScript) inspect(AT_FDCWD, interpreter, depth + 1, target);
    return;
  }
  if (changesIdentity(file, status)) {
    target.kind = TargetKind::setuid;
    return;
  }
  if (length < sizeof(Elf64_Ehdr) || !sameBytes(start.text, ELFMAG, SELFMAG)) return;
  const Elf64_Ehdr header = start.elf;
  inspectElf(file, header, target);
  if (target.kind == TargetKind::static_program && isLoader(path)) target.kind = TargetKind::observable;
}

bool isExecutable(const char* path) {
  struct stat status;
  return !failed(systemCall(SYS_newfstatat, AT_FDCWD, path, &status, symbolicLinksAreFollowed)) &&
         S_ISREG(status.st_mode) && systemCall(SYS_faccessat, AT_FDCWD, path, 1 /* X_OK */) == 0;
}

}  // namespace

Target inspectTarget(int directory, const char* path) {
  Target target;
  inspect(directory, path, 0, target);
  return target;
}

bool searchPath(const char* name, const char* path_list, char* found, std::size_t size) {
  if (path_list == nullptr) path_list = "/bin:/usr/bin";
  const std::size_t name_length = lengthOf(name);
  if (name_length == 0) return false;
  for (const char* start = path_list;; ++start) {
    const char* end = start;
    while (*end != '\0' && *end != ':') ++end;
    const auto length = static_cast<std::size_t>(end - start);
    if (length + 1 + name_length + 1 <= size) {
      copyBytes(found, start, length);
      char* at = found + length;
      if (length > 0) *at++ = '/';
      copyBytes(at, name, name_length + 1);
      if (isExecutable(found)) return true;
    }
    if (*end == '\0') return false;
    start = end;
  }
}

const char* blindKind(TargetKind kind) {
  switch (kind) {
    case TargetKind::static_program:
      return "static";
    case TargetKind::setuid:
      return "setuid";
    case TargetKind::foreign:
      return "foreign-architecture";
    case TargetKind::observable:
    case TargetKind::missing:
      break;
  }
  return "other";
}

}  // namespace envleak::preload
