#include "analyzer/knowledge/knowledge_yaml.h"

#include "analyzer/knowledge/yaml_checks.h"
#include "analyzer/knowledge/yaml_traits.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/SourceMgr.h>

#include <algorithm>

namespace llvm::yaml {

using namespace envleak::analyzer;
using envleak::facts::WriteKind;

namespace {

std::string checkNameAndSource(const std::string& name, const std::string& source, const char* key = "name") {
  if (std::string wrong = checkName(key, name); !wrong.empty()) return wrong;
  return source.empty() ? "source: '" + name + "' needs the source of its claims" : "";
}

// 'receiver' or the number of an argument.
void mapOperand(IO& io, const char* key, bool required, std::optional<Operand>& operand) {
  PlaceText place;
  if (required)
    io.mapRequired(key, place);
  else
    io.mapOptional(key, place);
  if (!place.given) return;
  if (place.is_map || (!place.scalar.number && place.scalar.word != "receiver")) {
    io.setError(Twine(key) + ": 'receiver' or the number of an argument is expected");
    return;
  }
  operand = Operand{place.scalar.number, {}};
}

}  // namespace

void ScalarEnumerationTraits<WriteKind>::enumeration(IO& io, WriteKind& kind) {
  io.enumCase(kind, "set", WriteKind::set);
  io.enumCase(kind, "put", WriteKind::put);
  io.enumCase(kind, "unset", WriteKind::unset);
  io.enumCase(kind, "clear", WriteKind::clear);
}

void ScalarEnumerationTraits<GivenEnvironment>::enumeration(IO& io, GivenEnvironment& given) {
  io.enumCase(given, "inherited", GivenEnvironment::inherited);
  io.enumCase(given, "forwarded", GivenEnvironment::forwarded);
  io.enumCase(given, "empty", GivenEnvironment::empty);
  io.enumCase(given, "explicit", GivenEnvironment::explicit_);
  io.enumCase(given, "filtered", GivenEnvironment::filtered);
  io.enumCase(given, "extends", GivenEnvironment::extends);
  io.enumCase(given, "unset", GivenEnvironment::unset);
  io.enumCase(given, "same", GivenEnvironment::same);
  io.enumCase(given, "unknown", GivenEnvironment::unknown);
}

void ScalarEnumerationTraits<EnvironmentChange::Effect>::enumeration(IO& io, EnvironmentChange::Effect& effect) {
  using Effect = EnvironmentChange::Effect;
  io.enumCase(effect, "set", Effect::set);
  io.enumCase(effect, "put", Effect::put);
  io.enumCase(effect, "pass", Effect::pass);
  io.enumCase(effect, "unset", Effect::unset);
  io.enumCase(effect, "clear", Effect::clear);
  io.enumCase(effect, "replace", Effect::replace);
  io.enumCase(effect, "extend", Effect::extend);
  io.enumCase(effect, "forward", Effect::forward);
  io.enumCase(effect, "inherit", Effect::inherit);
}

void MappingTraits<ReaderApi>::mapping(IO& io, ReaderApi& api) {
  api.line = currentLine(io);
  io.mapRequired("name", api.name);
  io.mapRequired("variable", api.variable);
  io.mapRequired("source", api.source);
  checkArguments(io, {api.variable});
}

std::string MappingTraits<ReaderApi>::validate(IO&, ReaderApi& api) { return checkNameAndSource(api.name, api.source); }

void MappingTraits<WriterApi>::mapping(IO& io, WriterApi& api) {
  api.line = currentLine(io);
  io.mapRequired("name", api.name);
  io.mapRequired("kind", api.kind);
  io.mapOptional("variable", api.variable);
  io.mapOptional("value", api.value);
  io.mapRequired("source", api.source);
  checkArguments(io, {api.variable, api.value});
}

std::string MappingTraits<WriterApi>::validate(IO&, WriterApi& api) {
  if (std::string wrong = checkNameAndSource(api.name, api.source); !wrong.empty()) return wrong;
  if (api.kind != WriteKind::clear && !api.variable) return "'" + api.name + "' needs 'variable'";
  return {};
}

void MappingTraits<ObjectType>::mapping(IO& io, ObjectType& object) {
  object.line = currentLine(io);
  io.mapRequired("type", object.type);
  io.mapRequired("initial", object.initial);
  io.mapOptional("if_empty", object.if_empty);
  io.mapOptional("variant", object.variant);
  io.mapRequired("source", object.source);
}

std::string MappingTraits<ObjectType>::validate(IO&, ObjectType& object) {
  if (std::string wrong = checkNameAndSource(object.type, object.source, "type"); !wrong.empty()) return wrong;
  using Given = GivenEnvironment;
  if (object.initial == Given::extends || object.initial == Given::unset || object.initial == Given::same)
    return "initial: a fresh '" + object.type + "' is inherited, forwarded, empty, explicit, filtered or unknown";
  if (!object.if_empty.empty() && !isMeaning(object.if_empty))
    return "if_empty: 'empty' or 'inherited' is expected, not '" + object.if_empty + "'";
  return {};
}

void MappingTraits<EnvironmentChange>::mapping(IO& io, EnvironmentChange& change) {
  change.line = currentLine(io);
  io.mapRequired("name", change.name);
  std::optional<Operand> object;
  mapOperand(io, "object", true, object);
  if (object) change.object = *object;
  io.mapRequired("effect", change.effect);
  io.mapOptional("variable", change.variable);
  io.mapOptional("value", change.value);
  io.mapOptional("names", change.names);
  io.mapOptional("null", change.null);
  io.mapOptional("if_empty", change.if_empty);
  io.mapOptional("when", change.when);
  io.mapOptional("variant", change.variant);
  io.mapOptional("keeps_inherited", change.keeps_inherited);
  io.mapOptional("trap", change.trap);
  io.mapRequired("source", change.source);
  checkArguments(io, {change.variable, change.value});
}

std::string MappingTraits<EnvironmentChange>::validate(IO&, EnvironmentChange& change) {
  using Effect = EnvironmentChange::Effect;
  if (std::string wrong = checkNameAndSource(change.name, change.source); !wrong.empty()) return wrong;
  Effect effect = change.effect;
  bool by_name = effect == Effect::set || effect == Effect::put || effect == Effect::unset;
  bool by_value = effect == Effect::replace || effect == Effect::extend;
  if (by_name && !change.variable) return "'" + change.name + "' needs 'variable'";
  if (effect == Effect::pass && !change.variable && change.names.empty())
    return "'" + change.name + "' needs 'variable' or 'names'";
  if (by_value && !change.value) return "'" + change.name + "' needs 'value', the argument with the environment";
  if (!by_value && (!change.null.empty() || !change.if_empty.empty()))
    return "'" + change.name + "': 'null' and 'if_empty' have a meaning with 'replace' and 'extend' only";
  if (!change.null.empty() && !isMeaning(change.null) && change.null != "forwarded")
    return "null: 'empty', 'inherited' or 'forwarded' is expected, not '" + change.null + "'";
  if (!change.if_empty.empty() && !isMeaning(change.if_empty))
    return "if_empty: 'empty' or 'inherited' is expected, not '" + change.if_empty + "'";
  return {};
}

void MappingTraits<EnvironmentProducer>::mapping(IO& io, EnvironmentProducer& producer) {
  producer.line = currentLine(io);
  io.mapRequired("name", producer.name);
  io.mapRequired("gives", producer.gives);
  mapOperand(io, "of", false, producer.of);
  io.mapOptional("variable", producer.variable);
  io.mapOptional("value", producer.value);
  io.mapOptional("when", producer.when);
  io.mapOptional("variant", producer.variant);
  io.mapRequired("source", producer.source);
  checkArguments(io, {producer.variable, producer.value});
}

std::string MappingTraits<EnvironmentProducer>::validate(IO&, EnvironmentProducer& producer) {
  using Given = GivenEnvironment;
  if (std::string wrong = checkNameAndSource(producer.name, producer.source); !wrong.empty()) return wrong;
  bool derived = producer.gives == Given::extends || producer.gives == Given::unset || producer.gives == Given::same;
  if (derived && !producer.of) return "'" + producer.name + "' needs 'of': 'receiver' or the number of an argument";
  if (!derived && producer.of)
    return "'" + producer.name + "': 'of' has a meaning with 'extends', 'unset' and 'same' only";
  if ((producer.gives == Given::extends || producer.gives == Given::unset) && !producer.variable)
    return "'" + producer.name + "' needs 'variable'";
  return {};
}

void MappingTraits<FunctionLookup>::mapping(IO& io, FunctionLookup& lookup) {
  lookup.line = currentLine(io);
  io.mapRequired("name", lookup.name);
  io.mapRequired("function", lookup.function);
  io.mapOptional("result", lookup.result);
  io.mapRequired("source", lookup.source);
  checkArguments(io, {lookup.function, lookup.result});
}

std::string MappingTraits<FunctionLookup>::validate(IO&, FunctionLookup& lookup) {
  return checkNameAndSource(lookup.name, lookup.source);
}

void MappingTraits<EnvironmentArray>::mapping(IO& io, EnvironmentArray& variable) {
  io.mapRequired("name", variable.name);
  io.mapRequired("source", variable.source);
}

std::string MappingTraits<EnvironmentArray>::validate(IO&, EnvironmentArray& variable) {
  return checkNameAndSource(variable.name, variable.source);
}

void MappingTraits<FunctionProperties>::mapping(IO& io, FunctionProperties& functions) {
  io.mapOptional("allocates", functions.allocates);
  io.mapOptional("copies_string", functions.copies_string);
  io.mapOptional("fills_string", functions.fills_string);
  io.mapOptional("never_returns", functions.never_returns);
  io.mapOptional("returns_twice", functions.returns_twice);
  io.mapOptional("only_frees", functions.only_frees);
}

void MappingTraits<KnowledgeFile>::mapping(IO& io, KnowledgeFile& file) {
  io.mapOptional("format", file.format);
  io.mapOptional("spawn", file.spawn);
  io.mapOptional("read", file.read);
  io.mapOptional("write", file.write);
  io.mapOptional("objects", file.objects);
  io.mapOptional("change", file.change);
  io.mapOptional("produce", file.produce);
  io.mapOptional("lookup", file.lookup);
  io.mapOptional("environ_variables", file.environ_variables);
  io.mapOptional("functions", file.functions);
}

std::string MappingTraits<KnowledgeFile>::validate(IO&, KnowledgeFile& file) {
  return file.format.value_or(1) == 1 ? "" : "format: this version reads format 1";
}

void MappingTraits<ModelsDocument>::mapping(IO& io, ModelsDocument& document) {
  io.mapOptional("models", document.models);
  io.setAllowUnknownKeys(true);  // of this mapping: what else a policy has is read elsewhere
}

}  // namespace llvm::yaml

