#include "analyzer/frontend/command_words.h"

#include "analyzer/frontend/byte_text.h"
#include "analyzer/frontend/paths.h"

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/StringSaver.h>

#include <algorithm>
#include <optional>

namespace envleak::analyzer {
namespace {

using facts::RepairKind;
constexpr int responseFileDepth = 10;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

bool isVariable(std::string_view word) {
  std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 && !word.starts_with("-") &&
         word.substr(0, equals).find('/') == std::string_view::npos;
}

// Words of which one follows as a value, by launcher.
bool takesValue(std::string_view launcher, std::string_view word) {
  if (launcher == "env") return isOneOf(word, {"-u", "--unset", "-C", "--chdir"});
  if (launcher == "nice") return isOneOf(word, {"-n", "--adjustment"});
  if (launcher == "ionice") return isOneOf(word, {"-c", "-n", "-p"});
  if (launcher == "time") return isOneOf(word, {"-f", "-o", "--format", "--output"});
  if (launcher == "timeout") return isOneOf(word, {"-k", "-s"});
  if (launcher == "strace") return isOneOf(word, {"-o", "-e", "-s", "-E"});
  return false;
}

bool isLauncher(std::string_view name) {
  return isOneOf(name, {"ccache", "distcc", "sccache", "icecc", "icerun", "buildcache", "gomacc", "rewrapper", "env",
                        "nice", "ionice", "time", "timeout", "strace", "libtool", "glibtool", "slibtool", "pump",
                        "fiu-run", "firebuild", "colorgcc", "schedtool", "chrt", "taskset", "setarch", "linux32"});
}

bool isShell(std::string_view name) { return isOneOf(name, {"sh", "bash", "dash", "ksh", "zsh", "ash"}); }

// A line that runs one command, perhaps after 'cd DIR &&'. Nothing else is a compile command that could be told.
std::optional<std::vector<std::string>> shellLine(const std::string& line, std::string& directory) {
  std::string rest = line;
  for (;;) {
    std::size_t first = rest.find_first_not_of(" \t\n");
    if (first == std::string::npos) return std::nullopt;
    rest.erase(0, first);
    std::size_t next = rest.find("&&");
    if (!rest.starts_with("cd ") || next == std::string::npos) break;
    std::vector<std::string> change = splitWords(rest.substr(0, next));
    if (change.size() != 2) return std::nullopt;
    directory = canonicalPath(change[1], directory);
    rest.erase(0, next + 2);
  }
  char quote = 0;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    char c = rest[at];
    if (c == '\\') {
      ++at;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
      if (quote == '"' && (c == '$' || c == '`')) return std::nullopt;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (std::string_view(";|&<>$`()\n").find(c) != std::string_view::npos) {
      return std::nullopt;
    }
  }
  return splitWords(rest);
}

// The folders that gcc takes from these variables, as the flags that mean the same.
void addFromVariable(const std::string& word, std::vector<std::string>& flags) {
  std::size_t equals = word.find('=');
  std::string name = word.substr(0, equals);
  bool any = name == "CPATH";
  if (!any && !isOneOf(name, {"C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"})) return;
  for (std::size_t at = equals + 1; at <= word.size();) {
    std::size_t end = std::min(word.find(':', at), word.size());
    flags.push_back((any ? "-I" : "-isystem") + std::string(end == at ? "." : word.substr(at, end - at)));
    at = end + 1;
  }
}

class Unwrapper {
 public:
  Unwrapper(CommandWords& result) : result_(result) {}

  void run(std::vector<std::string> words) {
    expand(words, 0);
    for (int rounds = 0; rounds < 8 && !words.empty() && step(words);) ++rounds;
    result_.words = std::move(words);
    if (!result_.words.empty()) result_.words.insert(result_.words.begin() + 1, flags_.begin(), flags_.end());
  }

 private:
  void expand(std::vector<std::string>& words, int depth) {
    std::vector<std::string> expanded;
    for (std::string& word : words) {
      if (word.size() < 2 || word[0] != '@') {
        expanded.push_back(std::move(word));
        continue;
      }
      std::string path = canonicalPath(std::string_view(word).substr(1), result_.directory);
      auto content = llvm::MemoryBuffer::getFile(path);
      if (depth > responseFileDepth || !llvm::sys::fs::is_regular_file(path) || !content) {
        result_.losses.push_back("response file '" + word.substr(1) + "' cannot be read: its flags are lost");
        expanded.push_back(std::move(word));
        continue;
      }
      result_.repairs.push_back({RepairKind::response_file, word});
      std::vector<std::string> inner = splitWords((*content)->getBuffer().str());
      expand(inner, depth + 1);
      expanded.insert(expanded.end(), inner.begin(), inner.end());
    }
    words = std::move(expanded);
  }

