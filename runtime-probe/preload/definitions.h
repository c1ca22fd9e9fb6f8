// What a file says, as names and keyed hashes: text that is not trusted, read in the observed process.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

// One position in a text, and the line it is in.
struct TextPosition {
  const char* at;
  const char* end;
  std::uint32_t line = 1;
};

// Publishes a DefinitionRecord for each NAME=value of a dotenv file, and for each "name = value" or "name: value" of
// another one whose name is a variable of the environment now; `file` is the offset of the FileRecord.
void publishDotenv(const char* text, std::size_t length, std::uint64_t file);
void publishSettings(const char* text, std::size_t length, std::uint64_t file);

// Publishes a FileValueRecord for each value that stands in the text, quoted or behind '=' or ':'. Those that tell
// nothing (short ones, small numbers, "true"...) are left out.
void publishValues(const char* text, std::size_t length, std::uint64_t file);

}  // namespace envleak::preload
