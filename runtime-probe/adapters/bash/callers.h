// Who in bash looks a variable up: `unset X`, `export X`, `readonly X`, `X=y command` do so too, and want no value.
// What they add to it (`X+=y command`) is told from elsewhere (additions.h).
#pragma once

namespace envleak::bash {

// To be called once, before bash runs.
void findCallers();

// `frame`: of the function that bash called from within a lookup.
bool wantsNoValue(const void* frame);

// Of the function in bash that computes what an assignment gives.
bool makesValue(const void* return_address);

}  // namespace envleak::bash
