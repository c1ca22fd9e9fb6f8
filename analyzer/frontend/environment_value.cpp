#include "analyzer/frontend/environment_value.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

// How much a value lets through; of two paths the higher one decides.
int width(Kind kind) {
  switch (kind) {
    case Kind::inherited:
      return 9;
    case Kind::environ:
    case Kind::forwarded:
      return 8;
    case Kind::extended:
      return 7;
    case Kind::unknown:
      return 6;
    case Kind::result:
    case Kind::cell:
    case Kind::filled:
    case Kind::either:
    case Kind::together:
    case Kind::unset:
      return 5;
    case Kind::parameter:
      return 4;
    case Kind::null:
      return 3;
    case Kind::filtered:
      return 2;
    case Kind::explicit_:
      return 1;
    case Kind::empty:
      return 0;
  }
  return 6;
}

// How wide it is, only the link can tell.
bool isDeferred(Kind kind) {
  return kind == Kind::parameter || kind == Kind::result || kind == Kind::null || kind == Kind::cell ||
         kind == Kind::filled || kind == Kind::either || kind == Kind::together || kind == Kind::unset;
}

constexpr std::size_t casesKept = 8;
constexpr std::size_t partsKept = 24;  // of a value that only the link can tell

std::size_t partsOf(const EnvironmentValue& value) {
  std::size_t parts = 1;
  for (const EnvironmentValue& argument : value.arguments) parts += partsOf(argument);
  for (const EnvironmentCase& one : value.cases) parts += partsOf(one.value);
  return parts;
}

// Left to the link.
EnvironmentValue gathered(Kind kind, const EnvironmentValue& a, const EnvironmentValue& b) {
  EnvironmentValue result{kind, 0, {}, kind == Kind::either ? "one of several environments, by path" : a.reason};
  auto take = [&](const EnvironmentValue& part) {
    if (std::ranges::find(result.arguments, part) == result.arguments.end()) result.arguments.push_back(part);
  };
  for (const EnvironmentValue* value : {&a, &b}) {
    if (value->kind == kind && value->cases.empty())
      std::ranges::for_each(value->arguments, take);
    else
      take(*value);
    result.empty_inherits |= value->empty_inherits;
    if (result.empty_trap.empty()) result.empty_trap = value->empty_trap;
  }
  if (partsOf(result) > partsKept) return {Kind::unknown, 0, {}, "one of several environments, by path"};
  return result;
}

}  // namespace

bool handsAllOn(Kind kind) {
  return kind == Kind::inherited || kind == Kind::environ || kind == Kind::forwarded || kind == Kind::extended;
}

EnvironmentValue::EnvironmentValue() = default;

EnvironmentValue::EnvironmentValue(Kind kind_, unsigned parameter_, std::string function_, std::string reason_,
                                   std::string field_, std::string cell_, std::string trap_, NamedVariables names_)
    : kind(kind_),
      parameter(parameter_),
      function(std::move(function_)),
      reason(std::move(reason_)),
      field(std::move(field_)),
      cell(std::move(cell_)),
      trap(std::move(trap_)),
      names(std::move(names_)) {}

bool addPort(Ports& ports, const Port& port) {
  auto at = std::ranges::lower_bound(ports, port);
  if (at != ports.end() && *at == port) return false;
  ports.insert(at, port);
  return true;
}

bool addPorts(Ports& ports, const Ports& more) {
  bool changed = false;
  for (const Port& port : more) changed |= addPort(ports, port);
  return changed;
}

std::string joinedFields(const std::string& outer, const std::string& inner) {
  std::string all = outer.empty() || inner.empty() ? outer + inner : outer + "." + inner;
  std::size_t end = 0;
  for (int names = 0; names < 3 && end != std::string::npos; ++names) end = all.find('.', end == 0 ? 0 : end + 1);
  return all.substr(0, end);
}

bool isFieldOf(const std::string& field, const std::string& of, std::string* rest) {
  if (rest) rest->clear();
  if (of.empty()) {
    if (rest) *rest = field;
    return true;
  }
  if (!field.starts_with(of) || (field.size() > of.size() && field[of.size()] != '.')) return false;
  if (rest && field.size() > of.size()) *rest = field.substr(of.size() + 1);
  return true;
}

