// 'envleak compare': two runs in, what differs out.
#include "facts/error.h"
#include "facts/json_fields.h"
#include "facts/text.h"
#include "reports/investigate/investigation.h"
#include "reports/render/answers.h"

namespace envleak::reports {
namespace {

constexpr std::string_view reportSchema = "envleak-report/1";

ComparedRun runOf(const ComparedInput& input, const Policy& policy) {
  ComparedRun run;
  if (!input.facts.empty()) {
    run = comparedRunOf(openRuns(input.facts, policy));
  } else {
    facts::Json json = facts::parseDocument(input.report, input.file, reportSchema,
                                            "write one with 'envleak check --format json -o FILE'");
    try {
      run = comparedRunOf(json);
    } catch (const InputError& error) {
      throw InputError(oneLine(input.file) + ": " + error.what() +
                       "; write the report anew with 'envleak check --format json -o FILE'");
    }
  }
  run.file = input.file;
  return run;
}

}  // namespace

bool isReport(std::string_view beginning) {
  return beginning.substr(0, 200).find(reportSchema) != std::string_view::npos;
}

Compared compare(const ComparedInput& first, const ComparedInput& second, const CheckInput& input,
                 const CompareOptions& options) {
  Policy policy = Policy::load(input.defaults_file, input.policy_file);
  auto classify = [&](const std::string& name) { return policy.classify(name, ""); };
  Comparison comparison =
      compareRuns(runOf(first, policy), runOf(second, policy), options.name, options.process, classify);
  if (comparison.programs.empty() && !options.process.empty())
    throw InputError("--process: no program of either run has '" + oneLine(options.process) + "' in its name");
  Compared compared{{}, comparison.differs(), comparison.runs[0].incomplete || comparison.runs[1].incomplete};
  compared.text = options.format == "json" ? renderComparisonJson(comparison) : renderComparison(comparison, options);
  return compared;
}

}  // namespace envleak::reports
