#include "analyzer/knowledge/knowledge.h"

#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/YAMLTraits.h>
#include <llvm/Support/xxhash.h>

#include <algorithm>

namespace envleak::analyzer {
namespace {

struct EnvironmentVariableArray {
  std::string name;
  std::string source;
};

struct KnowledgeFile {
  unsigned format = 0;
  std::vector<SpawnApi> spawn;
  std::vector<ReaderApi> read;
  std::vector<WriterApi> write;
  std::vector<EnvironmentVariableArray> environ_variables;
  FunctionProperties functions;
};

}  // namespace
}  // namespace envleak::analyzer

LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::SpawnApi)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::SpawnApi::Selector::Number)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::ReaderApi)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::WriterApi)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::EnvironmentVariableArray)

namespace llvm::yaml {

using namespace envleak::analyzer;

template <>
struct ScalarEnumerationTraits<envleak::facts::WriteKind> {
  static void enumeration(IO& io, envleak::facts::WriteKind& kind) {
    using envleak::facts::WriteKind;
    io.enumCase(kind, "set", WriteKind::set);
    io.enumCase(kind, "put", WriteKind::put);
    io.enumCase(kind, "unset", WriteKind::unset);
    io.enumCase(kind, "clear", WriteKind::clear);
  }
};

template <>
struct MappingTraits<SpawnApi::Selector::Number> {
  static void mapping(IO& io, SpawnApi::Selector::Number& number) {
    io.mapRequired("architecture", number.architecture);
    io.mapRequired("value", number.value);
  }
};

template <>
struct MappingTraits<SpawnApi::Selector> {
  static void mapping(IO& io, SpawnApi::Selector& selector) {
    io.mapRequired("argument", selector.argument);
    io.mapRequired("names", selector.names);
    io.mapOptional("numbers", selector.numbers);
  }
};

template <>
struct MappingTraits<SpawnApi> {
  static void mapping(IO& io, SpawnApi& api) {
    io.mapRequired("name", api.name);
    io.mapOptional("program", api.program);
    io.mapOptional("arguments", api.arguments);
    io.mapOptional("variadic", api.variadic);
    io.mapOptional("command", api.command);
    std::string slot;
    io.mapRequired("environment", slot);
    if (slot == "last") {
      api.environment_is_last = true;
    } else if (slot != "none") {
      unsigned index = 0;
      if (StringRef(slot).getAsInteger(10, index)) {
        io.setError("environment: 'none', 'last' or the number of an argument is expected, not '" + slot + "'");
        return;
      }
      api.environment = index;
    }
    io.mapOptional("null", api.null);
    io.mapOptional("no_spawn_if_null", api.no_spawn_if_null);
    io.mapOptional("when", api.when);
    io.mapRequired("source", api.source);
  }
  static std::string validate(IO&, SpawnApi& api) {
    if (api.name.empty()) return "name: must not be empty";
    if (api.source.empty()) return "source: '" + api.name + "' needs the source of its claims";
    if (!api.program && !api.command) return "'" + api.name + "' needs 'program' or 'command'";
    bool slot = api.environment || api.environment_is_last;
    if (slot && api.null != "empty" && api.null != "inherited")
      return "'" + api.name + "' has an environment argument: 'null' must be 'empty' or 'inherited'";
    if (!slot && !api.null.empty()) return "'" + api.name + "' has no environment argument: 'null' has no meaning";
    if (api.environment_is_last && !api.variadic)
      return "'" + api.name + "': 'environment: last' needs 'variadic: true'";
    return {};
  }
};

template <>
struct MappingTraits<ReaderApi> {
  static void mapping(IO& io, ReaderApi& api) {
    io.mapRequired("name", api.name);
    io.mapRequired("variable", api.variable);
    io.mapRequired("source", api.source);
  }
};

template <>
struct MappingTraits<WriterApi> {
  static void mapping(IO& io, WriterApi& api) {
    io.mapRequired("name", api.name);
    io.mapRequired("kind", api.kind);
    io.mapOptional("variable", api.variable);
    io.mapOptional("value", api.value);
    io.mapRequired("source", api.source);
  }
  static std::string validate(IO&, WriterApi& api) {
    if (api.kind != envleak::facts::WriteKind::clear && !api.variable) return "'" + api.name + "' needs 'variable'";
    return {};
  }
};

template <>
struct MappingTraits<EnvironmentVariableArray> {
  static void mapping(IO& io, EnvironmentVariableArray& variable) {
    io.mapRequired("name", variable.name);
    io.mapRequired("source", variable.source);
  }
};

template <>
struct MappingTraits<FunctionProperties> {
  static void mapping(IO& io, FunctionProperties& functions) {
    io.mapOptional("allocates", functions.allocates);
    io.mapOptional("copies_string", functions.copies_string);
    io.mapOptional("fills_string", functions.fills_string);
    io.mapOptional("never_returns", functions.never_returns);
    io.mapOptional("returns_twice", functions.returns_twice);
    io.mapOptional("only_frees", functions.only_frees);
  }
};

template <>
struct MappingTraits<KnowledgeFile> {
  static void mapping(IO& io, KnowledgeFile& file) {
    io.mapRequired("format", file.format);
    io.mapOptional("spawn", file.spawn);
    io.mapOptional("read", file.read);
    io.mapOptional("write", file.write);
    io.mapOptional("environ_variables", file.environ_variables);
    io.mapOptional("functions", file.functions);
  }
  static std::string validate(IO&, KnowledgeFile& file) {
    return file.format == 1 ? "" : "format: this version reads format 1";
  }
};

}  // namespace llvm::yaml

