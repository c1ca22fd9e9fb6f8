// Who copies process.env asks getenv for every name: {...process.env}, Object.entries, JSON.stringify and loops at one
// place in the script; child_process, for the program it starts, in node's own code.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::node {

// False: such copies will not be known from reads.
bool watchCopies(const adapters::Host& host);

// A call of getenv at this moment is a part of one, or looks for a method.
bool isNoRead(const char* name);

}  // namespace envleak::node
