// The YAML form of `spawn:` entries, and of what other entries share with them: places, selectors, variants.
#include "analyzer/knowledge/yaml_checks.h"
#include "analyzer/knowledge/yaml_traits.h"

namespace llvm::yaml {

using namespace envleak::analyzer;

namespace {

// Where a program, a command, an argument vector or an environment is. False, with the error set, for what is none.
bool takePlace(IO& io, const char* key, const PlaceText& place, std::optional<unsigned>& argument,
               std::optional<Operand>& held) {
  if (!place.given) return true;
  if (!place.is_map) {
    argument = place.scalar.number;
    if (argument) return true;
    if (place.scalar.word == "object") {
      held = Operand{};
      return true;
    }
    io.setError(Twine(key) +
                ": the number of an argument, 'object', {object: N} or {argument: N, field: NAME} is expected, not '" +
                place.scalar.word + "'");
    return false;
  }
  bool is_object = place.map.object && !place.map.argument && place.map.field.empty();
  bool is_field = place.map.argument && !place.map.object && !place.map.field.empty();
  if (!is_object && !is_field) {
    io.setError(Twine(key) + ": {object: N} or {argument: N, field: NAME} is expected");
    return false;
  }
  held = Operand{is_object ? place.map.object : place.map.argument, place.map.field};
  return true;
}

void mapEnvironment(IO& io, SpawnApi& api) {
  PlaceText place;
  io.mapRequired("environment", place);
  if (!place.given) return;
  const std::string& word = place.scalar.word;
  if (!place.is_map && word == "last") {
    api.environment_is_last = true;
  } else if (!place.is_map && word == "empty") {
    api.environment_is_empty = true;
  } else if (!place.is_map && (word == "none" || word == "types")) {
    if (word == "types" && api.types.empty()) io.setError("'environment: types' needs a list 'types'");
  } else if (!place.is_map && !place.scalar.number && word != "object") {
    io.setError(
        "environment: 'none', 'empty', 'last', 'types', 'object', the number of an argument, {object: N} or "
        "{argument: N, field: NAME} is expected, not '" +
        word + "'");
  } else {
    takePlace(io, "environment", place, api.environment, api.environment_in);
  }
  if (word != "types" && !api.types.empty()) io.setError("'types' has a meaning with 'environment: types' only");
}

std::string checkMeanings(const SpawnApi& api) {
  std::string name = "'" + api.name + "'";
  bool argument = api.environment || api.environment_is_last;
  bool field = api.environment_in && !api.environment_in->field.empty();
  bool slot = argument || field || api.environment_in;
  if (!api.null.empty() && !isMeaning(api.null))
    return "null: 'empty' or 'inherited' is expected, not '" + api.null + "'";
  if (!api.if_empty.empty() && !isMeaning(api.if_empty))
    return "if_empty: 'empty' or 'inherited' is expected, not '" + api.if_empty + "'";
  if (argument && api.null.empty() && api.if_empty.empty())
    return name +
           " has an environment argument: 'null' must be 'empty' or 'inherited' ('if_empty', if it is an object)";
  if (field && api.null.empty() && api.if_empty.empty())
    return name + " has an environment field: 'null' or 'if_empty' must be 'empty' or 'inherited'";
  if (!slot && !api.null.empty()) return name + " has no environment argument: 'null' has no meaning";
  if (!slot && !api.if_empty.empty()) return name + " has no environment argument: 'if_empty' has no meaning";
  if (!slot && (api.extends || api.replaces_if)) return name + " has no environment argument: 'effect' has no meaning";
  if (api.replaces_if && !api.extends) return name + ": 'replaces_if' needs 'effect: extends'";
  if (api.overruled_by && !argument) return name + ": 'overruled_by' needs an environment argument";
  if (api.environment_is_last && !api.variadic) return name + ": 'environment: last' needs 'variadic: true'";
  return {};
}

}  // namespace

StringRef ScalarTraits<PlaceScalar>::input(StringRef text, void*, PlaceScalar& place) {
  unsigned number = 0;
  if (!text.getAsInteger(0, number)) {
    if (number > argumentLimit) return "the number of an argument is too great";
    place.number = number;
  } else {
    place.word = text.str();
  }
  return {};
}

void MappingTraits<PlaceMap>::mapping(IO& io, PlaceMap& place) {
  io.mapOptional("argument", place.argument);
  io.mapOptional("object", place.object);
  io.mapOptional("field", place.field);
  checkArguments(io, {place.argument, place.object});
}

void MappingTraits<Selector::Number>::mapping(IO& io, Selector::Number& number) {
  io.mapOptional("architecture", number.architecture);
  io.mapRequired("value", number.value);
}

void MappingTraits<Selector>::mapping(IO& io, Selector& selector) {
  io.mapRequired("argument", selector.argument);
  io.mapOptional("field", selector.field);
  io.mapOptional("names", selector.names);
  io.mapOptional("numbers", selector.numbers);
  std::vector<int64_t> values;
  io.mapOptional("values", values);
  for (int64_t value : values) selector.numbers.push_back({{}, value});
  io.mapOptional("texts", selector.texts);
  io.mapOptional("bit", selector.bit);
  io.mapOptional("without_bit", selector.without_bit);
  io.mapOptional("present", selector.present);
  io.mapOptional("types", selector.types);
  io.mapOptional("not_types", selector.not_types);
  checkArguments(io, {selector.argument});
}

std::string MappingTraits<Selector>::validate(IO&, Selector& selector) {
  bool asks = !selector.names.empty() || !selector.numbers.empty() || !selector.texts.empty() || selector.bit ||
              selector.without_bit || selector.present || !selector.types.empty() || !selector.not_types.empty();
  if (!asks)
    return "a condition needs one of 'names', 'numbers', 'values', 'texts', 'bit', 'without_bit', 'present', 'types', "
           "'not_types'";
  if (selector.bit == 0U || selector.without_bit == 0U) return "'bit' and 'without_bit' must not be 0";
  return {};
}

void MappingTraits<Variant>::mapping(IO& io, Variant& variant) {
  io.mapRequired("macro", variant.macro);
  io.mapOptional("at_least", variant.at_least);
  io.mapOptional("below", variant.below);
}

std::string MappingTraits<Variant>::validate(IO&, Variant& variant) {
  if (variant.macro.empty()) return "variant: 'macro' must not be empty";
  if (!variant.at_least && !variant.below) return "variant: 'at_least' or 'below' is needed";
  return {};
}

void ScalarEnumerationTraits<SpawnApi::TypeEffect::Effect>::enumeration(IO& io, SpawnApi::TypeEffect::Effect& effect) {
  using Effect = SpawnApi::TypeEffect::Effect;
  io.enumCase(effect, "inherited", Effect::inherited);
  io.enumCase(effect, "extends", Effect::extends);
  io.enumCase(effect, "forwarded", Effect::forwarded);
  io.enumCase(effect, "replaces", Effect::replaces);
  io.enumCase(effect, "empty", Effect::empty);
  io.enumCase(effect, "explicit", Effect::explicit_);
}

void MappingTraits<SpawnApi::TypeEffect>::mapping(IO& io, SpawnApi::TypeEffect& effect) {
  io.mapRequired("type", effect.type);
  io.mapRequired("effect", effect.effect);
}

std::string MappingTraits<SpawnApi::TypeEffect>::validate(IO&, SpawnApi::TypeEffect& effect) {
  return checkName("type", effect.type);
}

void MappingTraits<SpawnApi>::mapping(IO& io, SpawnApi& api) {
  api.line = currentLine(io);
  io.mapRequired("name", api.name);
  PlaceText program, arguments, command;
  io.mapOptional("program", program);
  io.mapOptional("arguments", arguments);
  io.mapOptional("variadic", api.variadic);
  io.mapOptional("command", command);
  takePlace(io, "program", program, api.program, api.program_in);
  takePlace(io, "arguments", arguments, api.arguments, api.arguments_in);
  takePlace(io, "command", command, api.command, api.command_in);
  io.mapOptional("types", api.types);
  mapEnvironment(io, api);
  io.mapOptional("null", api.null);
  io.mapOptional("if_empty", api.if_empty);
  std::string effect = "replaces";
  io.mapOptional("effect", effect);
  if (effect != "replaces" && effect != "extends")
    io.setError("effect: 'replaces' or 'extends' is expected, not '" + effect + "'");
  api.extends = effect == "extends";
  io.mapOptional("replaces_if", api.replaces_if);
  io.mapOptional("overruled_by", api.overruled_by);
  io.mapOptional("no_spawn_if_null", api.no_spawn_if_null);
  io.mapOptional("when", api.when);
  io.mapOptional("variant", api.variant);
  io.mapOptional("trap", api.trap);
  io.mapRequired("source", api.source);
  checkArguments(io, {api.overruled_by, api.no_spawn_if_null});
}

std::string MappingTraits<SpawnApi>::validate(IO&, SpawnApi& api) {
  if (std::string wrong = checkName("name", api.name); !wrong.empty()) return wrong;
  if (api.source.empty()) return "source: '" + api.name + "' needs the source of its claims";
  if (!api.program && !api.command && !api.program_in && !api.command_in)
    return "'" + api.name + "' needs 'program' or 'command'";
  if (api.variadic && !api.arguments) return "'" + api.name + "': 'variadic' needs 'arguments'";
  return checkMeanings(api);
}

}  // namespace llvm::yaml
