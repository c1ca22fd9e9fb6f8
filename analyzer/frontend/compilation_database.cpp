// compile_commands.json: from its entries to commands, and to what is linked.
#include "analyzer/frontend/byte_text.h"
#include "analyzer/frontend/command_words.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/paths.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace envleak::analyzer {
namespace {

constexpr const char* remedy = "make one with 'bear -- make' or 'cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON'";

// Absolute, without dots; not resolved, since an object may not be there.
std::string absolutePath(std::string_view path, const std::string& directory) {
  llvm::SmallString<256> full(llvm::StringRef(path.data(), path.size()));
  llvm::sys::fs::make_absolute(directory, full);
  llvm::sys::path::remove_dots(full, true);
  return full.str().str();
}

bool isLinkerInput(std::string_view word) {
  std::string_view extension = extensionOf(word);
  return !word.starts_with("-") && (extension == ".o" || extension == ".a" || extension == ".lo" || extension == ".obj" ||
                                    word.find(".so") != std::string_view::npos);
}

struct Entry {
  std::string directory;
  std::string file;
  std::string output;  // as the entry says; empty: it does not
  std::vector<std::string> words;
};

// What the command makes of its source and of the objects it names.
void addOutputs(const Entry& entry, bool source, CompilationDatabase& database) {
  CommandWords command = unwrapCommand(entry.directory, entry.words);
  bool compiles = false, stops = false;
  std::string output = entry.output;
  std::vector<std::string> objects;
  for (std::size_t at = 1; at < command.words.size(); ++at) {
    const std::string& word = command.words[at];
    compiles |= word == "-c";
    stops |= word == "-S" || word == "-E" || word == "-M" || word == "-MM" || word == "-fsyntax-only";
    if (word == "-o" && at + 1 < command.words.size())
      output = command.words[++at];
    else if (word.starts_with("-o") && word.size() > 2 && !word.starts_with("-objc"))
      output = word.substr(2);
    else if (isLinkerInput(word))
      objects.push_back(absolutePath(word, command.directory));
  }
  if (stops || command.words.empty()) return;
  std::string_view tool = baseName(command.words.front());
  bool archive = tool == "ar" || tool.ends_with("-ar") || tool == "llvm-ar" || tool == "gcc-ar";
  if (archive) {  // ar rcs libx.a a.o b.o
    if (objects.size() > 1) database.links.push_back({objects.front(), {objects.begin() + 1, objects.end()}});
    return;
  }
  if (output.empty()) {
    std::string name(baseName(entry.file));
    output = compiles ? name.substr(0, name.rfind('.')) + ".o" : "a.out";
  }
  // Bear writes -c into commands that compile and link in one step.
  if (compiles && baseName(output).find('.') == std::string_view::npos) compiles = false;
  output = absolutePath(output, command.directory);
  if (source) database.compiled.push_back({canonicalPath(entry.file, entry.directory), output, !compiles});
  if (!compiles && !objects.empty()) database.links.push_back({output, std::move(objects)});
}

template <typename Element>
void removeDuplicates(std::vector<Element>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

class Reader {
 public:
  Reader(std::string shown, std::string folder) : shown_(std::move(shown)), folder_(std::move(folder)) {}

  Entry entry(const nlohmann::json& json, std::size_t number) const {
    auto fail = [&](const std::string& what) {
      return InputError(shown_ + ": entry " + std::to_string(number) + ": " + what + "; " + remedy);
    };
    auto text = [&](const char* name) -> std::string {
      auto found = json.find(name);
      if (found == json.end() || !found->is_string())
        throw fail(std::string("the field '") + name + "' is missing or no string");
      return textToBytes(found->get<std::string>());
    };
    if (!json.is_object()) throw fail("an object is expected");
    Entry entry;
    entry.file = text("file");
    entry.directory = canonicalPath(json.contains("directory") ? text("directory") : std::string("."), folder_);
    if (json.contains("output") && json["output"].is_string()) entry.output = text("output");
    if (!json.contains("arguments")) {
      entry.words = splitWords(text("command"));
      return entry;
    }
    if (!json["arguments"].is_array()) throw fail("the field 'arguments' is no array");
    for (const nlohmann::json& word : json["arguments"]) {
      if (!word.is_string()) throw fail("the field 'arguments' holds something that is no string");
      entry.words.push_back(textToBytes(word.get<std::string>()));
    }
    return entry;
  }

 private:
  std::string shown_;
  std::string folder_;
};

nlohmann::json parseDatabase(const std::string& content, const std::string& shown) {
  if (content.find_first_not_of(" \t\r\n") == std::string::npos)
    throw InputError(shown + ": the file is empty; " + remedy);
  nlohmann::json json;
  try {
    json = nlohmann::json::parse(bytesToText(content));
  } catch (const nlohmann::json::parse_error& error) {
    throw InputError(shown + ": not valid JSON (byte " + std::to_string(error.byte) + "), perhaps cut off; " + remedy);
  } catch (const nlohmann::json::exception&) {
    throw InputError(shown + ": it has a number that is out of range; " + remedy);
  }
  if (!json.is_array()) throw InputError(shown + ": not a compilation database (a JSON array is expected); " + remedy);
  if (json.empty())
    throw InputError(shown + ": the compilation database has no entries (was everything built already?); " + remedy);
  return json;
}

}  // namespace

CompilationDatabase readCompilationDatabase(const std::string& path, bool ask_compilers) {
  std::string file = path;
  if (llvm::sys::fs::is_directory(path)) file = path + (path.ends_with("/") ? "" : "/") + "compile_commands.json";
  std::string shown = oneLine(file);
  if (file != "-" && !llvm::sys::fs::exists(file)) throw InputError(shown + ": no such file; " + remedy);
  nlohmann::json json = parseDatabase(readFile(file, "compilation database"), shown);
  Reader reader(shown, llvm::sys::path::parent_path(canonicalPath(file, "")).str());

  CompilationDatabase database;
  if (file != "-") database.folder = llvm::sys::path::parent_path(canonicalPath(file, "")).str();
  std::set<std::pair<std::string, std::string>> seen;
  std::size_t number = 0;
  for (const nlohmann::json& element : json) {
    Entry entry = reader.entry(element, ++number);
    CompileCommand command;
    std::string language;
    bool is_source = normalizeCommand(entry.directory, entry.file, entry.words, command, &language, ask_compilers);
    addOutputs(entry, is_source, database);
    std::string source = canonicalPath(entry.file, entry.directory);
    if (!is_source) {
      if (language != "linked only") database.skipped.push_back({source, language});
      continue;
    }
    std::string key = command.directory + '\0' + (command.cplusplus ? "+" : "");
    for (const std::string& word : command.arguments) key += '\0' + word;
    for (const std::string& loss : command.losses) key += '\0' + loss;
    if (seen.emplace(source, key).second)
      database.commands.push_back(std::move(command));
  }
  if (database.commands.empty()) throw InputError(shown + ": no entry compiles C or C++; " + remedy);
  removeDuplicates(database.skipped);
  removeDuplicates(database.compiled);
  removeDuplicates(database.links);
  return database;
}

}  // namespace envleak::analyzer
