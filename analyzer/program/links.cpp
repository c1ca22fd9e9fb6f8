#include "analyzer/program/links.h"

#include "analyzer/frontend/byte_text.h"
#include "analyzer/frontend/paths.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace envleak::analyzer {
namespace {

using Json = nlohmann::json;

std::string under(const std::string& path, const std::string& folder) {
  llvm::SmallString<256> full(path);
  llvm::sys::fs::make_absolute(folder, full);
  llvm::sys::path::remove_dots(full, true);
  return full.str().str();
}

std::optional<std::string> contentOf(const std::string& path) {
  auto content = llvm::MemoryBuffer::getFile(path);
  if (!content) return std::nullopt;
  return (*content)->getBuffer().str();
}

// Objects and libraries, each with what it is made of; programs are what nothing else is made of.
class Graph {
 public:
  explicit Graph(const CompilationDatabase& database) {
    for (const CompiledFile& file : database.compiled) source_[file.output].insert(file.source);
  }
  void add(const std::string& output, const std::vector<std::string>& inputs) {
    inputs_[output].insert(inputs.begin(), inputs.end());
  }
  std::vector<std::string> unitsOf(const std::string& output) const {
    std::set<std::string> units, seen;
    std::vector<std::string> open{output};
    while (!open.empty()) {
      std::string at = std::move(open.back());
      open.pop_back();
      if (!seen.insert(at).second) continue;
      if (auto source = source_.find(at); source != source_.end()) units.insert(source->second.begin(), source->second.end());
      if (auto inputs = inputs_.find(at); inputs != inputs_.end())
        open.insert(open.end(), inputs->second.begin(), inputs->second.end());
    }
    return {units.begin(), units.end()};
  }

 private:
  std::map<std::string, std::set<std::string>> source_, inputs_;
};

bool isLibrary(const std::string& path) {
  std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  return name.ends_with(".a") || name.ends_with(".o") || name.ends_with(".lo") || name.ends_with(".la") ||
         name.find(".so") != std::string_view::npos;
}

void addPrograms(const Graph& graph, const std::set<std::string>& outputs, const std::string& known_from,
                 std::vector<LinkedProgram>& programs) {
  for (const std::string& output : outputs) {
    if (isLibrary(output)) continue;
    std::vector<std::string> units = graph.unitsOf(output);
    if (!units.empty()) programs.push_back({output, std::move(units), known_from});
  }
}

std::vector<LinkedProgram> fromCommands(const CompilationDatabase& database) {
  Graph graph(database);
  std::set<std::string> outputs;
  for (const LinkCommand& link : database.links) {
    graph.add(link.output, link.inputs);
    outputs.insert(link.output);
  }
  for (const CompiledFile& file : database.compiled)
    if (file.linked) outputs.insert(file.output);
  std::vector<LinkedProgram> programs;
  addPrograms(graph, outputs, "link-command", programs);
  return programs;
}

// The reply of CMake's file API: codemodel-v2 names a file for each target, with its sources and what it depends on.
std::vector<LinkedProgram> fromFileApi(const std::string& build_folder) {
  std::string folder = build_folder + "/.cmake/api/v1/reply";
  std::string newest;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(folder, error), end; at != end && !error; at.increment(error)) {
    std::string name = llvm::sys::path::filename(at->path()).str();
    if (name.starts_with("codemodel-v2-") && name > newest) newest = name;
  }
  if (newest.empty()) return {};
  auto read = [&](const std::string& name) {
    auto content = contentOf(folder + "/" + name);
    return content ? Json::parse(bytesToText(*content), nullptr, false) : Json();
  };
  std::vector<LinkedProgram> programs;
  try {
    Json model = read(newest);
    std::string source = model.at("paths").at("source"), build = model.at("paths").at("build");
    // One configuration: the others have the same sources.
    std::map<std::string, Json> targets;
    for (const Json& target : model.at("configurations").at(0).at("targets"))
      targets[target.at("id")] = read(target.at("jsonFile"));
    for (const auto& [id, target] : targets) {
      if (target.at("type") != "EXECUTABLE" || !target.contains("artifacts")) continue;
      std::set<std::string> units, seen;
      std::vector<std::string> open{id};
      while (!open.empty()) {
        std::string at = std::move(open.back());
        open.pop_back();
        if (!seen.insert(at).second || !targets.contains(at)) continue;
        const Json& part = targets[at];
        if (at != id && part.at("type") == "EXECUTABLE") continue;  // run by the build, not linked
        for (const Json& file : part.value("sources", Json::array()))
          if (file.contains("compileGroupIndex"))
            units.insert(canonicalPath(textToBytes(file.at("path").get<std::string>()), textToBytes(source)));
        for (const Json& dependency : part.value("dependencies", Json::array())) open.push_back(dependency.at("id"));
      }
      std::string output = under(textToBytes(target.at("artifacts").at(0).at("path").get<std::string>()), textToBytes(build));
      programs.push_back({output, {units.begin(), units.end()}, "cmake-file-api"});
    }
  } catch (const Json::exception&) {
    return {};
  }
  return programs;
}

