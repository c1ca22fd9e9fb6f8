// Following the whole tree of the command by ptrace(2): its stops at forks, at execs and before ends. There are no
// stops at system calls. What a stop tells goes to the ProcessTree.
//
// The tree is to notice as little as possible: signals are handed on as they came, a stopped process group stays
// stopped (PTRACE_LISTEN), and all is done in a thread of its own: when that ends, with the command, or with the
// recorder, however that dies, the kernel lets go of every process that is still there, and it runs on.
#pragma once

#include "runtime-probe/record/process_tree.h"

#include <functional>

namespace envleak::probe {

// errno, if this system does not let the recorder follow its own child; else 0.
int supervisionRefused();

// Follows `command`, a child of the recorder that waits to be told, until it has ended, and then lets go of the others.
// `start` tells it to go on. Returns its wait status; with `refused` an errno nothing was started.
int supervise(int command, ProcessTree& tree, const std::function<void()>& start, int& refused);

}  // namespace envleak::probe
