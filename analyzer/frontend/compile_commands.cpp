#include "analyzer/frontend/compile_commands.h"

#include "analyzer/frontend/byte_text.h"
#include "analyzer/frontend/paths.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/StringSaver.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace envleak::analyzer {
namespace {

constexpr const char* remedy = "make one with 'bear -- make' or 'cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON'";

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extensionOf(std::string_view path) {
  std::string_view name = baseName(path);
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

bool isSource(std::string_view extension) {
  return isOneOf(extension, {".c", ".i", ".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C", ".ii", ".cppm", ".ixx",
                             ".inl", ".h", ".hpp", ".hh"});
}

bool isLauncher(std::string_view word) {
  return isOneOf(baseName(word), {"ccache", "distcc", "sccache", "icecc", "buildcache", "gomacc"});
}

std::vector<std::string> tokenize(const std::string& line) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char*, 64> words;
  llvm::cl::TokenizeGNUCommandLine(line, saver, words);
  return {words.begin(), words.end()};
}

// @file stands for the words in it; what cannot be read stays as it is, as in gcc.
void expandResponseFiles(const std::string& directory, std::vector<std::string>& words, int depth = 0) {
  std::vector<std::string> result;
  for (std::string& word : words) {
    if (word.size() < 2 || word[0] != '@' || depth > 10) {
      result.push_back(std::move(word));
      continue;
    }
    std::string path = canonicalPath(word.substr(1), directory);
    if (!llvm::sys::fs::is_regular_file(path)) {
      result.push_back(std::move(word));
      continue;
    }
    std::vector<std::string> inner = tokenize(readFile(path, "response file"));
    expandResponseFiles(directory, inner, depth + 1);
    result.insert(result.end(), inner.begin(), inner.end());
  }
  words = std::move(result);
}

// What the parser must not see: outputs, dependency files, and options that stop it or need the other compiler.
bool isDropped(std::string_view word) {
  return isOneOf(word,
                 {"-c", "-S", "-E", "-M", "-MM", "-MD", "-MMD", "-MP", "-MG", "-MV", "-save-temps", "--save-temps",
                  "-no-integrated-cpp", "-pipe", "-fmodules-ts", "-flto", "-fsyntax-only", "--"}) ||
         word.starts_with("-save-temps=") || word.starts_with("--save-temps=") || word.starts_with("-fplugin") ||
         word.starts_with("-flto=") || word.starts_with("-fdump-") || word.starts_with("-Wa,") ||
         word.starts_with("-Wl,") || word.starts_with("-fmodule-mapper=") || word.starts_with("-specs=") ||
         word.starts_with("-Werror") || word.starts_with("-fdiagnostics-") || word.starts_with("-wrapper");
}

bool isDroppedWithValue(std::string_view word) {
  return isOneOf(word, {"-o", "-MF", "-MT", "-MQ", "-MJ", "-dumpdir", "-dumpbase", "-dumpbase-ext"});
}

bool isDroppedJoined(std::string_view word) {
  return (word.starts_with("-o") && word.size() > 2 && !word.starts_with("-objc")) || word.starts_with("-MF") ||
         word.starts_with("-MT") || word.starts_with("-MQ") || word.starts_with("-MJ");
}

// gcc's own headers are not for clang.
bool isCompilerDirectory(std::string_view path) {
  return path.find("/lib/gcc/") != std::string_view::npos &&
         (path.ends_with("/include") || path.ends_with("/include/") || path.ends_with("/include-fixed"));
}

}  // namespace

bool isSourceFileName(std::string_view path) { return isSource(extensionOf(path)); }

