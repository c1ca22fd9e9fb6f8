#include "reports/policy/policy.h"

#include "facts/error.h"
#include "facts/text.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/YAMLParser.h>

#include <algorithm>

namespace envleak::reports {
namespace {

namespace yaml = llvm::yaml;

bool matchGlob(std::string_view pattern, std::string_view name) {
  // Backtracks to the last star only: linear in practice, never exponential.
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// Reads one policy document; every error ends in an InputError that names the place.
class Reader {
 public:
  Reader(const std::string& file, std::string_view what) : file_(file), text_(readFile(file, what)) {
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

  // Calls use(key, pattern) for each list element.
  template <typename Use>
  void read(const Use& use) {
    yaml::Stream stream(text_, manager_);
    yaml::document_iterator document = stream.begin();
    if (document == stream.end()) return;
    yaml::Node* root = document->getRoot();
    check();
    if (root == nullptr || llvm::isa<yaml::NullNode>(root)) return;  // a file of comments
    auto* mapping = llvm::dyn_cast<yaml::MappingNode>(root);
    if (mapping == nullptr) throw fail(root, "a mapping is expected");
    for (yaml::KeyValueNode& entry : *mapping) {
      check();
      auto* key = llvm::dyn_cast_or_null<yaml::ScalarNode>(entry.getKey());
      if (key == nullptr) throw fail(entry.getKey(), "a name is expected before ':'");
      llvm::SmallString<32> buffer;
      std::string name = key->getValue(buffer).str();
      if (name != "models" && std::ranges::find(keys, name) == std::end(keys)) throw fail(key, "unknown key '" + oneLine(name) + "'");
      yaml::Node* value = entry.getValue();
      check();
      if (name == "models") continue;  // read by the scan
      if (value == nullptr || llvm::isa<yaml::NullNode>(value)) continue;
      auto* list = llvm::dyn_cast<yaml::SequenceNode>(value);
      if (list == nullptr) throw fail(value, "a list of names is expected after '" + name + ":'");
      for (yaml::Node& element : *list) {
        check();
        auto* scalar = llvm::dyn_cast<yaml::ScalarNode>(&element);
        if (scalar == nullptr) throw fail(&element, "a variable's name or pattern is expected");
        llvm::SmallString<64> text;
        std::string pattern = scalar->getValue(text).str();
        if (pattern.empty() || pattern.find('=') != std::string::npos)
          throw fail(scalar, "'" + oneLine(pattern) + "' is not a variable's name");
        use(name, std::move(pattern));
      }
    }
    check();
    if (++document != stream.end()) throw InputError(at(1, 1) + "more than one document; " + std::string(remedy));
    check();
  }

 private:
  static constexpr std::string_view keys[] = {"ambient", "not-ambient", "secret", "not-secret"};
  static constexpr std::string_view remedy = "a policy has the lists ambient, not-ambient, secret and not-secret";

  std::string at(unsigned line, unsigned column) const {
    return oneLine(file_) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": ";
  }
  void check() const {
    if (!error_.empty()) throw InputError(error_ + "; " + std::string(remedy));
  }
  InputError fail(yaml::Node* node, const std::string& message) const {
    check();  // a syntax error explains a missing node better
    unsigned line = 1, column = 1;
    if (node != nullptr && node->getSourceRange().Start.isValid())
      std::tie(line, column) = manager_.getLineAndColumn(node->getSourceRange().Start);
    return InputError(at(line, column) + message + "; " + std::string(remedy));
  }

  std::string file_;
  std::string text_;
  std::string error_;
  llvm::SourceMgr manager_;
};

}  // namespace

std::string_view toString(VariableClass value) {
  switch (value) {
    case VariableClass::ambient:
      return "ambient";
    case VariableClass::secret:
      return "secret";
    case VariableClass::setting:
      break;
  }
  return "setting";
}

bool Patterns::match(std::string_view name) const {
  return std::ranges::any_of(patterns_, [&](const std::string& pattern) { return matchGlob(pattern, name); });
}

Policy::Lists Policy::read(const std::string& file, std::string_view what) {
  Lists lists;
  Reader(file, what).read([&](std::string_view key, std::string pattern) {
    Patterns& patterns = key == "ambient"       ? lists.ambient
                         : key == "not-ambient" ? lists.not_ambient
                         : key == "secret"      ? lists.secret
                                                : lists.not_secret;
    patterns.add(std::move(pattern));
  });
  return lists;
}

Policy Policy::load(const std::string& defaults_file, const std::string& user_file) {
  Policy policy;
  if (!defaults_file.empty()) policy.defaults_ = read(defaults_file, "default policy");
  if (!user_file.empty()) policy.user_ = read(user_file, "policy file");
  return policy;
}

VariableClass Policy::classify(std::string_view name, std::string_view shape) const {
  bool never_secret = user_.not_secret.match(name);
  if (!never_secret && (user_.secret.match(name) || !shape.empty())) return VariableClass::secret;
  bool ambient = !user_.not_ambient.match(name) &&
                 (user_.ambient.match(name) || (defaults_.ambient.match(name) && !defaults_.not_ambient.match(name)));
  if (ambient) return VariableClass::ambient;
  bool secret = !never_secret && defaults_.secret.match(name) && !defaults_.not_secret.match(name);
  return secret ? VariableClass::secret : VariableClass::setting;
}

}  // namespace envleak::reports
