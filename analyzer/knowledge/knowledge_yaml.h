// The YAML form of the knowledge base: text to structs, with every entry checked.
#pragma once

#include "analyzer/knowledge/model.h"

#include <optional>
#include <string>

namespace envleak::analyzer {

// `path` is for messages. Throws InputError naming file, line, column and remedy.
KnowledgeFile parseKnowledge(const std::string& text, const std::string& path);

// Of a project: a knowledge file, or a policy file (.envleak.yaml) of which only the key `models:` is looked at. None
// if it is a policy without that key. Throws InputError as above.
std::optional<KnowledgeFile> parseModels(const std::string& text, const std::string& path);

}  // namespace envleak::analyzer
