// What the numbers and words in records stand for. A number that stands for nothing is a DamagedRecord.
#pragma once

#include "facts/static_facts.h"
#include "runtime-probe/trace/format.h"

#include <string_view>

namespace envleak::trace {

std::string_view nameOf(ReadApi api);
std::string_view nameOf(WriteApi api);
facts::WriteKind kindOf(WriteApi api);
// Notes that do not put the reads of their own image in doubt: about a program that it is about to start, or about the
// places of looks.
bool concernsNoRead(std::string_view kind);

}  // namespace envleak::trace
