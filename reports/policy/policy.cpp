#include "reports/policy/policy.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/policy/yaml_tree.h"
#include "reports/render/rules.h"

#include <algorithm>

namespace envleak::reports {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view remedy =
    "a policy has the lists ambient, not-ambient, secret and not-secret, and the keys not-secret-shapes, allow, "
    "severity, "
    "exclude, config-files and models (docs/policy.md)";
constexpr std::string_view shapes[] = {"url-with-password", "private-key", "token"};

}  // namespace

// Reads one file into lists; every error ends in an InputError that names the place.
class PolicyReader {
 public:
  PolicyReader(std::string file, Policy::Lists& lists) : file_(std::move(file)), lists_(lists) {}

  void read(std::string_view what) {
    const YamlNode root = readYaml(file_, what, remedy);
    if (root.kind == Kind::null) return;  // a file of comments
    if (root.kind != Kind::mapping) throw fail(root, "a mapping is expected");
    Keys keys;
    for (const auto& [key, value] : root.entries) {
      if (key.kind != Kind::text) throw fail(key, "a name is expected before ':'");
      once(keys, key);
      entry(key, value);
    }
  }

 private:
  using Keys = std::vector<std::string>;  // seen in a mapping
  struct Named {
    std::string name;
    std::string reason;
  };

  void entry(const YamlNode& key, const YamlNode& value) {
    const std::string& name = key.text;
    if (name == "models") return;  // read by the scan
    const bool empty = value.kind == Kind::null;
    if (Patterns* patterns = variablesOf(name)) {
      if (!empty)
        forEachNamed(value, name, [&](const YamlNode& node, Named named) { addVariable(*patterns, node, named.name); });
    } else if (name == "not-secret-shapes") {
      if (!empty)
        forEachNamed(value, name, [&](const YamlNode& node, Named named) {
          if (std::ranges::find(shapes, named.name) == std::end(shapes))
            throw fail(node, "unknown shape '" + oneLine(named.name) +
                                 "': one of url-with-password, private-key and token is expected");
          lists_.not_secret_shapes.add(std::move(named.name));
        });
    } else if (name == "exclude") {
      if (!empty)
        forEachNamed(value, name, [&](const YamlNode&, Named named) {
          lists_.exclude.push_back({std::move(named.name), std::move(named.reason)});
        });
    } else if (name == "config-files") {
      if (!empty)
        forEachNamed(value, name,
                     [&](const YamlNode&, Named named) { lists_.config_files.push_back(std::move(named.name)); });
    } else if (name == "severity") {
      if (!empty) severities(value);
    } else if (name == "allow") {
      if (empty) return;
      if (value.kind != Kind::list) throw fail(value, "a list is expected after 'allow:'");
      for (const YamlNode& element : value.items) allowance(element);
    } else {
      throw fail(key, "unknown key '" + oneLine(name) + "'");
    }
  }

  Patterns* variablesOf(std::string_view name) {
    return name == "ambient"       ? &lists_.ambient
           : name == "not-ambient" ? &lists_.not_ambient
           : name == "secret"      ? &lists_.secret
           : name == "not-secret"  ? &lists_.not_secret
                                   : nullptr;
  }

  // A list of names, each alone or as {name: NAME, reason: TEXT}.
  template <typename Use>
  void forEachNamed(const YamlNode& list, const std::string& key, const Use& use) {
    if (list.kind != Kind::list) throw fail(list, "a list of names is expected after '" + key + ":'");
    for (const YamlNode& element : list.items) {
      if (element.kind == Kind::mapping) {
        Keys keys;
        Named named;
        for (const auto& [part, value] : element.entries) {
          once(keys, part);
          if (part.text == "name")
            named.name = text(value, "a name or pattern is expected");
          else if (part.text == "reason")
            named.reason = text(value, "a reason is expected");
          else
            throw fail(part, "unknown key '" + oneLine(part.text) + "': name and reason are expected");
        }
        if (named.name.empty()) throw fail(element, "'name:' is missing");
        use(element, std::move(named));
      } else {
        Named named{text(element, "a name or pattern is expected"), {}};
        if (named.name.empty()) throw fail(element, "an empty name");
        use(element, std::move(named));
      }
    }
  }

  void addVariable(Patterns& patterns, const YamlNode& node, const std::string& pattern) const {
    if (pattern.empty() || pattern.find('=') != std::string::npos)
      throw fail(node, "'" + oneLine(pattern) + "' is not a variable's name");
    patterns.add(pattern);
  }

