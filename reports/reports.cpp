#include "reports/reports.h"
#include <nlohmann/json.hpp>
namespace envleak::reports {
const std::vector<std::string>& formats() { static const std::vector<std::string> all{"text", "json"}; return all; }
Rendered check(const CheckInput&, const RenderOptions&) { return {}; }
Rendered renderScan(const facts::StaticFacts& facts, const RenderOptions&) { return {toJson(facts).dump(1) + "\n", Level::none, !facts.complete()}; }
Explanation explain(const std::vector<facts::RuntimeFacts>&, const CheckInput&, const ExplainOptions&) { return {}; }
}  // namespace envleak::reports
