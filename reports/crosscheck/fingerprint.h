// Identities of findings, by which a baseline or a code scanning service knows them again.
//
// A finding is known by its file and its fingerprint. The fingerprint of one at a call is made of the rule, the enclosing
// function, the callee and the text of the call without blanks and comments; no line number, no path. So it survives
// what moves the call (lines above it, formatting, a comment or NOLINT beside it, other calls in the function), and, with
// a baseline, a file that is renamed. It does not survive a change of the call itself, of which somebody should look
// again at what the child gets, or of the function's name. Equal calls in one function are numbered: of three where two
// are known, one is new, whichever it is.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace envleak::reports {

// Of parts that do not change when lines move; 40 hexadecimal digits.
std::string fingerprint(std::initializer_list<std::string_view> parts);

// The text of a call, as facts::SpawnSite::code has it, as a part.
std::string codePart(std::uint64_t code);

}  // namespace envleak::reports