bool normalizeCommand(const std::string& directory, const std::string& file, std::vector<std::string> words,
                      CompileCommand& result) {
  result = {directory, file, {}, false};
  expandResponseFiles(directory, words);
  std::size_t at = 0;
  while (at < words.size() && isLauncher(words[at])) ++at;
  if (at < words.size()) {
    std::string_view compiler = baseName(words[at]);
    std::size_t plus = compiler.find("++");
    result.cplusplus = plus != std::string_view::npos;
    ++at;
  }
  bool language_given = false;
  bool c_language = !result.cplusplus && isOneOf(extensionOf(file), {".c", ".i"});
  std::string full = canonicalPath(file, directory);
  for (; at < words.size(); ++at) {
    std::string& word = words[at];
    if (isDropped(word)) continue;
    if (isDroppedWithValue(word)) {
      ++at;
      continue;
    }
    if (isDroppedJoined(word)) continue;
    if (word == file ||
        (!word.starts_with("-") && extensionOf(word) == extensionOf(file) && canonicalPath(word, directory) == full))
      continue;
    if (word == "-x" && at + 1 < words.size()) {
      language_given = true;
      if (!words[at + 1].starts_with("c") || words[at + 1] == "cuda") return false;
      if (words[at + 1].starts_with("c++")) c_language = false;
    }
    if (isOneOf(word, {"-isystem", "-I", "-idirafter"}) && at + 1 < words.size() &&
        isCompilerDirectory(words[at + 1])) {
      ++at;
      continue;
    }
    if (c_language && (word.starts_with("-std=c++") || word.starts_with("-std=gnu++"))) continue;
    result.arguments.push_back(std::move(word));
  }
  return language_given || isSource(extensionOf(file));
}

std::vector<CompileCommand> readCompileCommands(const std::string& path) {
  std::string file = path;
  if (llvm::sys::fs::is_directory(path)) file = path + (path.ends_with("/") ? "" : "/") + "compile_commands.json";
  std::string shown = oneLine(file);
  if (file != "-" && !llvm::sys::fs::exists(file)) throw InputError(shown + ": no such file; " + remedy);
  std::string content = readFile(file, "compilation database");
  if (content.find_first_not_of(" \t\r\n") == std::string::npos)
    throw InputError(shown + ": the file is empty; " + remedy);
  nlohmann::json database;
  try {
    database = nlohmann::json::parse(bytesToText(content));
  } catch (const nlohmann::json::parse_error& error) {
    throw InputError(shown + ": not valid JSON (byte " + std::to_string(error.byte) + "), perhaps cut off; " + remedy);
  }
  if (!database.is_array())
    throw InputError(shown + ": not a compilation database (a JSON array is expected); " + remedy);
  if (database.empty())
    throw InputError(shown + ": the compilation database has no entries (was everything built already?); " + remedy);

  std::vector<CompileCommand> commands;
  std::set<std::pair<std::string, std::string>> seen;
  std::size_t number = 0;
  for (const nlohmann::json& entry : database) {
    ++number;
    auto fail = [&](const std::string& what) {
      return InputError(shown + ": entry " + std::to_string(number) + ": " + what + "; " + remedy);
    };
    auto text = [&](const char* name) -> std::string {
      auto found = entry.find(name);
      if (found == entry.end() || !found->is_string())
        throw fail(std::string("the field '") + name + "' is missing or no string");
      return textToBytes(found->get<std::string>());
    };
    if (!entry.is_object()) throw fail("an object is expected");
    std::string source = text("file");
    std::string directory = entry.contains("directory") ? text("directory") : std::string(".");
    directory = canonicalPath(directory, llvm::sys::path::parent_path(canonicalPath(file, "")).str());
    std::vector<std::string> words;
    if (entry.contains("arguments")) {
      if (!entry["arguments"].is_array()) throw fail("the field 'arguments' is no array");
      for (const nlohmann::json& word : entry["arguments"]) {
        if (!word.is_string()) throw fail("the field 'arguments' holds something that is no string");
        words.push_back(textToBytes(word.get<std::string>()));
      }
    } else {
      words = tokenize(text("command"));
    }
    CompileCommand command;
    if (!normalizeCommand(directory, source, std::move(words), command)) continue;
    std::string key = command.directory + '\0' + (command.cplusplus ? "+" : "");
    for (const std::string& word : command.arguments) key += '\0' + word;
    if (seen.emplace(canonicalPath(source, directory), key).second) commands.push_back(std::move(command));
  }
  if (commands.empty()) throw InputError(shown + ": no entry compiles C or C++; " + remedy);
  return commands;
}

}  // namespace envleak::analyzer
