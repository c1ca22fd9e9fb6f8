#include "reports/crosscheck/laundering.h"

#include <algorithm>

namespace envleak::reports {
namespace {

// The first image of a program that did it stands for all of them.
using Key = std::tuple<std::uint32_t, std::uint32_t, NameId, std::string_view, unsigned>;

struct Written {
  Index image;
  std::uint64_t order;
};

class Finder {
 public:
  explicit Finder(Report& report) : report_(report), runs_(*report.runs), written_(runs_.runs().size()) {
    for (Index i = 0; i < runs_.images().size(); ++i)
      for (const facts::WrittenFile& file : runs_.images()[i].facts->files_written)
        written_[runs_.images()[i].run][file.path].push_back({i, file.order});
    for (auto& files : written_)
      for (auto& [path, writers] : files) std::ranges::stable_sort(writers, {}, &Written::order);
  }

  void run() {
    for (Index i : runs_.parentsFirst())
      for (const facts::ConfigFile& file : runs_.images()[i].facts->files)
        if (!file.values.empty()) look(i, file);
  }

 private:
  void look(Index reader, const facts::ConfigFile& file) {
    auto writers = written_[runs_.images()[reader].run].find(file.path);
    if (writers == written_[runs_.images()[reader].run].end()) return;
    // The last one before it was read.
    auto after = std::ranges::upper_bound(writers->second, file.order, {}, &Written::order);
    if (after == writers->second.begin()) return;
    const Index writer = std::prev(after)->image;
    if (writer == reader) return;
    for (const facts::FileValue& value : file.values)
      for (NameId name : namesOf(writer, value.hash))
        if (!has(reader, name, value.hash)) add(name, writer, reader, file, value.line);
  }

  // Variables of this value that the image had and may have used: one that was seen in full never looked at the others.
  std::vector<NameId> namesOf(Index index, std::uint64_t hash) const {
    const RunImage& image = runs_.images()[index];
    std::vector<NameId> names;
    for (const ByName& entry : image.received)
      if (image.facts->received[entry.index].hash == hash && !report_.ambient(entry.name) && mayHaveUsed(image, entry.name))
        names.push_back(entry.name);
    for (const ByName& entry : image.writes)
      if (image.facts->writes[entry.index].hash == hash && hash != 0 && !report_.ambient(entry.name) &&
          std::ranges::find(names, entry.name) == names.end())
        names.push_back(entry.name);
    return names;
  }

  static bool mayHaveUsed(const RunImage& image, NameId name) {
    return image.facts->observation != facts::Observation::full || !entriesOf(image.reads, name).empty();
  }

  bool has(Index index, NameId name, std::uint64_t hash) const {
    const facts::Variable* variable = runs_.received(index, name);
    return variable != nullptr && variable->hash == hash;
  }

  void add(NameId name, Index writer, Index reader, const facts::ConfigFile& file, unsigned line) {
    Key key{runs_.images()[writer].program, runs_.images()[reader].program, name, file.path, line};
    auto [known, is_new] = known_.try_emplace(key, report_.laundered.size());
    if (is_new)
      report_.laundered.push_back({name, writer, reader, file.path, line, 1});
    else
      ++report_.laundered[known->second].count;
  }

  Report& report_;
  const Runs& runs_;
  std::vector<std::unordered_map<std::string_view, std::vector<Written>>> written_;  // by run, then path
  std::map<Key, std::size_t> known_;
};

}  // namespace

void findLaundered(Report& report) { Finder(report).run(); }

}  // namespace envleak::reports
