// A report in JSON in the form in which runs are compared. It has no values, and of ambient variables that came into
// the world in several ways no origin.
#include "reports/compare/compared_run.h"

#include "facts/error.h"
#include "facts/json_fields.h"
#include "facts/text.h"
#include "reports/crosscheck/unseen.h"

#include <algorithm>

namespace envleak::reports {
namespace {

using facts::field;
using facts::fieldOr;
using facts::Json;

Place placeOf(const Json& json) {
  return {fieldOr<std::string>(json, "file", ""),   fieldOr<unsigned>(json, "line", 0),
          fieldOr<unsigned>(json, "column", 0),     fieldOr<std::string>(json, "function", ""),
          fieldOr<std::string>(json, "module", ""), ""};
}

class Reader {
 public:
  explicit Reader(const Json& report) : json_(report) {}

  ComparedRun read() {
    for (const Json& run : field<Json>(json_, "runs")) {
      for (const std::string& word : field<std::vector<std::string>>(run, "command"))
        result_.command += (result_.command.empty() ? "" : " ") + oneLine(word);
      result_.incomplete = result_.incomplete || !field<bool>(run, "finished");
    }
    for (const Json& spot : field<Json>(json_, "blind_spots"))
      result_.incomplete =
          result_.incomplete || losesEvents({std::nullopt, field<std::string>(spot, "kind"), std::string()});
    const Json processes = field<Json>(json_, "processes");
    for (const Json& process : processes) {
      const std::string id = field<std::string>(process, "id");
      programs_[id] = field<std::string>(process, "program");
      parents_[id] = fieldOr<std::string>(process, "parent", "");
    }
    readOrigins();
    for (const Json& process : processes) take(process);
    return std::move(result_);
  }

 private:
  struct Candidate {
    std::string origin_program;  // of the process that introduced the value
    Origin::Kind kind;
    std::pair<std::string, std::string> described;
  };

  static Origin::Kind kindOf(const std::string& text) {
    for (Origin::Kind kind : {Origin::Kind::outside, Origin::Kind::write, Origin::Kind::edge, Origin::Kind::unseen})
      if (toString(kind) == text) return kind;
    return Origin::Kind::unknown;
  }

  const std::string& programOf(const std::string& process) const {
    auto found = programs_.find(process);
    if (found == programs_.end()) throw InputError("the process '" + oneLine(process) + "' is not in it");
    return found->second;
  }

  // Readers are listed with a variable that they had inherited; what is read, and not listed there, was their own.
  void readReaders(const Json& variable, const std::string& name) {
    for (const Json& reader : field<Json>(variable, "readers"))
      inherited_reads_.insert({field<std::string>(reader, "process"), name, placeId(reader)});
  }

  static std::string placeId(const Json& json) {
    const Place place = placeOf(json);
    return place.file + '\0' + std::to_string(place.line) + '\0' + std::to_string(place.column) + '\0' + place.function;
  }

  // A report has origins by variable: of those that crossed edges the children are known, of others the program.
  void readOrigins() {
    std::unordered_map<std::string, std::string> child_of;
    for (const Json& edge : field<Json>(json_, "edges"))
      child_of[field<std::string>(edge, "id")] = fieldOr<std::string>(edge, "child", "");
    for (const Json& variable : field<Json>(json_, "variables")) {
      const std::string name = field<std::string>(variable, "name");
      readReaders(variable, name);
      const Json origin = field<Json>(variable, "origin");
      if (origin.is_null()) continue;
      const std::string process = field<std::string>(origin, "process");
      Candidate candidate{programOf(process), kindOf(field<std::string>(origin, "kind")), {}};
      candidate.described = describeOrigin(candidate.kind, candidate.origin_program,
                                           fieldOr<std::string>(origin, "api", ""), placeOf(origin));
      for (const Json& edge : field<Json>(variable, "path"))
        by_process_[child_of[facts::valueAs<std::string>(edge, "path")]][name] = candidate.described;
      if (candidate.kind == Origin::Kind::outside) by_process_[process][name] = candidate.described;
      candidates_[name].push_back(std::move(candidate));
    }
  }

  // As far up as chains go; so a circle, which no report of ours has, ends too.
  Chain chainOf(const std::string& id) const {
    Chain chain;
    for (std::string at = id; !at.empty() && chain.size() < longestChain; at = parents_.at(at)) {
      const std::string& program = programOf(at);
      chain.push_back(program.substr(program.rfind('/') + 1));
    }
    std::ranges::reverse(chain);
    return chain;
  }

