#include "reports/compare/compared_run.h"

#include "facts/text.h"
#include "reports/render/style.h"

#include <algorithm>

namespace envleak::reports {
namespace {

std::string lastPart(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::string_view toString(Presence value) {
  switch (value) {
    case Presence::set:
      return "set";
    case Presence::unset:
      return "unset";
    case Presence::unknown:
      break;
  }
  return "unknown";
}

std::string_view toString(Arrival value) {
  switch (value) {
    case Arrival::crossed:
      return "crossed";
    case Arrival::added:
      return "added";
    case Arrival::changed:
      return "changed";
    case Arrival::removed:
      return "removed";
    case Arrival::outside:
      return "outside";
    case Arrival::unknown:
      break;
  }
  return "unknown";
}

std::string_view toString(ReadingOf value) {
  switch (value) {
    case ReadingOf::read:
      return "read";
    case ReadingOf::own:
      return "own";
    case ReadingOf::looked_at:
      return "looked-at";
    case ReadingOf::asked:
      return "asked";
    case ReadingOf::unread:
      return "unread";
    case ReadingOf::unknown:
      break;
  }
  return "unknown";
}

// A function stays when its lines move; where none is known, the file's name has to do.
std::string placeKey(const std::string& file, const std::string& function, const std::string& module) {
  return lastPart(file.empty() ? module : file) + '\0' + std::string(baseFunction(function));
}

std::string placeText(const Place& place) {
  std::string text = describe(place);
  return text.empty() ? "a place that is not known" : text;
}

std::pair<std::string, std::string> describeOrigin(Origin::Kind kind, const std::string& program,
                                                   const std::string& api, const Place& place) {
  const std::string key = std::string(toString(kind)) + '\0' + lastPart(program) + '\0' + api + '\0' +
                          placeKey(place.file, place.function, place.module);
  switch (kind) {
    case Origin::Kind::outside:  // whichever program was the first
      return {std::string(toString(kind)), "from the outside environment"};
    case Origin::Kind::write:
      return {key, "set by " + shortName(program) + " with " + oneLine(api) + " at " + placeText(place)};
    case Origin::Kind::edge:
      return {key, "given by " + shortName(program) + " at " + placeText(place)};
    case Origin::Kind::unseen:
      return {key, "set by " + shortName(program) + " in a way that left no call to see"};
    case Origin::Kind::unknown:
      break;
  }
  return {};
}

Chain extended(Chain chain, const std::string& program) {
  if (chain.size() == longestChain) chain.erase(chain.begin());
  chain.push_back(lastPart(program));
  return chain;
}

std::set<Presence> presenceOf(const ComparedProgram& program, const ComparedVariable* variable) {
  std::set<Presence> presence;
  const std::uint64_t set_in = variable != nullptr ? variable->set_in : 0;
  if (set_in > 0) presence.insert(Presence::set);
  if (set_in + program.unknown_in < program.processes) presence.insert(Presence::unset);
  if (program.unknown_in > 0) presence.insert(Presence::unknown);
  return presence;
}

std::set<ReadingOf> readingOf(const ComparedProgram& program, const ComparedVariable* variable) {
  if (variable != nullptr && !variable->reading.empty()) return variable->reading;
  return {program.full ? ReadingOf::unread : ReadingOf::unknown};
}

void merge(ComparedProgram& into, const ComparedProgram& from) {
  into.processes += from.processes;
  into.unknown_in += from.unknown_in;
  into.full = into.full && from.full;
  into.observations.insert(from.observations.begin(), from.observations.end());
  for (const auto& [name, variable] : from.variables) {
    ComparedVariable& known = into.variables[name];
    known.set_in += variable.set_in;
    known.arrival.insert(variable.arrival.begin(), variable.arrival.end());
    known.origins.insert(variable.origins.begin(), variable.origins.end());
    known.origins_known = known.origins_known && variable.origins_known;
    known.reading.insert(variable.reading.begin(), variable.reading.end());
    known.places.insert(variable.places.begin(), variable.places.end());
    known.values.insert(variable.values.begin(), variable.values.end());
    known.values_known = known.values_known && variable.values_known;
  }
}

}  // namespace envleak::reports