// The words of a build line: '$ ' is a blank, '$:' a colon; '|' and ':' stand alone.
std::vector<std::string> ninjaWords(const std::string& line) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < line.size(); ++at) {
    char c = line[at];
    if (c == '$' && at + 1 < line.size()) {
      words.back() += line[++at];
    } else if (c == ' ' || c == ':' || c == '|') {
      if (!words.back().empty()) words.emplace_back();
      if (c != ' ') {
        words.back() = c;
        words.emplace_back();
      }
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// build OUTPUT... | MORE: RULE INPUT... | IMPLICIT... || ORDER...
std::vector<LinkedProgram> fromNinja(const CompilationDatabase& database, const std::string& build_folder) {
  auto content = contentOf(build_folder + "/build.ninja");
  if (!content) return {};
  Graph graph(database);
  std::set<std::string> outputs;
  std::istringstream lines(*content);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("build ")) continue;
    while (line.ends_with("$")) {
      std::string more;
      if (!std::getline(lines, more)) break;
      line.pop_back();
      line += more.substr(std::min(more.find_first_not_of(' '), more.size()));
    }
    std::vector<std::string> words = ninjaWords(line.substr(6)), made, inputs;
    std::size_t at = 0;
    for (; at < words.size() && words[at] != ":"; ++at)
      if (words[at] != "|") made.push_back(under(words[at], build_folder));
    if (at + 1 >= words.size()) continue;
    const std::string& rule = words[at + 1];
    bool phony = rule == "phony";
    int bars = 0;
    bool objects = false;
    for (at += 2; at < words.size(); ++at) {
      if (words[at] == "|") {
        ++bars;
        continue;
      }
      // Behind '||' stands what only has to be there.
      if (bars > 1) break;
      inputs.push_back(under(words[at], build_folder));
      objects |= isLibrary(inputs.back());
    }
    bool compiles = rule.find("COMPILER") != std::string::npos || rule.find("compile") != std::string::npos;
    for (const std::string& output : made) {
      if (!phony && compiles) continue;  // the database has it
      graph.add(output, inputs);
    }
    if (!phony && !compiles && objects && !made.empty() && rule.find("LIBRARY") == std::string::npos)
      outputs.insert(made.front());
  }
  std::vector<LinkedProgram> programs;
  addPrograms(graph, outputs, "ninja", programs);
  return programs;
}

}  // namespace

std::vector<LinkedProgram> linkedPrograms(const CompilationDatabase& database) {
  std::vector<LinkedProgram> programs;
  if (!database.folder.empty()) {
    programs = fromFileApi(database.folder);
    if (programs.empty()) programs = fromNinja(database, database.folder);
  }
  if (programs.empty()) programs = fromCommands(database);
  std::ranges::sort(programs, {}, &LinkedProgram::output);
  return programs;
}

}  // namespace envleak::analyzer
