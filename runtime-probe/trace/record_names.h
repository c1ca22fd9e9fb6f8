// What the numbers and words in records stand for. A number that stands for nothing is a DamagedRecord.
#pragma once

#include "facts/static_facts.h"
#include "runtime-probe/trace/format.h"

#include <string_view>

namespace envleak::trace {

std::string_view nameOf(ReadApi api);
std::string_view nameOf(WriteApi api);
facts::WriteKind kindOf(WriteApi api);
// What libc itself asks its getenv for is not seen.
inline constexpr std::string_view libcReads = "libc-reads";
// Notes that do not put the program's own reads in doubt: about a program that it is about to start, about the places
// of looks, about what libc asks for by itself, or about programs started past the probe.
bool concernsNoRead(std::string_view kind);

}  // namespace envleak::trace
