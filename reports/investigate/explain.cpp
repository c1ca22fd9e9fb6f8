// The answers of 'envleak explain': which question is asked, and in what form the answer is given.
#include "reports/investigate/investigation.h"
#include "reports/render/render.h"

namespace envleak::reports {

Explanation explain(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                    const ExplainOptions& options) {
  Report report = openRuns(runs, Policy::load(policy.defaults_file, policy.policy_file));
  Explanation explanation{{}, true};
  if (!options.edge.empty()) {
    for (Index edge : selectEdges(report, options.edge))
      explanation.text += (explanation.text.empty() ? "" : "\n") + renderEdge(report, viewEdge(report, edge), options.color);
  } else if (!options.name.empty()) {
    explanation.found = false;
    explanation.text = renderExplanation(report, options, explanation.found);
  } else {
    std::vector<Index> images = selectImages(report, options.process);
    explanation.text = options.minimal ? renderMinimal(report, minimalEnvironments(report, images), options.color)
                                       : renderProcesses(report, viewProcesses(report, images), options.color);
  }
  return explanation;
}

}  // namespace envleak::reports
