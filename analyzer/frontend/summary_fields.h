// The fields of each structure of a summary, in the order of their bytes. One list serves encoder, decoder and the
// description that tells one layout from another: a new field is added to its structure and here, and nowhere else.
// The bindings make a list that lacks a field fail to compile.
#pragma once

#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/closure.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/summary.h"

namespace envleak::analyzer {

// Fields<...>::list(archive, value) passes each field to archive(...). `value` is const when it is encoded.
template <>
struct Fields<facts::Position> {
  static void list(auto& archive, auto& value) {
    auto& [line, column] = value;
    archive(line, column);
  }
};

template <>
struct Fields<EnvironmentValue> {
  static void list(auto& archive, auto& value) {
    auto& [kind, parameter, function, reason] = value;
    archive(kind, parameter, function, reason);
  }
};

template <>
struct Fields<EnvironmentState::Called> {
  static void list(auto& archive, auto& value) {
    auto& [function, name, always] = value;
    archive(function, name, always);
  }
};

template <>
struct Fields<EnvironmentState> {
  static void list(auto& archive, auto& value) {
    auto& [environment, reachable, narrowed_on_some_path, called] = value;
    archive(environment, reachable, narrowed_on_some_path, called);
  }
};

template <>
struct Fields<Argument> {
  static void list(auto& archive, auto& value) {
    auto& [depends, text, environment] = value;
    archive(depends, text, environment);
  }
};

template <>
struct Fields<Call> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, end_line, positions, tail, callee, function, api, functions, pointer, receiver,
           arguments, environment] = value;
    archive(file, line, column, end_line, positions, tail, callee, function, api, functions, pointer, receiver,
            arguments, environment);
  }
};

template <>
struct Fields<Function> {
  static void list(auto& archive, auto& value) {
    auto& [key, name, file, line, parameters, parameter_names, broken, overrides, calls, returns, adds, leaves] = value;
    archive(key, name, file, line, parameters, parameter_names, broken, overrides, calls, returns, adds, leaves);
  }
};

template <>
struct Fields<PointerAssignment> {
  static void list(auto& archive, auto& value) {
    auto& [target, function, api, from] = value;
    archive(target, function, api, from);
  }
};

template <>
struct Fields<facts::EnvironmentRead> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, function, callee, name] = value;
    archive(file, line, column, function, callee, name);
  }
};

template <>
struct Fields<facts::EnvironmentWrite> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, function, callee, name, kind] = value;
    archive(file, line, column, function, callee, name, kind);
  }
};

template <>
struct Fields<facts::Suppression> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, rule, reason, used] = value;
    archive(file, line, rule, reason, used);
  }
};

template <>
struct Fields<UnitSummary::SuppressedLine> {
  static void list(auto& archive, auto& value) {
    auto& [suppression, line] = value;
    archive(suppression, line);
  }
};

// Without its functions, which are archives of their own.
template <>
struct Fields<UnitSummary> {
  static void list(auto& archive, auto& value) {
    auto& [main_file, status, errors, files, functions, pointers, reads, writes, suppressions, suppressed_lines] =
        value;
    archive(main_file, status, errors, files, pointers, reads, writes, suppressions, suppressed_lines);
  }
};

template <>
struct Fields<CompileCommand> {
  static void list(auto& archive, auto& value) {
    auto& [directory, file, arguments, cplusplus] = value;
    archive(directory, file, arguments, cplusplus);
  }
};

template <>
struct Fields<SourceVersion> {
  static void list(auto& archive, auto& value) {
    auto& [path, hash] = value;
    archive(path, hash);
  }
};

template <>
struct Fields<Closure> {
  static void list(auto& archive, auto& value) {
    auto& [files, absent, changed] = value;
    archive(files, absent, changed);
  }
};

template <>
struct Last<EnvironmentValue::Kind> {
  static constexpr auto value = EnvironmentValue::Kind::unknown;
};
template <>
struct Last<Added> {
  static constexpr auto value = Added::other;
};
template <>
struct Last<facts::UnitStatus> {
  static constexpr auto value = facts::UnitStatus::skipped;
};
template <>
struct Last<facts::WriteKind> {
  static constexpr auto value = facts::WriteKind::assign;
};

}  // namespace envleak::analyzer
