// The slot through which a loaded module calls a function of another one: what stands there is what it calls. An
// adapter puts itself between an interpreter and libc so, for that interpreter alone, and changes no code.
#pragma once

namespace envleak::adapters {

// Leads the calls of `name` that the module makes which holds `address` to `function`. To be called before main. False:
// it does not import such a function, or its slot could not be written; nothing has changed.
bool leadImport(const void* address, const char* name, const void* function);

}  // namespace envleak::adapters
