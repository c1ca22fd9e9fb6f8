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
struct Fields<Port> {
  static void list(auto& archive, auto& value) {
    auto& [parameter, field] = value;
    archive(parameter, field);
  }
};

template <>
struct Fields<NamedVariables> {
  static void list(auto& archive, auto& value) {
    auto& [set, unset, kept, open] = value;
    archive(set, unset, kept, open);
  }
};

template <>
struct Fields<EnvironmentValue> {
  static void list(auto& archive, auto& value) {
    auto& [kind, parameter, function, reason, field, cell, trap, names, empty_inherits, empty_trap, arguments, cases] = value;
    archive(kind, parameter, function, reason, field, cell, trap, names, empty_inherits, empty_trap, arguments, cases);
  }
};

template <>
struct Fields<Condition> {
  static void list(auto& archive, auto& value) {
    auto& [port, relation, number] = value;
    archive(port, relation, number);
  }
};

template <>
struct Fields<EnvironmentCase> {
  static void list(auto& archive, auto& value) {
    auto& [condition, result] = value;
    archive(condition, result);
  }
};

template <>
struct Fields<PassedName> {
  static void list(auto& archive, auto& value) {
    auto& [parameter, name] = value;
    archive(parameter, name);
  }
};

template <>
struct Fields<EnvironmentState::Called> {
  static void list(auto& archive, auto& value) {
    auto& [function, name, always, place, port, library, names] = value;
    archive(function, name, always, place, port, library, names);
  }
};

template <>
struct Fields<EnvironmentState> {
  static void list(auto& archive, auto& value) {
    auto& [environment, reachable, narrowed_on_some_path, called] = value;
    archive(environment, reachable, narrowed_on_some_path, called);
  }
};

// Structures with a base: a binding cannot name all their fields.
template <>
struct Fields<Passed> {
  static void list(auto& archive, auto& value) {
    auto& [depends, text, number, environment] = value;
    archive(depends, text, number, environment);
  }
};

template <typename Value>
auto& asPassed(Value& value) {
  if constexpr (std::is_const_v<Value>)
    return static_cast<const Passed&>(value);
  else
    return static_cast<Passed&>(value);
}

template <>
struct Fields<Argument::Field> {
  static void list(auto& archive, auto& value) {
    archive(asPassed(value), value.path);
  }
};

template <>
struct Fields<NameTable> {
  static void list(auto& archive, auto& value) {
    auto& [name, file, line, texts, complete] = value;
    archive(name, file, line, texts, complete);
  }
};

template <>
struct Fields<NameSource> {
  static void list(auto& archive, auto& value) {
    auto& [parameter, table] = value;
    archive(parameter, table);
  }
};

template <>
struct Fields<Callable> {
  static void list(auto& archive, auto& value) {
    auto& [function, api, from] = value;
    archive(function, api, from);
  }
};

template <>
struct Fields<Argument> {
  static void list(auto& archive, auto& value) {
    archive(asPassed(value), value.fields, value.name, value.callables);
  }
};

template <>
struct Fields<Call> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, end_line, compiled_line, positions, tail, makes, library, code, callee, function, api,
           functions, pointer, receiver, arguments, environment, given] = value;
    archive(file, line, column, end_line, compiled_line, positions, tail, makes, library, code, callee, function, api, functions,
            pointer, receiver, arguments, environment, given);
  }
};

template <>
struct Fields<Function> {
  static void list(auto& archive, auto& value) {
    auto& [key, name, within, first, file, line, shown_file, shown_line, parameters, parameter_names, records, broken, overrides, calls, unwritten,
           returns, fresh_from, blank, adds, leaves, leaves_ports, fills] = value;
    archive(key, name, within, first, file, line, shown_file, shown_line, parameters, parameter_names, records, broken, overrides, calls, unwritten,
            returns, fresh_from, blank, adds, leaves, leaves_ports, fills);
  }
};

template <>
struct Fields<Function::Left> {
  static void list(auto& archive, auto& value) {
    auto& [port, environment] = value;
    archive(port, environment);
  }
};

template <>
struct Fields<Function::Fill> {
  static void list(auto& archive, auto& value) {
    auto& [parameter, entries] = value;
    archive(parameter, entries);
  }
};

template <>
struct Fields<CellValue> {
  static void list(auto& archive, auto& value) {
    auto& [cell, function, held] = value;
    archive(cell, function, held);
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
struct Fields<facts::PathStep> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, note] = value;
    archive(file, line, column, note);
  }
};

template <>
struct Fields<facts::OtherName> {
  static void list(auto& archive, auto& value) {
    auto& [name, file] = value;
    archive(name, file);
  }
};

template <>
struct Fields<facts::Repair> {
  static void list(auto& archive, auto& value) {
    auto& [kind, detail] = value;
    archive(kind, detail);
  }
};

template <>
struct Fields<facts::EnvironmentRead> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, function, callee, name, path] = value;
    archive(file, line, column, function, callee, name, path);
  }
};

template <>
struct Fields<facts::EnvironmentWrite> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, column, function, callee, name, kind, path] = value;
    archive(file, line, column, function, callee, name, kind, path);
  }
};

template <>
struct Fields<facts::Hazard> {
  static void list(auto& archive, auto& value) {
    auto& [rule, file, line, column, function, message, suppressed, suppression] = value;
    archive(rule, file, line, column, function, message, suppressed, suppression);
  }
};

template <>
struct Fields<facts::Suppression> {
  static void list(auto& archive, auto& value) {
    auto& [file, line, rule, reason, used, covers] = value;
    archive(file, line, rule, reason, used, covers);
  }
};

template <>
struct Fields<UnitSummary::SuppressedLine> {
  static void list(auto& archive, auto& value) {
    auto& [suppression, line] = value;
    archive(suppression, line);
  }
};

template <>
struct Fields<UnitSummary::Origin> {
  static void list(auto& archive, auto& value) {
    auto& [function, name] = value;
    archive(function, name);
  }
};

// Without its functions, which are archives of their own.
template <>
struct Fields<UnitSummary> {
  static void list(auto& archive, auto& value) {
    auto& [main_file, status, errors, repairs, unseen_mentions, files, other_names, functions, pointers, cells, address_taken, reads,
           read_origins, writes, write_origins, hazards, suppressions, suppressed_lines] = value;
    archive(main_file, status, errors, repairs, unseen_mentions, files, other_names, pointers, cells, address_taken, reads, read_origins,
            writes, write_origins, hazards, suppressions, suppressed_lines);
  }
};

template <>
struct Fields<CompileCommand> {
  static void list(auto& archive, auto& value) {
    auto& [directory, file, arguments, cplusplus, repairs, losses, refused] = value;
    archive(directory, file, arguments, cplusplus, repairs, losses, refused);
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
struct Last<Condition::Relation> {
  static constexpr auto value = Condition::Relation::no_bit;
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
struct Last<facts::RepairKind> {
  static constexpr auto value = facts::RepairKind::headers_unknown;
};
template <>
struct Last<facts::WriteKind> {
  static constexpr auto value = facts::WriteKind::assign;
};

}  // namespace envleak::analyzer
