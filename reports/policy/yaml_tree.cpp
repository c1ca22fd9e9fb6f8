#include "reports/policy/yaml_tree.h"

#include "facts/error.h"
#include "facts/text.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/YAMLParser.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace envleak::reports {
namespace {

namespace yaml = llvm::yaml;

constexpr unsigned deepest = 30;  // LLVM's parser goes down by recursion

class Reader {
 public:
  Reader(const std::string& file, std::string_view what, std::string_view remedy)
      : file_(file), remedy_(remedy), text_(readFile(file, what)) {
    manager_.setDiagHandler(
        [](const llvm::SMDiagnostic& diagnostic, void* self) {
          auto* reader = static_cast<Reader*>(self);
          if (!reader->error_.empty() || diagnostic.getKind() != llvm::SourceMgr::DK_Error) return;
          reader->error_ = reader->at(static_cast<unsigned>(std::max(1, diagnostic.getLineNo())),
                                      static_cast<unsigned>(diagnostic.getColumnNo() + 1)) +
                           oneLine(diagnostic.getMessage().str());
        },
        this);
  }

  YamlNode read() {
    yaml::Stream stream(text_, manager_);
    yaml::document_iterator document = stream.begin();
    if (document == stream.end()) return {};
    YamlNode root = convert(document->getRoot(), 0);
    if (++document != stream.end()) throw InputError(at(1, 1) + "more than one document; " + remedy_);
    check();
    return root;
  }

 private:
  YamlNode convert(yaml::Node* from, unsigned depth) {
    check();
    YamlNode node;
    if (from == nullptr) return node;
    if (from->getSourceRange().Start.isValid())
      std::tie(node.line, node.column) = manager_.getLineAndColumn(from->getSourceRange().Start);
    if (depth > deepest) throw InputError(at(node.line, node.column) + "too deeply nested; " + remedy_);
    llvm::SmallString<64> buffer;
    if (auto* scalar = llvm::dyn_cast<yaml::ScalarNode>(from)) {
      node.kind = YamlNode::Kind::text;
      node.text = scalar->getValue(buffer).str();
    } else if (auto* block = llvm::dyn_cast<yaml::BlockScalarNode>(from)) {
      node.kind = YamlNode::Kind::text;
      node.text = block->getValue().str();
    } else if (auto* list = llvm::dyn_cast<yaml::SequenceNode>(from)) {
      node.kind = YamlNode::Kind::list;
      for (yaml::Node& element : *list) node.items.push_back(convert(&element, depth + 1));
    } else if (auto* mapping = llvm::dyn_cast<yaml::MappingNode>(from)) {
      node.kind = YamlNode::Kind::mapping;
      for (yaml::KeyValueNode& entry : *mapping) {
        check();
        YamlNode key = convert(entry.getKey(), depth + 1);
        node.entries.push_back({std::move(key), convert(entry.getValue(), depth + 1)});
      }
    } else if (!llvm::isa<yaml::NullNode>(from)) {
      node.kind = YamlNode::Kind::other;
    }
    check();
    return node;
  }

  std::string at(unsigned line, unsigned column) const {
    return oneLine(file_) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": ";
  }
  void check() const {
    if (!error_.empty()) throw InputError(error_ + "; " + remedy_);
  }

  std::string file_;
  std::string remedy_;
  std::string text_;
  std::string error_;
  llvm::SourceMgr manager_;
};

}  // namespace

YamlNode readYaml(const std::string& file, std::string_view what, std::string_view remedy) {
  return Reader(file, what, remedy).read();
}

}  // namespace envleak::reports
