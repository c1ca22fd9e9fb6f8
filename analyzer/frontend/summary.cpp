#include "analyzer/frontend/summary.h"

namespace envleak::analyzer {
namespace {

// How much a value lets through; of two paths the higher one decides.
int width(EnvironmentValue::Kind kind) {
  using Kind = EnvironmentValue::Kind;
  switch (kind) {
    case Kind::inherited:
      return 8;
    case Kind::environ:
    case Kind::forwarded:
      return 7;
    case Kind::unknown:
      return 6;
    case Kind::result:
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

}  // namespace

EnvironmentValue widest(const EnvironmentValue& a, const EnvironmentValue& b) {
  using Kind = EnvironmentValue::Kind;
  const EnvironmentValue& wide = width(b.kind) > width(a.kind) ? b : a;
  const EnvironmentValue& narrow = &wide == &a ? b : a;
  // How wide these are is known at the link only: the other path may be the wider one then.
  bool deferred = wide.kind == Kind::parameter || wide.kind == Kind::result || wide.kind == Kind::null;
  if (!deferred || narrow.kind == Kind::empty) return wide;
  if (wide.kind == narrow.kind && wide.parameter == narrow.parameter && wide.function == narrow.function) return wide;
  if (wide.kind == Kind::parameter && narrow.kind == Kind::parameter)
    return {Kind::unknown, 0, {}, "one of several parameters, by path"};
  return {Kind::unknown, 0, {}, "one of several environments, by path"};
}

}  // namespace envleak::analyzer