Condition Condition::negated() const {
  Condition other = *this;
  switch (relation) {
    case Relation::equal:
      other.relation = Relation::not_equal;
      break;
    case Relation::not_equal:
      other.relation = Relation::equal;
      break;
    case Relation::any_bit:
      other.relation = Relation::no_bit;
      break;
    case Relation::no_bit:
      other.relation = Relation::any_bit;
      break;
  }
  return other;
}

bool Condition::holds(std::int64_t value) const {
  switch (relation) {
    case Relation::equal:
      return value == number;
    case Relation::not_equal:
      return value != number;
    case Relation::any_bit:
      return (value & number) != 0;
    case Relation::no_bit:
      return (value & number) == 0;
  }
  return true;
}

EnvironmentValue widest(const EnvironmentValue& a, const EnvironmentValue& b) {
  if (a == b) return a;
  const EnvironmentValue& wide = width(b.kind) > width(a.kind) ? b : a;
  const EnvironmentValue& narrow = &wide == &a ? b : a;
  // The other path may be the wider one in the end.
  if (isDeferred(wide.kind) && narrow.kind != Kind::empty) {
    bool same = wide.kind == narrow.kind && wide.parameter == narrow.parameter && wide.function == narrow.function &&
                wide.field == narrow.field && wide.cell == narrow.cell && wide.arguments == narrow.arguments;
    if (!same) return gathered(Kind::either, a, b);
  }
  EnvironmentValue result = wide;
  // What a number decides on one path, the other may pass by.
  for (EnvironmentCase& one : result.cases) {
    EnvironmentValue other = narrow;
    other.cases.clear();
    one.value = widest(one.value, other);
  }
  // What is taken away on one path only is handed on by the other; a variable that is set may be set on either.
  if ((handsAllOn(wide.kind) && handsAllOn(narrow.kind)) || wide.kind == narrow.kind) {
    result.names = {};
    std::ranges::set_intersection(a.names.unset, b.names.unset, std::back_inserter(result.names.unset));
    for (const auto* value : {&a, &b}) {
      NamedVariables more = value->names;
      more.unset.clear();
      addNames(result.names, more);
    }
  }
  return result;
}

EnvironmentValue together(const EnvironmentValue& a, const EnvironmentValue& b) {
  if (isDeferred(a.kind) || isDeferred(b.kind)) {
    if (a.kind == Kind::empty && !a.names.any()) return b;
    if (b.kind == Kind::empty && !b.names.any()) return a;
    return gathered(Kind::together, a, b);
  }
  EnvironmentValue parts[] = {a, b};
  // Beside all of the parent's it is a variable more.
  for (EnvironmentValue& part : parts)
    if ((part.kind == Kind::unknown || part.kind == Kind::explicit_ || part.kind == Kind::filtered) && !part.names.any())
      part.names.open = true;
  NamedVariables all = parts[0].names;
  addNames(all, parts[1].names);
  EnvironmentValue result = widest(parts[0], parts[1]);
  if (handsAllOn(result.kind) || result.kind == Kind::filtered) {
    all.unset = result.names.unset;
    result.names = all;
  }
  return result;
}

bool isOfCaller(const EnvironmentValue& value) {
  if (value.kind == Kind::parameter || !value.cases.empty()) return true;
  return isDeferred(value.kind) && std::ranges::any_of(value.arguments, isOfCaller);
}

EnvironmentValue chosen(const Condition& condition, const EnvironmentValue& if_so, const EnvironmentValue& if_not) {
  EnvironmentValue result = widest(if_so, if_not);
  if (if_so == if_not || if_so.cases.size() + if_not.cases.size() >= casesKept) return result;
  result.cases = {{condition, if_so}, {condition.negated(), if_not}};
  return result;
}

EnvironmentValue constantEntry(const std::string& text, const std::string& what) {
  EnvironmentValue value{Kind::explicit_, 0, {}, what + " holds constants only"};
  if (std::size_t equals = text.find('='); equals != 0 && equals != std::string::npos)
    addName(value.names.set, text.substr(0, equals));
  return value;
}

