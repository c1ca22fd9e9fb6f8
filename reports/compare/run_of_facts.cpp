// A trace in the form in which runs are compared.
#include "reports/compare/compared_run.h"

#include "facts/text.h"
#include "reports/crosscheck/unseen.h"
#include "reports/investigate/origins.h"
#include "reports/render/style.h"

#include <algorithm>
#include <numeric>

namespace envleak::reports {
namespace {

class Reader {
 public:
  explicit Reader(const Report& report) : report_(report), runs_(*report.runs), origins_(report, all(report)) {}

  ComparedRun read() {
    for (const facts::RuntimeFacts* run : runs_.runs()) {
      for (const std::string& word : run->command)
        result_.command += (result_.command.empty() ? "" : " ") + oneLine(word);
      result_.incomplete = result_.incomplete || !run->finished || std::ranges::any_of(run->blind_spots, losesEvents);
    }
    result_.processes = runs_.images().size();
    std::vector<Chain> chains(runs_.images().size());
    for (Index i : runs_.parentsFirst()) {
      const RunImage& image = runs_.images()[i];
      chains[i] = extended(image.parent ? chains[*image.parent] : Chain(), printable(image.facts->program));
      take(result_.programs[chains[i]], i);
    }
    return std::move(result_);
  }

 private:
  static std::vector<Index> all(const Report& report) {
    std::vector<Index> images(report.runs->images().size());
    std::iota(images.begin(), images.end(), Index{0});
    return images;
  }

  std::string name(NameId id) const { return printable(runs_.names()[id]); }

  void take(ComparedProgram& program, Index i) {
    const RunImage& image = runs_.images()[i];
    ++program.processes;
    if (!receivedKnown(runs_, image)) ++program.unknown_in;
    const bool full = image.facts->observation == facts::Observation::full;
    if (!full) {
      program.full = false;
      program.observations.emplace(toString(image.facts->observation));
    }
    std::set<NameId> read = takeReads(program, i);
    NameId last = ~NameId{0};
    for (const ByName& entry : image.received) {
      if (entry.name == last) continue;
      last = entry.name;
      ComparedVariable& variable = program.variables[name(entry.name)];
      ++variable.set_in;
      if (!read.contains(entry.name)) variable.reading.insert(full ? ReadingOf::unread : ReadingOf::unknown);
      takeOrigin(variable, i, entry.name);
      const facts::Variable& received = image.facts->received[entry.index];
      if (received.value)
        variable.values.insert(printable(*received.value));
      else
        variable.values_known = false;
      if (!image.incoming) variable.arrival.insert(image.parent ? Arrival::unknown : Arrival::outside);
      if (image.incoming && !runs_.edges()[*image.incoming].facts->compared) variable.arrival.insert(Arrival::unknown);
    }
    if (image.incoming) takeEdge(program, *runs_.edges()[*image.incoming].facts);
  }

  std::set<NameId> takeReads(ComparedProgram& program, Index i) {
    const RunImage& image = runs_.images()[i];
    std::set<NameId> seen;
    for (const ByName& entry : image.reads) {
      const facts::Read& read = image.facts->reads[entry.index];
      if (read.kind == facts::ReadKind::imported) continue;
      seen.insert(entry.name);
      ComparedVariable& variable = program.variables[name(entry.name)];
      const bool touched = read.kind == facts::ReadKind::touched;
      variable.reading.insert(!read.set                      ? ReadingOf::asked
                              : origins_.own(i, entry.index) ? ReadingOf::own
                              : touched                      ? ReadingOf::looked_at
                                                             : ReadingOf::read);
      if (touched && read.frames.empty()) continue;
      Place place = report_.files->place(read.frames);
      std::string key = placeKey(printable(place.file), printable(place.function), printable(place.module));
      auto [known, is_new] = variable.places.try_emplace(std::move(key));
      if (is_new) known->second = placeText(place);
    }
    return seen;
  }

  static void takeEdge(ComparedProgram& program, const facts::Edge& edge) {
    auto take = [&](const std::vector<std::string>& names, Arrival arrival) {
      for (const std::string& of : names) program.variables[printable(of)].arrival.insert(arrival);
    };
    take(edge.crossed, Arrival::crossed);
    take(edge.added, Arrival::added);
    take(edge.changed, Arrival::changed);
    take(edge.removed, Arrival::removed);
  }

  void takeOrigin(ComparedVariable& variable, Index i, NameId of) {
    const Origins::Known& known = origins_.of(i, of);
    auto [text, is_new] = described_.try_emplace(known.alike);
    if (is_new) {
      const Origin& origin = known.origin;
      const facts::Image& image = *runs_.images()[origin.image].facts;
      const std::string api = origin.kind == Origin::Kind::write ? image.writes[origin.write].api : std::string();
      text->second = describeOrigin(origin.kind, printable(image.program), printable(api), origin.place);
    }
    if (text->second.first.empty())
      variable.origins_known = false;
    else
      variable.origins.insert(text->second);
  }

  const Report& report_;
  const Runs& runs_;
  Origins origins_;
  std::unordered_map<std::uint32_t, std::pair<std::string, std::string>> described_;  // by alike
  ComparedRun result_;
};

}  // namespace

ComparedRun comparedRunOf(const Report& report) { return Reader(report).read(); }

}  // namespace envleak::reports
