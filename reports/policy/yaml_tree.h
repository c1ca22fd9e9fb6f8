// A YAML document as a tree whose nodes know their place, so that every error can name line and column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace envleak::reports {

struct YamlEntry;

struct YamlNode {
  // `other`: an alias or a tagged value, which no policy has.
  enum class Kind { null, text, list, mapping, other } kind = Kind::null;
  std::string text;
  std::vector<YamlNode> items;     // of a list
  std::vector<YamlEntry> entries;  // of a mapping, in order
  unsigned line = 1, column = 1;
};

struct YamlEntry {
  YamlNode key, value;
};

// Reads the one document of the file; one without content is null. Throws InputError "FILE:LINE:COLUMN: MESSAGE;
// REMEDY" for text that is no YAML, holds several documents, or is nested deeper than any policy.
YamlNode readYaml(const std::string& file, std::string_view what, std::string_view remedy);

}  // namespace envleak::reports