  void take(const Json& process) {
    const std::string id = field<std::string>(process, "id");
    const std::string parent = fieldOr<std::string>(process, "parent", "");
    ++result_.processes;
    ComparedProgram& program = result_.programs[chainOf(id)];
    ++program.processes;
    const std::string status = field<std::string>(field<Json>(process, "observation"), "status");
    const bool full = status == "full";
    if (!full) {
      program.full = false;
      program.observations.insert(status);
    }
    const bool spawned = !field<Json>(process, "spawned_by").is_null();
    const bool compared = field<bool>(process, "compared");
    const std::set<std::string> read = takeReads(program, process);
    const Json& received = field<Json>(process, "received");
    if (received.is_null()) ++program.unknown_in;
    if (!received.is_null())
      for (const std::string& name : field<std::vector<std::string>>(process, "received")) {
        ComparedVariable& variable = program.variables[name];
        ++variable.set_in;
        variable.values_known = false;
        if (!read.contains(name)) variable.reading.insert(full ? ReadingOf::unread : ReadingOf::unknown);
        if (!spawned) variable.arrival.insert(parent.empty() ? Arrival::outside : Arrival::unknown);
        if (spawned && !compared) variable.arrival.insert(Arrival::unknown);
        takeOrigin(variable, id, parent, name);
      }
    takeArrivals(program, process);
  }

  std::set<std::string> takeReads(ComparedProgram& program, const Json& process) {
    std::set<std::string> seen;
    for (const Json& read : field<Json>(process, "reads")) {
      const std::string kind = field<std::string>(read, "kind");
      if (kind == "imported") continue;
      const std::string name = field<std::string>(read, "name");
      seen.insert(name);
      ComparedVariable& variable = program.variables[name];
      const bool touched = kind == "touched";
      const bool inherited = inherited_reads_.contains({field<std::string>(process, "id"), name, placeId(read)});
      variable.reading.insert(!field<bool>(read, "set") ? ReadingOf::asked
                              : !inherited              ? ReadingOf::own
                              : touched                 ? ReadingOf::looked_at
                                                        : ReadingOf::read);
      Place place = placeOf(read);
      if (touched && place.module.empty()) continue;
      variable.places.emplace(placeKey(place.file, place.function, place.module), placeText(place));
    }
    return seen;
  }

  void takeArrivals(ComparedProgram& program, const Json& process) {
    for (auto [list, arrival] : {std::pair("crossed", Arrival::crossed), std::pair("added", Arrival::added),
                                 std::pair("changed", Arrival::changed), std::pair("removed", Arrival::removed)})
      for (const std::string& name : field<std::vector<std::string>>(process, list))
        program.variables[name].arrival.insert(arrival);
  }

  void takeOrigin(ComparedVariable& variable, const std::string& id, const std::string& parent,
                  const std::string& name) {
    const std::pair<std::string, std::string>* described = nullptr;
    if (auto of = by_process_.find(id); of != by_process_.end())
      if (auto known = of->second.find(name); known != of->second.end()) described = &known->second;
    // Introduced on this very edge: by the parent's program, if it did so in one way only.
    std::size_t fitting = 0;
    if (described == nullptr && !parent.empty())
      for (const Candidate& candidate : candidates_[name])
        if (candidate.kind != Origin::Kind::outside && candidate.origin_program == programOf(parent) && ++fitting > 0)
          described = &candidate.described;
    if (described == nullptr || described->first.empty() || fitting > 1)
      variable.origins_known = false;
    else
      variable.origins.insert(*described);
  }

  const Json& json_;
  std::unordered_map<std::string, std::string> programs_;
  std::unordered_map<std::string, std::unordered_map<std::string, std::pair<std::string, std::string>>> by_process_;
  std::unordered_map<std::string, std::vector<Candidate>> candidates_;
  std::unordered_map<std::string, std::string> parents_;
  std::set<std::tuple<std::string, std::string, std::string>> inherited_reads_;  // process, name, place
  ComparedRun result_;
};

}  // namespace

ComparedRun comparedRunOf(const Json& report) { return Reader(report).read(); }

}  // namespace envleak::reports
