#include "analyzer/frontend/driver_query.h"

#include "analyzer/frontend/command_words.h"
#include "analyzer/frontend/paths.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FileUtilities.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <cstdlib>
#include <map>
#include <sstream>

namespace envleak::analyzer {
namespace {

constexpr unsigned secondsToAnswer = 20;

// The words of `flags` that an answer depends on.
std::vector<std::string> decisive(const std::vector<std::string>& flags) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < flags.size(); ++at) {
    const std::string& word = flags[at];
    if ((word == "-target" || word == "-isysroot" || word == "--sysroot" || word == "-gcc-toolchain") &&
        at + 1 < flags.size()) {
      words.push_back(word);
      words.push_back(flags[++at]);
      continue;
    }
    for (const char* start : {"-m", "--target=", "--sysroot=", "-nostdinc", "-stdlib=", "-specs=", "--specs=", "-B",
                              "-std=", "--gcc-toolchain="})
      if (word.starts_with(start)) {
        words.push_back(word);
        break;
      }
  }
  return words;
}

// Standard output or error of a run; empty if it failed. The driver gets no variable but these.
std::optional<std::string> outputOf(const std::string& program, const std::vector<std::string>& words,
                                    const std::string& directory, bool of_errors) {
  llvm::SmallString<128> file;
  if (llvm::sys::fs::createTemporaryFile("envleak-driver", "txt", file)) return std::nullopt;
  llvm::FileRemover remover(file);
  std::string path = std::string("PATH=") + (std::getenv("PATH") ? std::getenv("PATH") : "/usr/bin:/bin");
  std::vector<llvm::StringRef> arguments{program};
  // By env, since a driver may be given by relative paths, and its flags as well.
  std::string changed = "--chdir=" + directory;
  auto env = llvm::sys::findProgramByName("env");
  if (!env) return std::nullopt;
  arguments = {*env, changed, program};
  for (const std::string& word : words) arguments.push_back(word);
  std::vector<llvm::StringRef> environment{path, "LC_ALL=C"};
  std::optional<llvm::StringRef> nowhere = llvm::StringRef(""), kept = llvm::StringRef(file);
  std::optional<llvm::StringRef> redirects[] = {nowhere, of_errors ? nowhere : kept, of_errors ? kept : nowhere};
  if (llvm::sys::ExecuteAndWait(*env, arguments, llvm::ArrayRef<llvm::StringRef>(environment), redirects,
                                secondsToAnswer) != 0)
    return std::nullopt;
  auto content = llvm::MemoryBuffer::getFile(file);
  if (!content) return std::nullopt;
  return (*content)->getBuffer().str();
}

std::optional<DriverAnswer> ask(const std::string& program, const std::vector<std::string>& flags,
                                const std::string& directory, bool cplusplus) {
  DriverAnswer answer;
  std::vector<std::string> words = flags;
  words.push_back("-dumpmachine");
  std::optional<std::string> machine = outputOf(program, words, directory, false);
  if (!machine) return std::nullopt;
  answer.target = machine->substr(0, machine->find('\n'));
  words.back() = "-E";
  for (const char* word : {"-v", "-x", cplusplus ? "c++" : "c", "/dev/null"}) words.push_back(word);
  std::optional<std::string> search = outputOf(program, words, directory, true);
  if (!search || answer.target.empty() || answer.target.find_first_of(" \t/") != std::string::npos)
    return std::nullopt;
  std::istringstream lines(*search);
  bool within = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#include <...>"))
      within = true;
    else if (line.starts_with("End of search list"))
      within = false;
    else if (within && line.starts_with(" ") && !line.ends_with("(framework directory)"))
      answer.directories.push_back(canonicalPath(line.substr(1), directory));
  }
  return answer;
}

}  // namespace

bool isTarget(const std::string& prefix) {
  llvm::Triple triple(prefix);
  return triple.getArch() != llvm::Triple::UnknownArch;
}

bool isHostTarget(const std::string& target) {
  llvm::Triple host(llvm::sys::getDefaultTargetTriple());
  llvm::Triple other(llvm::Triple::normalize(target));
  return other.getArch() == host.getArch() && other.getOS() == host.getOS() &&
         other.getEnvironment() == host.getEnvironment();
}

bool mustBeAsked(const std::string& compiler) {
  CompilerName name = parseCompilerName(compiler);
  std::string_view base = baseName(compiler);
  if (name.family.empty())
    return base == "mpicc" || base == "mpicxx" || base == "mpic++" || base == "winegcc" || base == "wineg++";
  if (!name.target.empty()) return !isTarget(name.target) || !isHostTarget(name.target);
  // A toolchain of its own: it has its own headers.
  std::size_t slash = compiler.rfind('/');
  if (slash == std::string::npos) return false;
  std::string folder = compiler.substr(0, slash);
  for (const char* usual : {"/usr/bin", "/bin", "/usr/local/bin", "/usr/lib/ccache", "/usr/lib/distcc", "/usr/libexec/icecc"})
    if (folder == usual) return false;
  return !folder.starts_with("/usr/lib/llvm-");
}

std::optional<DriverAnswer> askDriver(const std::string& compiler, const std::string& directory,
                                      const std::vector<std::string>& flags, bool cplusplus) {
  std::string program = compiler;
  if (compiler.find('/') == std::string::npos) {
    auto found = llvm::sys::findProgramByName(compiler);
    if (!found) return std::nullopt;
    program = *found;
  } else if (!compiler.starts_with("/")) {
    llvm::SmallString<256> full(compiler);
    llvm::sys::fs::make_absolute(directory, full);
    program = full.str().str();
  }
  if (!llvm::sys::fs::can_execute(program)) return std::nullopt;
  std::vector<std::string> words = decisive(flags);
  std::string question = program + '\0' + (cplusplus ? "+" : "-");
  bool relative = false;
  for (const std::string& word : words) {
    question += '\0' + word;
    relative |= word.find('/') != std::string::npos;
  }
  if (relative) question += '\0' + directory;
  static std::map<std::string, std::optional<DriverAnswer>> answers;
  auto [found, added] = answers.try_emplace(question);
  if (added) found->second = ask(program, words, directory, cplusplus);
  return found->second;
}

}  // namespace envleak::analyzer