namespace envleak::analyzer {
namespace {

constexpr const char* remedy = "; mend the entry, as docs/knowledge.md describes it";

// The first message is the cause; later ones follow from it.
void keepFirst(const llvm::SMDiagnostic& diagnostic, void* context) {
  auto& message = *static_cast<std::string*>(context);
  if (message.empty() && diagnostic.getKind() == llvm::SourceMgr::DK_Error)
    message = std::to_string(std::max(1, diagnostic.getLineNo())) + ":" + std::to_string(diagnostic.getColumnNo() + 1) +
              ": " + diagnostic.getMessage().str();
}

// LLVM's reader calls itself for each level: a hostile file would use up the stack. Brackets in texts count as well;
// no file in earnest comes near the limit.
void checkNesting(const std::string& text, const std::string& path) {
  constexpr int limit = 100;
  int brackets = 0, indicators = 0, indentation = 0;
  bool at_start = true;
  unsigned line = 1;
  for (char c : text) {
    if (c == '\n') {
      ++line;
      indicators = indentation = 0;
      at_start = true;
      continue;
    }
    if (c == '[' || c == '{') ++brackets;
    if ((c == ']' || c == '}') && brackets > 0) --brackets;
    at_start = at_start && (c == ' ' || c == '-' || c == '?' || c == ':');
    if (at_start) ++(c == ' ' ? indentation : indicators);
    if (brackets > limit || indicators > limit || indentation > 10 * limit)
      throw InputError(oneLine(path) + ":" + std::to_string(line) + ":1: nested too deeply" + remedy);
  }
}

template <typename Document>
void parse(const std::string& text, const std::string& path, Document& document) {
  checkNesting(text, path);
  std::string message;
  ParseContext parse_context(text);
  llvm::yaml::Input input(text, &parse_context, keepFirst, &message);
  bool any = input.setCurrentDocument();
  llvm::yaml::EmptyContext context;
  // A root that LLVM cannot take, such as an alias, leaves it without a node to put its next error on.
  if (any && !input.error()) yamlize(input, document, true, context);
  if (any && !input.error() && input.nextDocument())
    message = "1:1: more than one document";
  else if (!input.error())
    return;
  throw InputError(oneLine(path) + ":" + (message.empty() ? "1:1: not a knowledge file" : oneLine(message)) + remedy);
}

// A key at the beginning of a line.
bool hasTopLevelKey(const std::string& text, const std::string& key) {
  return text.starts_with(key + ":") || text.find("\n" + key + ":") != std::string::npos;
}

}  // namespace

KnowledgeFile parseKnowledge(const std::string& text, const std::string& path) {
  KnowledgeFile file;
  parse(text, path, file);
  if (!file.format) throw InputError(oneLine(path) + ":1:1: no key 'format'; begin the file with 'format: 1'");
  return file;
}

std::optional<KnowledgeFile> parseModels(const std::string& text, const std::string& path) {
  if (hasTopLevelKey(text, "format")) return parseKnowledge(text, path);
  ModelsDocument document;
  parse(text, path, document);
  return std::move(document.models);
}

}  // namespace envleak::analyzer
