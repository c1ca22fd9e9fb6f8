#include "analyzer/frontend/preambles.h"

#include "analyzer/frontend/closure.h"
#include "analyzer/frontend/cursor.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace envleak::analyzer {
namespace {

// Units before one that has it made; a longer one than there is must be worth more.
constexpr unsigned unitsBefore = 2, unitsBeforeLonger = 8;
constexpr std::size_t preamblesKept = 12;

constexpr std::string_view blanks = " \t\r\f\v";

// Past blanks, line ends and comments; npos at the end of the text or where a comment does not end.
std::size_t pastBlanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (blanks.find(text[at]) != blanks.npos || text[at] == '\n') {
      ++at;
    } else if (text.substr(at).starts_with("/*")) {
      at = text.find("*/", at + 2);
      if (at == text.npos) return at;
      at += 2;
    } else if (text.substr(at).starts_with("//")) {
      at = text.find('\n', at);
      if (at == text.npos || text[text.find_last_not_of(blanks, at - 1)] == '\\') return text.npos;  // it goes on
    } else {
      return at;
    }
  }
  return text.npos;
}

// Flags by which a precompiled header is another thing than its text.
bool isPlain(const CompileCommand& command) {
  if (command.cplusplus || !command.file.ends_with(".c")) return false;
  return std::ranges::none_of(command.arguments, [](const std::string& word) {
    return word.starts_with("-include") || word.starts_with("-imacros") || word.starts_with("-x") || word.starts_with("-X") ||
           word.starts_with("-fmodule") || word.starts_with("--include") || word.starts_with("--language");
  });
}

std::string folderPrefix(const std::string& file) {
  std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? std::string() : file.substr(0, slash + 1);
}

// The files that the unit includes, or nothing if one of those that it names itself is read at each #include.
std::optional<std::vector<std::string>> guardedFiles(CXTranslationUnit unit, const std::string& directory) {
  struct Visit {
    CXTranslationUnit unit;
    const std::string& directory;
    bool guarded = true;
    std::vector<std::string> files;
  } visit{unit, directory, true, {}};
  clang_getInclusions(
      unit,
      [](CXFile file, CXSourceLocation*, unsigned depth, CXClientData data) {
        Visit& all = *static_cast<Visit*>(data);
        if (!file || depth == 0) return;
        if (depth == 1) all.guarded &= clang_isFileMultipleIncludeGuarded(all.unit, file) != 0;
        std::string name = take(clang_getFileName(file));
        if (!name.starts_with('/')) name = all.directory + "/" + name;
        if (std::ranges::find(all.files, name) == all.files.end()) all.files.push_back(std::move(name));
      },
      &visit);
  if (!visit.guarded || visit.files.empty()) return std::nullopt;
  return std::move(visit.files);
}

// A descriptor of the saved unit, which has no name any more; -1: it could not be saved.
int saved(CXTranslationUnit unit) {
  const char* folder = std::getenv("TMPDIR");
  std::string place = std::string(folder && *folder ? folder : "/tmp") + "/envleak-XXXXXX";
  if (!::mkdtemp(place.data())) return -1;
  const std::string file = place + "/preamble";
  int descriptor = -1;
  if (clang_saveTranslationUnit(unit, file.c_str(), CXSaveTranslationUnit_None) == CXSaveError_None)
    descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  ::unlink(file.c_str());
  ::rmdir(place.c_str());
  return descriptor;
}

}  // namespace

bool hasErrors(CXTranslationUnit unit) {
  bool found = false;
  for (unsigned i = 0, count = clang_getNumDiagnostics(unit); i < count && !found; ++i) {
    CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
    found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
    clang_disposeDiagnostic(diagnostic);
  }
  return found;
}

std::vector<std::string> leadingIncludes(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = pastBlanks(text, 0); at != text.npos && text[at] == '#'; at = pastBlanks(text, at)) {
    at = text.find_first_not_of(blanks, at + 1);
    if (at == text.npos || !text.substr(at).starts_with("include")) break;
    at = text.find_first_not_of(blanks, at + std::string_view("include").size());
    if (at == text.npos || (text[at] != '"' && text[at] != '<')) break;
    const std::size_t end = text.find(text[at] == '<' ? '>' : '"', at + 1);
    if (end == text.npos || text.substr(at, end - at).find_first_of("\n\\") != text.npos) break;
    names.emplace_back(text.substr(at, end - at + 1));
    at = end + 1;
    // Only blanks and comments may follow on the line.
    const std::size_t next = text.find_first_not_of(blanks, at);
    if (next != text.npos && text[next] != '\n' && text[next] != '/') {
      names.pop_back();
      break;
    }
  }
  return names;
}

Preambles::Preambles() : index_(clang_createIndex(0, 0)) {}

Preambles::~Preambles() {
  clang_disposeIndex(index_);
  for (int descriptor : open_) ::close(descriptor);
}

const Preambles::Preamble* Preambles::of(const CompileCommand& command, const std::vector<std::string>& words, std::string_view text) {
  if (!isPlain(command)) return nullptr;
  std::string key = folderPrefix(command.file) + '\0';
  for (const std::string& word : words) key += word + '\0';
  std::string includes;
  Known* longest = nullptr;   // that there is
  Known* worth = nullptr;     // the longest one that enough units could have taken
  std::string worth_text;
  for (const std::string& name : leadingIncludes(text)) {
    includes += "#include " + name + "\n";
    Known& known = known_[key + includes];
    if (known.preamble) longest = &known;
    if (!known.tried && known.units >= (longest ? unitsBeforeLonger : unitsBefore)) {
      worth = &known;
      worth_text = includes;
    }
    ++known.units;
  }
  if (worth && open_.size() < preamblesKept) {
    worth->tried = true;
    worth->preamble = make(command, words, worth_text);
    if (worth->preamble) {
      open_.push_back(std::atoi(worth->preamble->file.c_str() + worth->preamble->file.rfind('/') + 1));
      longest = worth;
    }
  }
  return longest ? &*longest->preamble : nullptr;
}

std::optional<Preambles::Preamble> Preambles::make(const CompileCommand& command, std::vector<std::string> words,
                                                   const std::string& text) const {
  Preamble preamble;
  preamble.started = fileClock();
  // In the folder of the units, where their includes are looked for. It is never written.
  const std::string name = folderPrefix(command.file) + ".envleak-preamble.h";
  words.insert(words.end(), {"-x", "c-header"});
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  CXUnsavedFile content{name.c_str(), text.data(), static_cast<unsigned long>(text.size())};
  CXTranslationUnit unit = nullptr;
  CXErrorCode error = clang_parseTranslationUnit2FullArgv(
      index_, name.c_str(), pointers.data(), static_cast<int>(pointers.size()), &content, 1,
      CXTranslationUnit_Incomplete | CXTranslationUnit_ForSerialization | CXTranslationUnit_KeepGoing, &unit);
  int descriptor = -1;
  if (error == CXError_Success && unit && !hasErrors(unit))
    if (auto files = guardedFiles(unit, command.directory)) {
      preamble.files = std::move(*files);
      descriptor = saved(unit);
    }
  if (unit) clang_disposeTranslationUnit(unit);
  if (descriptor < 0) return std::nullopt;
  preamble.file = "/proc/self/fd/" + std::to_string(descriptor);
  return preamble;
}

}  // namespace envleak::analyzer