  void severities(const YamlNode& value) {
    if (value.kind != Kind::mapping) throw fail(value, "rules with their levels are expected after 'severity:'");
    Keys keys;
    for (const auto& [rule, level] : value.entries) {
      once(keys, rule);
      if (std::ranges::find(rules(), rule.text, &Rule::id) == rules().end())
        throw fail(rule, "unknown rule '" + oneLine(rule.text) + "' (docs/rules.md has them all)");
      const std::string name = text(level, "a level is expected: note, warning, error or off");
      const std::optional<Level> known = name == "off"       ? std::optional(Level::none)
                                         : name == "note"    ? std::optional(Level::note)
                                         : name == "warning" ? std::optional(Level::warning)
                                         : name == "error"   ? std::optional(Level::error)
                                                             : std::nullopt;
      if (!known) throw fail(level, "'" + oneLine(name) + "' is not one of note, warning, error and off");
      lists_.severity.emplace(rule.text, *known);
    }
  }

  void allowance(const YamlNode& element) {
    if (element.kind != Kind::mapping)
      throw fail(element, "an entry of 'allow:' has the keys variables, to, from, site and reason");
    Keys keys;
    Allowance allowed;
    allowed.line = element.line;
    allowed.column = element.column;
    for (const auto& [key, value] : element.entries) {
      once(keys, key);
      if (key.text == "reason") {
        allowed.reason = text(value, "a reason is expected");
        continue;
      }
      Patterns* patterns = key.text == "variables" ? &allowed.variables
                           : key.text == "to"      ? &allowed.to
                           : key.text == "from"    ? &allowed.from
                           : key.text == "site"    ? &allowed.site
                                                   : nullptr;
      if (patterns == nullptr)
        throw fail(key, "unknown key '" + oneLine(key.text) + "': variables, to, from, site and reason are expected");
      const bool variables = patterns == &allowed.variables;
      auto add = [&](const YamlNode& node) {
        const std::string pattern = text(node, "a name or pattern is expected");
        if (variables)
          addVariable(*patterns, node, pattern);
        else if (pattern.empty())
          throw fail(node, "an empty pattern; leave '" + key.text + ":' out if it does not matter");
        else
          patterns->add(pattern);
      };
      if (value.kind == Kind::list)
        std::ranges::for_each(value.items, add);
      else
        add(value);
    }
    if (allowed.variables.empty()) throw fail(element, "'variables:' is missing: which ones may cross?");
    if (allowed.reason.empty()) throw fail(element, "'reason:' is missing: why may they cross?");
    lists_.allow.push_back(std::move(allowed));
  }

  std::string text(const YamlNode& node, const std::string& otherwise) const {
    if (node.kind != Kind::text) throw fail(node, otherwise);
    return node.text;
  }

  // A key that stands twice would hide what the first one says.
  void once(Keys& keys, const YamlNode& key) const {
    if (std::ranges::find(keys, key.text) != keys.end())
      throw fail(key, "'" + oneLine(key.text) + "' stands here twice");
    keys.push_back(key.text);
  }

  InputError fail(const YamlNode& node, const std::string& message) const {
    return InputError(oneLine(file_) + ":" + std::to_string(node.line) + ":" + std::to_string(node.column) + ": " +
                      message + "; " + std::string(remedy));
  }

  std::string file_;
  Policy::Lists& lists_;
};

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

Policy Policy::load(const std::string& defaults_file, const std::string& user_file) {
  Policy policy;
  policy.file_ = user_file;
  if (!defaults_file.empty()) PolicyReader(defaults_file, policy.defaults_).read("default policy");
  if (!user_file.empty()) PolicyReader(user_file, policy.user_).read("policy file");
  return policy;
}

VariableClass Policy::classify(std::string_view name, std::string_view shape) const {
  bool never_secret = user_.not_secret.match(name);
  bool shaped = !shape.empty() && !user_.not_secret_shapes.match(shape);
  if (!never_secret && (user_.secret.match(name) || shaped)) return VariableClass::secret;
  bool ambient = !user_.not_ambient.match(name) &&
                 (user_.ambient.match(name) || (defaults_.ambient.match(name) && !defaults_.not_ambient.match(name)));
  if (ambient) return VariableClass::ambient;
  bool secret = !never_secret && defaults_.secret.match(name) && !defaults_.not_secret.match(name);
  return secret ? VariableClass::secret : VariableClass::setting;
}

std::optional<Level> Policy::severity(std::string_view rule) const {
  auto found = user_.severity.find(rule);
  return found == user_.severity.end() ? std::nullopt : std::optional(found->second);
}

const Policy::Exclusion* Policy::exclusionOf(std::string_view file) const {
  auto found = std::ranges::find_if(user_.exclude,
                                    [&](const Exclusion& exclusion) { return matchesPath(exclusion.pattern, file); });
  return found == user_.exclude.end() ? nullptr : &*found;
}

}  // namespace envleak::reports
