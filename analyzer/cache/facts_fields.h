// The fields of each structure of static facts, beside those that summaries have too (summary_fields.h).
#pragma once

#include "analyzer/frontend/summary_fields.h"
#include "facts/static_facts.h"

namespace envleak::analyzer {

template <>
struct Last<facts::EnvironmentClass> {
  static constexpr auto value = facts::EnvironmentClass::unknown;
};
template <>
struct Last<facts::SiteKind> {
  static constexpr auto value = facts::SiteKind::wrapper;
};

template <>
struct Fields<facts::NamedVariables> {
  static void list(auto& archive, auto& value) {
    auto& [set, unset, kept, open] = value;
    archive(set, unset, kept, open);
  }
};

template <>
struct Fields<facts::SpawnSite> {
  static void list(auto& archive, auto& value) {
    auto& [id, kind, file, line, column, end_line, positions, code, tail, callee, function, environment, reason, variables, path,
           spawns, callers, decided_at, program, children, rule, suppressed, suppression] = value;
    archive(id, kind, file, line, column, end_line, positions, code, tail, callee, function, environment, reason, variables, path,
            spawns, callers, decided_at, program, children, rule, suppressed, suppression);
  }
};

template <>
struct Fields<facts::Wrapper> {
  static void list(auto& archive, auto& value) {
    auto& [function, file, line, environment] = value;
    archive(function, file, line, environment);
  }
};

template <>
struct Fields<facts::Unit> {
  static void list(auto& archive, auto& value) {
    auto& [file, status, errors, repairs, commands, unseen_mentions] = value;
    archive(file, status, errors, repairs, commands, unseen_mentions);
  }
};

template <>
struct Fields<facts::SkippedEntry> {
  static void list(auto& archive, auto& value) {
    auto& [file, language] = value;
    archive(file, language);
  }
};

template <>
struct Fields<facts::Program::Read> {
  static void list(auto& archive, auto& value) {
    auto& [name, file, line, column] = value;
    archive(name, file, line, column);
  }
};

template <>
struct Fields<facts::Program> {
  static void list(auto& archive, auto& value) {
    auto& [id, name, file, line, known_from, units, reads, unknown_reads] = value;
    archive(id, name, file, line, known_from, units, reads, unknown_reads);
  }
};

template <>
struct Fields<facts::StaticFacts> {
  static void list(auto& archive, auto& value) {
    auto& [root, spawn_sites, environment_reads, environment_writes, hazards, wrappers, units, suppressions, other_names, skipped,
           programs] = value;
    archive(root, spawn_sites, environment_reads, environment_writes, hazards, wrappers, units, suppressions, other_names, skipped,
            programs);
  }
};

}  // namespace envleak::analyzer
