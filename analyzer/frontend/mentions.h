// What the text of a source file says that its syntax tree does not.
#pragma once

#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"

#include <string>
#include <string_view>

namespace envleak::analyzer {

// Calls by name of spawn and environment functions in `text`, outside comments, strings and preprocessor directives, of
// which `summary` has none at that line. `file`: the text's canonical name. A count of what errors may have cost; code
// that #if leaves out counts as well.
unsigned unseenMentions(std::string_view text, const std::string& file, const Knowledge& knowledge,
                        const UnitSummary& summary);

}  // namespace envleak::analyzer
