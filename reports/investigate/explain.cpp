// The answers of 'envleak explain' and 'envleak timeline': which question is asked, and in what form it is answered.
#include "reports/investigate/investigation.h"
#include "reports/render/answers.h"
#include "reports/render/investigate_text.h"
#include "reports/render/render.h"

namespace envleak::reports {
namespace {

std::vector<bool> selection(const Report& report, const std::string& process) {
  std::vector<bool> selected(report.runs->images().size(), process.empty());
  if (!process.empty())
    for (Index image : selectImages(report, process)) selected[image] = true;
  return selected;
}

Answers answer(const Report& report, const ExplainOptions& options) {
  Answers answers;
  if (!options.edge.empty()) {
    for (Index edge : selectEdges(report, options.edge)) answers.edges.push_back(viewEdge(report, edge));
  } else if (!options.name.empty()) {
    answers.name = options.name;
    answers.selected = selection(report, options.process);
  } else if (options.minimal) {
    answers.minimal = minimalEnvironments(report, selectImages(report, options.process));
  } else {
    answers.processes = viewProcesses(report, selectImages(report, options.process));
  }
  return answers;
}

std::string inText(const Report& report, const Answers& answers, bool color) {
  std::string text;
  for (const EdgeView& view : answers.edges) text += (text.empty() ? "" : "\n") + renderEdge(report, view, color);
  if (!answers.processes.empty()) text += renderProcesses(report, answers.processes, color);
  if (!answers.minimal.empty()) text += renderMinimal(report, answers.minimal, color);
  return text;
}

}  // namespace

Explanation explain(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                    const ExplainOptions& options) {
  Report report = openRuns(runs, Policy::load(policy.defaults_file, policy.policy_file));
  Answers answers = answer(report, options);
  Explanation explanation{{}, !answers.name};
  std::string text = answers.name ? renderExplanation(report, options, explanation.found) : std::string();
  if (options.format == "json")
    explanation.text = renderExplanationJson(report, answers);
  else
    explanation.text =
        (answers.name ? std::move(text) : inText(report, answers, options.color)) + missing(*report.runs);
  return explanation;
}

Explanation timeline(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                     const TimelineOptions& options) {
  Report report = openRuns(runs, Policy::load(policy.defaults_file, policy.policy_file));
  std::vector<bool> selected = selection(report, options.process);
  std::optional<NameId> name = report.runs->find(options.name);
  Timeline events;
  events.runs.resize(runs.size());
  if (options.name.empty() || name) events = timelineOf(report, selected, name);
  Explanation explanation;
  for (const std::vector<Event>& of_run : events.runs) explanation.found = explanation.found || !of_run.empty();
  explanation.text =
      options.format == "json" ? renderTimelineJson(report, events) : renderTimeline(report, events, options.color);
  return explanation;
}

}  // namespace envleak::reports
