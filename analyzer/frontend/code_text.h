// A call's text as something to recognise it by.
#pragma once

#include <cstdint>
#include <string_view>

namespace envleak::analyzer {

// A hash that stays when code is only formatted or commented anew: blanks and comments outside of literals do not
// count. Of a long text, as a lambda in the arguments makes it, only the beginning counts: its body is edited for other
// reasons.
std::uint64_t codeHash(std::string_view text);

}  // namespace envleak::analyzer
