#include "reports/crosscheck/agreement.h"

#include <unordered_set>

namespace envleak::reports {
namespace {

std::uint64_t lineKey(FileId file, unsigned line) { return (std::uint64_t{file} << 32) | line; }

void countEdges(const Report& report, Agreement& counts) {
  for (Index e = 0; e < report.runs->edges().size(); ++e) {
    ++counts.edges;
    if (report.runs->edges()[e].failed()) {
      ++counts.edges_failed;
      continue;
    }
    switch (report.join.edges[e].kind) {
      case JoinKind::site:
        ++(report.language(report.join.edges[e].sites.front()).empty() ? counts.edges_predicted : counts.edges_of_scripts);
        break;
      case JoinKind::ambiguous:
        ++counts.edges_ambiguous;
        break;
      case JoinKind::unpredicted:
        ++counts.edges_unpredicted;
        break;
      case JoinKind::outside:
        ++counts.edges_outside;
        break;
      case JoinKind::unlocated:
        ++counts.edges_unlocated;
        break;
    }
  }
}

void countReads(const Report& report, Agreement& counts) {
  std::unordered_set<std::uint64_t> predicted;
  for (const facts::EnvironmentRead& read : report.sources->environment_reads)
    if (std::optional<FileId> file = report.files->find(read.file)) predicted.insert(lineKey(*file, read.line));
  counts.static_reads = predicted.size();
  std::unordered_set<std::uint64_t> matched, unmatched;
  std::unordered_set<const void*> counted;
  std::unordered_set<std::string> elsewhere;  // below the root, in files that the static facts do not name
  for (const RunImage& image : report.runs->images()) {
    for (const facts::Read& read : image.facts->reads) {
      if (read.kind != facts::ReadKind::read) continue;  // a look is no call that the source could show
      if (!counted.insert(read.frames.identity()).second) continue;
      for (std::size_t i = 0; i < read.frames.size(); ++i) {
        const facts::Frame& frame = read.frames[i];
        if (frame.file.empty() || frame.line == 0) continue;
        const SourceFiles::Match& match = report.files->match(frame.file);
        if (!match.own()) continue;
        if (match.file && predicted.contains(lineKey(*match.file, frame.line)))
          matched.insert(lineKey(*match.file, frame.line));
        else if (i == 0 && match.file)  // further out, a library reads on its own account: setlocale, getopt...
          unmatched.insert(lineKey(*match.file, frame.line));
        else if (i == 0)
          elsewhere.insert(frame.file + ":" + std::to_string(frame.line));
        break;
      }
    }
  }
  counts.static_reads_observed = matched.size();
  counts.observed_reads_predicted = matched.size();
  counts.observed_reads = matched.size() + unmatched.size() + elsewhere.size();
}

}  // namespace

void countAgreement(Report& report) {
  Agreement& counts = report.agreement;
  counts.images = report.runs->images().size();
  for (const RunImage& image : report.runs->images()) ++counts.observations[image.facts->observation];
  countEdges(report, counts);
  if (report.sources == nullptr) return;
  counts.sites = report.sites.size();
  for (Index i = 0; i < report.sites.size(); ++i) {
    const SiteReport& site = report.sites[i];
    if (!site.edges.empty()) ++counts.sites_exercised;
    if (report.sources->spawn_sites[i].suppressed) ++counts.sites_suppressed;
    if (site.verdict) ++counts.verdicts[*site.verdict];
  }
  countReads(report, counts);
  for (const ProgramReport& program : report.programs) {
    counts.names_both += program.both.size();
    counts.names_only_predicted += program.only_predicted.size();
    counts.names_only_observed += program.only_observed.size();
  }
}

}  // namespace envleak::reports