EnvironmentValue withAdded(const EnvironmentValue& value, Added what, const std::string& callee,
                           const std::string& name) {
  if (what == Added::nothing) return value;
  // Beside all of the parent's its caller may know it by name.
  if (parameterOfName(name) && !handsAllOn(value.kind))
    return withAdded(value, what == Added::other ? what : Added::unknown_name, callee);
  if (name.starts_with('=') && !parameterOfName(name)) {
    EnvironmentValue added = withAdded(value, what, callee);
    // Beside all of the parent's they are others.
    if (added.kind != Kind::unknown) return added;
    return together(added, {Kind::cell, 0, {}, "'" + callee + "' adds variables whose names are not known", {}, name.substr(1)});
  }
  EnvironmentValue result = value;
  for (EnvironmentCase& one : result.cases) one.value = withAdded(one.value, what, callee, name);
  auto become = [&](Kind kind, std::string reason) {
    result.kind = kind;
    result.arguments.clear();
    result.reason = std::move(reason);
  };
  switch (value.kind) {
    case Kind::inherited:
    case Kind::environ:
    case Kind::forwarded:
    case Kind::extended:
    case Kind::unknown:
      break;
    case Kind::parameter:
      // Known by name it is told together with what the caller gives.
      if (!name.empty() && what != Added::other) break;
      [[fallthrough]];
    case Kind::result:
    case Kind::cell:
    case Kind::filled:
    case Kind::together:
      if (!name.empty() && what != Added::other) {
        EnvironmentValue more{what == Added::constant ? Kind::explicit_ : Kind::filtered, 0, {},
                              "'" + callee + "' adds to it"};
        addName(what == Added::constant ? more.names.set : more.names.kept, name);
        return together(value, more);
      }
      [[fallthrough]];
    case Kind::null:
    case Kind::unset:
      become(Kind::unknown, "'" + callee + "' changes it after: " + value.reason);
      break;
    case Kind::either:
      for (EnvironmentValue& one : result.arguments) one = withAdded(one, what, callee, name);
      return result;
    case Kind::empty:
    case Kind::explicit_:
    case Kind::filtered:
      if (what == Added::constant && value.kind == Kind::empty)
        become(Kind::explicit_, "variables are set one by one after " + value.reason);
      else if (what == Added::from_parent)
        become(Kind::filtered, "single variables are taken over by '" + callee + "'");
      else if (what == Added::unknown_name)
        become(Kind::unknown, "'" + callee + "' adds variables whose names are not known");
      else if (what == Added::other)
        become(Kind::unknown, "'" + callee + "' changes 'environ' in a way that is not followed");
      break;
  }
  bool bounded = value.kind == Kind::empty || value.kind == Kind::explicit_ || value.kind == Kind::filtered ||
                 value.kind == Kind::parameter;
  if (name.empty())
    result.names.open = true;
  else
    addName(what == Added::from_parent && bounded ? result.names.kept : result.names.set, name);
  if (!name.empty()) std::erase(result.names.unset, name);
  return result;
}

EnvironmentValue withNames(const EnvironmentValue& value, const NamedVariables& names, const std::string& callee) {
  EnvironmentValue result = value;
  if (value.kind == Kind::either) {
    for (EnvironmentValue& one : result.arguments) one = withNames(one, names, callee);
    return result;
  }
  for (const std::string& name : names.set) result = withAdded(result, Added::constant, callee, name);
  for (const std::string& name : names.kept) result = withAdded(result, Added::from_parent, callee, name);
  for (const std::string& name : names.unset) result = withRemoved(result, callee, name);
  if (names.open) result = withAdded(result, Added::unknown_name, callee);
  bool copy = result.kind == Kind::forwarded || result.kind == Kind::environ;
  if (copy && names.any()) result.kind = Kind::extended;
  return result;
}

EnvironmentValue withRemoved(const EnvironmentValue& value, const std::string& callee, const std::string& name) {
  EnvironmentValue result = value;
  for (EnvironmentCase& one : result.cases) one.value = withRemoved(one.value, callee, name);
  if (value.kind == Kind::either)
    for (EnvironmentValue& one : result.arguments) one = withRemoved(one, callee, name);
  if (name.empty()) return result;
  std::erase(result.names.set, name);
  std::erase(result.names.kept, name);
  bool bounded = value.kind == Kind::explicit_ || value.kind == Kind::filtered;
  if (bounded && value.names.any() && !result.names.any()) {
    result.kind = Kind::empty;
    result.reason = "'" + callee + "' takes the last variable away";
  }
  if (handsAllOn(value.kind)) addName(result.names.unset, name);
  return result;
}

}  // namespace envleak::analyzer