namespace envleak::analyzer {
namespace {

std::string lastPart(const std::string& name) {
  std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

// The first message is the cause; later ones follow from it.
void keepFirst(const llvm::SMDiagnostic& diagnostic, void* context) {
  auto& message = *static_cast<std::string*>(context);
  if (message.empty())
    message = std::to_string(diagnostic.getLineNo()) + ":" + std::to_string(diagnostic.getColumnNo() + 1) + ": " +
              diagnostic.getMessage().str();
}

}  // namespace

Knowledge Knowledge::load(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (llvm::StringRef(at->path()).ends_with(".yaml")) files.push_back(at->path());
  if (error)
    throw InputError(oneLine(folder) + ": cannot read the knowledge base: " + error.message() +
                     "; install envleak anew");
  if (files.empty()) throw InputError(oneLine(folder) + ": the knowledge base is empty; install envleak anew");
  std::ranges::sort(files);
  Knowledge knowledge;
  for (const std::string& file : files) knowledge.addFile(file);
  return knowledge;
}

void Knowledge::addFile(const std::string& path) {
  std::string text = readFile(path, "knowledge base");
  fingerprint_ += std::to_string(llvm::xxh3_64bits(text)) + ",";
  std::string message;
  KnowledgeFile file;
  llvm::yaml::Input input(text, nullptr, keepFirst, &message);
  input >> file;
  if (input.error())
    throw InputError(oneLine(path) + ":" + (message.empty() ? "1: not a knowledge file" : oneLine(message)) +
                     "; mend the entry");
  for (SpawnApi& api : file.spawn) {
    last_parts_[lastPart(api.name)] = true;
    std::string name = api.name;
    spawns_[name].push_back(std::move(api));
  }
  for (ReaderApi& api : file.read) {
    last_parts_[lastPart(api.name)] = true;
    std::string name = api.name;
    readers_[name] = std::move(api);
  }
  for (WriterApi& api : file.write) {
    last_parts_[lastPart(api.name)] = true;
    std::string name = api.name;
    writers_[name] = std::move(api);
  }
  allocates_.insert(file.functions.allocates.begin(), file.functions.allocates.end());
  copies_string_.insert(file.functions.copies_string.begin(), file.functions.copies_string.end());
  fills_string_.insert(file.functions.fills_string.begin(), file.functions.fills_string.end());
  never_returns_.insert(file.functions.never_returns.begin(), file.functions.never_returns.end());
  returns_twice_.insert(file.functions.returns_twice.begin(), file.functions.returns_twice.end());
  only_frees_.insert(file.functions.only_frees.begin(), file.functions.only_frees.end());
  for (EnvironmentVariableArray& variable : file.environ_variables) variables_[variable.name] = variable.source;
}

const std::vector<SpawnApi>* Knowledge::spawns(const std::string& name) const {
  auto found = spawns_.find(name);
  return found == spawns_.end() ? nullptr : &found->second;
}

const ReaderApi* Knowledge::reader(const std::string& name) const {
  auto found = readers_.find(name);
  return found == readers_.end() ? nullptr : &found->second;
}

const WriterApi* Knowledge::writer(const std::string& name) const {
  auto found = writers_.find(name);
  return found == writers_.end() ? nullptr : &found->second;
}

bool Knowledge::isEnvironVariable(const std::string& name) const { return variables_.contains(name); }

bool Knowledge::mentions(const std::string& unqualified) const { return last_parts_.contains(unqualified); }

std::string Knowledge::idOf(const std::string& name, std::size_t index) {
  return index == 0 ? name : name + "#" + std::to_string(index);
}

const SpawnApi* Knowledge::spawnById(const std::string& id) const {
  std::size_t hash = id.find('#');
  const std::vector<SpawnApi>* entries = spawns(id.substr(0, hash));
  std::size_t index = hash == std::string::npos ? 0 : std::stoul(id.substr(hash + 1));
  return entries && index < entries->size() ? &(*entries)[index] : nullptr;
}

std::vector<std::string> Knowledge::names() const {
  std::vector<std::string> all;
  for (const auto& [name, known] : last_parts_) all.push_back(name);
  for (const auto& [name, source] : variables_) all.push_back(name);
  return all;
}

}  // namespace envleak::analyzer
