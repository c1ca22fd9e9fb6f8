// %ENV and each of its elements carry magic of a kind of their own, by which perl changes the environment when they are
// changed. These kinds are made to tell what they do, and the elements' when a value is fetched, by whatever operation
// or C code.
#pragma once

namespace envleak::perl {

// False: their table could not be written.
bool watchMagic();

}  // namespace envleak::perl
