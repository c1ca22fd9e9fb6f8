// Text that leaves the program: bytes made printable, files written whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace envleak {

// Length of the valid UTF-8 sequence that starts at `at`, or 0 (RFC 3629: no overlong forms, no surrogates).
std::size_t utf8SequenceLength(std::string_view text, std::size_t at);

// Valid UTF-8 is kept; every other byte becomes the four characters \xNN. Paths, arguments and variable names are
// bytes on Linux (environ(7) promises no encoding), JSON strings are not. The result of a second call is the same.
std::string printable(std::string_view bytes);

// printable(), and control characters (newline, escape...) become \xNN too: for one line on a terminal.
std::string oneLine(std::string_view bytes);

// Whole content of a file; "-" is stdin. Throws InputError naming `what` (such as "report") and the file.
std::string readFile(const std::string& path, std::string_view what);

// Writes next to the target, then renames: a reader sees the old file or the new one, never a part. "-" is stdout.
// A target that is not a regular file (a pipe, /dev/null) is written in place. Throws InputError.
void writeFile(const std::string& path, std::string_view content);

}  // namespace envleak
