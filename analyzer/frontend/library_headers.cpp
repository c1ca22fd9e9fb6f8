#include "analyzer/frontend/library_headers.h"

#include "analyzer/frontend/cursor.h"
#include "analyzer/frontend/resource_directory.h"

#include <algorithm>
#include <array>

namespace envleak::analyzer {
namespace {

// Of ISO C, POSIX and glibc, in the order of the alphabet.
constexpr std::array<std::string_view, 87> headersOfC{
    "aio.h",       "aliases.h",   "alloca.h",   "argp.h",      "argz.h",      "assert.h",    "complex.h",   "cpio.h",
    "crypt.h",     "ctype.h",     "dirent.h",   "dlfcn.h",     "elf.h",       "endian.h",    "envz.h",      "err.h",
    "errno.h",     "error.h",     "execinfo.h", "fcntl.h",     "features.h",  "fenv.h",      "float.h",     "fmtmsg.h",
    "fnmatch.h",   "fstab.h",     "fts.h",      "ftw.h",       "getopt.h",    "glob.h",      "grp.h",       "iconv.h",
    "ifaddrs.h",   "inttypes.h",  "langinfo.h", "libgen.h",    "libintl.h",   "limits.h",    "link.h",      "locale.h",
    "malloc.h",    "math.h",      "mcheck.h",   "memory.h",    "mntent.h",    "monetary.h",  "mqueue.h",    "netdb.h",
    "nl_types.h",  "paths.h",     "poll.h",     "printf.h",    "pthread.h",   "pty.h",       "pwd.h",       "regex.h",
    "resolv.h",    "sched.h",     "search.h",   "semaphore.h", "setjmp.h",    "shadow.h",    "signal.h",    "spawn.h",
    "stdint.h",    "stdio.h",     "stdlib.h",   "string.h",    "strings.h",   "stropts.h",   "sysexits.h",  "syslog.h",
    "tar.h",       "termios.h",   "tgmath.h",   "threads.h",   "time.h",      "ucontext.h",  "ulimit.h",    "unistd.h",
    "utime.h",     "utmp.h",      "utmpx.h",    "wait.h",      "wchar.h",     "wctype.h",    "wordexp.h"};
static_assert(std::ranges::is_sorted(headersOfC));

constexpr std::array<std::string_view, 16> foldersOfC{"arpa", "asm",     "asm-generic", "bits", "c++",    "gnu",
                                                      "linux", "net",     "netinet",     "nfs",  "protocols", "rpc",
                                                      "scsi", "sys", "thread_db", "x86"};

}  // namespace

bool isStandardHeader(std::string_view path) {
  if (path.starts_with(resourceDirectory())) return true;
  constexpr std::string_view include = "/include/";
  std::size_t at = path.rfind(include);
  // "/usr/include/c++/12/bits/..": the first one counts.
  if (std::size_t cxx = path.find("/include/c++/"); cxx != path.npos) at = cxx;
  if (at == path.npos) return false;
  std::string_view name = path.substr(at + include.size());
  std::string_view first = name.substr(0, name.find('/'));
  if (first.size() < name.size() && first.find("-linux") != first.npos) {  // x86_64-linux-gnu/sys/types.h
    name.remove_prefix(first.size() + 1);
    first = name.substr(0, name.find('/'));
  }
  if (first.size() == name.size()) return std::ranges::binary_search(headersOfC, name);
  return std::ranges::find(foldersOfC, first) != foldersOfC.end();
}

bool isInstalledHeader(std::string_view path) {
  for (std::string_view folder : {"/usr/include/", "/usr/lib/", "/usr/lib64/", "/usr/local/include/", "/usr/local/lib/"})
    if (path.starts_with(folder)) return true;
  return false;
}

bool mayBeDefinedByProgram(CXCursor function, const std::string& usr) {
  CXFile file = nullptr;
  clang_getExpansionLocation(clang_getCursorLocation(function), &file, nullptr, nullptr, nullptr);
  if (!file) return false;  // of the compiler itself
  std::string path = take(clang_getFileName(file));
  if (isStandardHeader(path)) return false;
  // An installed C++ library's methods are as many as the C library's functions.
  return !isInstalledHeader(path) || usr == "c:@F@" + spellingOf(function);
}

}  // namespace envleak::analyzer
