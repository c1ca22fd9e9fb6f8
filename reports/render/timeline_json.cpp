// The order of events as JSON, by the names of share/envleak/schema/timeline.schema.json.
#include "reports/render/answers.h"
#include "reports/render/json_parts.h"

namespace envleak::reports {
namespace {

using namespace json;

// Every event has the same fields; those that say nothing of it are null.
Json eventToJson(const Report& report, const Event& event) {
  const Runs& runs = *report.runs;
  const RunImage& image = runs.images()[event.image];
  Json json = {{"order", event.order == ~std::uint64_t{0} ? Json(nullptr) : Json(event.order)},
               {"event", toString(event.kind)},
               {"process", image.id},
               {"name", nullptr},
               {"what", nullptr},
               {"edge", nullptr},
               {"child", nullptr},
               {"error", nullptr},
               {"exit", nullptr},
               {"count", nullptr}};
  Place at;
  switch (event.kind) {
    case Event::Kind::start:
      break;
    case Event::Kind::spawn: {
      const RunEdge& edge = runs.edges()[event.index];
      json["what"] = printable(edge.facts->program);
      json["edge"] = edge.id;
      if (edge.child) json["child"] = runs.images()[*edge.child].id;
      json["error"] = edge.facts->error;
      at = report.files->place(edge.facts->frames);
      break;
    }
    case Event::Kind::read: {
      const facts::Read& read = image.facts->reads[event.index];
      json["name"] = printable(read.name);
      json["what"] = read.kind == facts::ReadKind::touched ? "looked-at" : read.set ? "read" : "asked";
      json["count"] = read.count;
      at = report.files->place(read.frames);
      break;
    }
    case Event::Kind::write: {
      const facts::Write& write = image.facts->writes[event.index];
      json["name"] = orNull(write.name);
      json["what"] = facts::toString(write.kind);
      at = report.files->place(write.frames);
      break;
    }
    case Event::Kind::file:
      json["what"] = printable(report.files->display(image.facts->files[event.index].path));
      break;
    case Event::Kind::exit:
      json["exit"] = json::exit(image.facts->exit);
      break;
  }
  json.update(place(at));
  return json;
}

}  // namespace

std::string renderTimelineJson(const Report& report, const Timeline& timeline) {
  Json json = document("envleak-timeline/1");
  json["root"] = orNull(report.files->root());
  json["runs"] = json::runs(*report.runs);
  for (Index run = 0; run < timeline.runs.size(); ++run)
    json["runs"][run]["events"] =
        list(timeline.runs[run], [&](const Event& event) { return eventToJson(report, event); });
  json["ends_unknown"] = timeline.ends_unknown;
  return json.dump(1) + "\n";
}

}  // namespace envleak::reports
