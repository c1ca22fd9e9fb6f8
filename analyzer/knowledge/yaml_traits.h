// How LLVM's YAML reader maps documents to the structs of model.h. Only for this folder's sources.
#pragma once

#include "analyzer/knowledge/model.h"

#include <llvm/Support/YAMLTraits.h>

#include <string>

namespace envleak::analyzer {

// A position in a call as the YAML writes it: a word, a number, {argument: N, field: F} or {object: N}.
struct PlaceScalar {
  std::string word;  // one of the words, or empty if `number` is given
  std::optional<unsigned> number;
};
struct PlaceMap {
  std::optional<unsigned> argument;
  std::optional<unsigned> object;
  std::string field;
};
struct PlaceText {
  bool given = false;
  bool is_map = false;
  PlaceScalar scalar;
  PlaceMap map;
  std::vector<std::string> sequence;  // never valid; there for the reader to complain about
};

// A document of which one key matters: a project's policy file.
struct ModelsDocument {
  std::optional<KnowledgeFile> models;
};

}  // namespace envleak::analyzer

LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::SpawnApi)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::SpawnApi::TypeEffect)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::Selector::Number)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::ReaderApi)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::WriterApi)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::ObjectType)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::EnvironmentChange)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::EnvironmentProducer)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::FunctionLookup)
LLVM_YAML_IS_SEQUENCE_VECTOR(envleak::analyzer::EnvironmentArray)

namespace llvm::yaml {

#define ENVLEAK_MAPPING(Type)                                    \
  template <>                                                    \
  struct MappingTraits<envleak::analyzer::Type> {                \
    static void mapping(IO& io, envleak::analyzer::Type& entry); \
  }
#define ENVLEAK_CHECKED_MAPPING(Type)                                    \
  template <>                                                            \
  struct MappingTraits<envleak::analyzer::Type> {                        \
    static void mapping(IO& io, envleak::analyzer::Type& entry);         \
    static std::string validate(IO& io, envleak::analyzer::Type& entry); \
  }

ENVLEAK_MAPPING(PlaceMap);
ENVLEAK_MAPPING(Selector::Number);
ENVLEAK_CHECKED_MAPPING(Selector);
ENVLEAK_CHECKED_MAPPING(Variant);
ENVLEAK_CHECKED_MAPPING(SpawnApi);
ENVLEAK_CHECKED_MAPPING(SpawnApi::TypeEffect);
ENVLEAK_CHECKED_MAPPING(ReaderApi);
ENVLEAK_CHECKED_MAPPING(WriterApi);
ENVLEAK_CHECKED_MAPPING(ObjectType);
ENVLEAK_CHECKED_MAPPING(EnvironmentChange);
ENVLEAK_CHECKED_MAPPING(EnvironmentProducer);
ENVLEAK_CHECKED_MAPPING(FunctionLookup);
ENVLEAK_CHECKED_MAPPING(EnvironmentArray);
ENVLEAK_MAPPING(FunctionProperties);
ENVLEAK_CHECKED_MAPPING(KnowledgeFile);
ENVLEAK_MAPPING(ModelsDocument);

#undef ENVLEAK_MAPPING
#undef ENVLEAK_CHECKED_MAPPING

template <>
struct ScalarTraits<envleak::analyzer::PlaceScalar> {
  static void output(const envleak::analyzer::PlaceScalar&, void*, raw_ostream&) {}
  static StringRef input(StringRef text, void*, envleak::analyzer::PlaceScalar& place);
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <>
struct PolymorphicTraits<envleak::analyzer::PlaceText> {
  using PlaceText = envleak::analyzer::PlaceText;
  static NodeKind getKind(const PlaceText&) { return NodeKind::Scalar; }
  static envleak::analyzer::PlaceScalar& getAsScalar(PlaceText& place) {
    place.given = true;
    return place.scalar;
  }
  static envleak::analyzer::PlaceMap& getAsMap(PlaceText& place) {
    place.given = place.is_map = true;
    return place.map;
  }
  static std::vector<std::string>& getAsSequence(PlaceText& place) {
    place.given = place.is_map = true;
    return place.sequence;
  }
};

template <>
struct ScalarEnumerationTraits<envleak::facts::WriteKind> {
  static void enumeration(IO& io, envleak::facts::WriteKind& kind);
};
template <>
struct ScalarEnumerationTraits<envleak::analyzer::GivenEnvironment> {
  static void enumeration(IO& io, envleak::analyzer::GivenEnvironment& given);
};
template <>
struct ScalarEnumerationTraits<envleak::analyzer::EnvironmentChange::Effect> {
  static void enumeration(IO& io, envleak::analyzer::EnvironmentChange::Effect& effect);
};
template <>
struct ScalarEnumerationTraits<envleak::analyzer::SpawnApi::TypeEffect::Effect> {
  static void enumeration(IO& io, envleak::analyzer::SpawnApi::TypeEffect::Effect& effect);
};

}  // namespace llvm::yaml
