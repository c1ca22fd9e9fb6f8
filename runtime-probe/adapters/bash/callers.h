// Who in bash looks a variable up: `unset X`, `export X`, `readonly X`, `X=y command` do so too, and want no value.
#pragma once

namespace envleak::bash {

// To be called once, before bash runs.
void findCallers();

// `frame`: of the function that bash called from within a lookup.
bool wantsNoValue(const void* frame);

}  // namespace envleak::bash