  // Takes one launcher away; false if the first word is the compiler, or nothing known.
  bool step(std::vector<std::string>& words) {
    std::string name(baseName(words.front()));
    if (name.ends_with(".sh")) name.resize(name.size() - 3);
    if (isShell(name)) return shell(words);
    if (name == "cmake") return cmake(words);
    if (isVariable(words.front())) {  // A=b cc ...
      addFromVariable(words.front(), flags_);
      words.erase(words.begin());
      return true;
    }
    if (!isLauncher(name)) return unknownLauncher(words);
    // A launcher as a symbolic link has the compiler's name; one that is called itself is followed by the compiler.
    std::size_t at = 1;
    while (at < words.size() && (words[at].starts_with("-") || isVariable(words[at]))) {
      if (words[at] == "--") {
        ++at;
        break;
      }
      if (isVariable(words[at])) addFromVariable(words[at], flags_);
      if ((words[at] == "-C" || words[at] == "--chdir") && name == "env" && at + 1 < words.size())
        result_.directory = canonicalPath(words[at + 1], result_.directory);
      at += takesValue(name, words[at]) ? 2 : 1;
    }
    if (name == "timeout" || name == "taskset" || name == "setarch" || name == "chrt") ++at;  // the time, the mask
    if (at >= words.size()) return false;
    note(name);
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  }

  bool shell(std::vector<std::string>& words) {
    std::size_t at = 1;
    bool line = false;
    while (at < words.size() && words[at].starts_with("-")) line |= words[at++].find('c') != std::string::npos;
    if (at >= words.size()) return false;
    note(std::string(baseName(words.front())));
    if (!line) {  // sh ./libtool ...
      words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
      return true;
    }
    auto inner = shellLine(words[at], result_.directory);
    if (!inner) {
      words.clear();
      return false;
    }
    words = std::move(*inner);
    expand(words, 0);
    return true;
  }

  // cmake -E env A=b ... -- cc; cmake -E __run_co_compile --launcher=ccache --source=a.c -- cc ...
  bool cmake(std::vector<std::string>& words) {
    if (words.size() < 3 || words[1] != "-E") return false;
    note("cmake -E " + words[2]);
    if (words[2] == "env" || words[2] == "time") {
      words.erase(words.begin(), words.begin() + 2);
      return true;
    }
    auto dashes = std::ranges::find(words, "--");
    words.erase(words.begin(), dashes == words.end() ? dashes : dashes + 1);
    return true;
  }

  // A compiler by its name among the next words, before any flag of a compiler: then what comes before starts it.
  bool unknownLauncher(std::vector<std::string>& words) {
    if (!parseCompilerName(words.front()).family.empty()) return false;
    for (std::size_t at = 1; at < words.size(); ++at) {
      if (isOneOf(words[at], {"-c", "-o", "-S", "-E"})) return false;
      if (parseCompilerName(words[at]).family.empty() || words[at].starts_with("-")) continue;
      note(std::string(baseName(words.front())));
      words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
      return true;
    }
    return false;
  }

  void note(std::string what) { result_.repairs.push_back({RepairKind::launcher, std::move(what)}); }

  CommandWords& result_;
  std::vector<std::string> flags_;
};

}  // namespace

std::vector<std::string> splitWords(const std::string& line) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char*, 64> words;
  llvm::cl::TokenizeGNUCommandLine(line, saver, words);
  return {words.begin(), words.end()};
}

std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extensionOf(std::string_view path) {
  std::string_view name = baseName(path);
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

CompilerName parseCompilerName(std::string_view word) {
  std::string_view name = baseName(word);
  if (name.ends_with(".exe")) name.remove_suffix(4);
  // gcc-12, clang++-19.1, x86_64-linux-gnu-gcc-12.2.0; also g++12.
  std::size_t end = name.find_last_not_of("0123456789.");
  if (end != std::string_view::npos && end + 1 < name.size()) {
    if (name[end] == '-') --end;
    name = name.substr(0, end + 1);
  }
  for (std::string_view ending : {"-posix", "-win32"})
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  CompilerName compiler;
  for (std::string_view family : {"clang++", "clang", "g++", "gcc", "c++", "cc"}) {
    if (!name.ends_with(family)) continue;
    std::string_view target = name.substr(0, name.size() - family.size());
    if (!target.empty() && !target.ends_with('-')) continue;
    if (!target.empty()) target.remove_suffix(1);
    compiler.target = target;
    compiler.family = family;
    compiler.cplusplus = family.ends_with("++");
    return compiler;
  }
  return compiler;
}

CommandWords unwrapCommand(std::string directory, std::vector<std::string> words) {
  CommandWords result;
  result.directory = std::move(directory);
  Unwrapper(result).run(std::move(words));
  return result;
}

}  // namespace envleak::analyzer
