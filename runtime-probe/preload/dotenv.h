// Files that define variables: what they define, as names and keyed hashes.
#pragma once

namespace envleak::preload {

// To be called after the program has opened `path`, relative to `directory`, for reading. The descriptor's position
// is not moved and no other descriptor is opened.
void noteOpened(int directory, const char* path, int descriptor);

// A cheap look at the name: does noteOpened have anything to do?
bool isOfInterest(const char* path);

}  // namespace envleak::preload
