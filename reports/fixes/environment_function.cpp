#include "reports/fixes/environment_function.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::string_view usualNames[] = {"PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TERM", "TMPDIR"};

bool isName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

EnvironmentFunction::EnvironmentFunction(const SourceText& source) : source_(source), name_("child_environment") {
  for (unsigned number = 2; source_.mentions(name_); ++number)
    name_ = "child_environment_" + std::to_string(number);
}

void EnvironmentFunction::addNames(const Report& report, Index index) {
  auto add = [&](std::string_view name) {
    if (isName(name) && std::ranges::find(names_, name) == names_.end()) names_.emplace_back(name);
  };
  const SiteReport& result = report.sites[index];
  std::vector<std::string> read;
  for (const CrossedVariable& variable : result.crossed)
    if (variable.reading == Reading::read || variable.reading == Reading::looked_at)
      read.emplace_back(report.runs->names()[variable.name]);
  bool known = !result.edges.empty() && result.unobserved.empty();
  read_known_ &= known;
  for (std::string_view name : usualNames) add(name);
  for (const std::string& name : read) add(name);
  const facts::SpawnSite& site = report.sources->spawn_sites[index];
  for (const facts::EnvironmentWrite& write : report.sources->environment_writes) {
    bool sets = write.kind == facts::WriteKind::set || write.kind == facts::WriteKind::put;
    if (!sets || !write.name || write.file != site.file) continue;
    add(*write.name);
    sets_own_ = true;
  }
}

std::string EnvironmentFunction::description() const {
  std::string text = "Give the child only named variables: " + listNames(names_, names_.size()) + ". ";
  text += "These are the usual ones";
  if (sets_own_) text += ", those that this file sets";
  text += read_known_ ? ", and those that the children of these calls read in the recorded runs"
                      : "; what the child reads is not known";
  return text + ". Check the list.";
}

std::optional<Edit> EnvironmentFunction::declaration(std::size_t token) {
  if (!place_) place_ = source_.declarationPlace(token);
  if (!place_ || *place_ > source_.tokens()[token].begin || !source_.reaches(*place_, token)) return std::nullopt;
  // Between blank lines, and with the line ends that the file has.
  std::string_view text = source_.text();
  std::string inserted = definition();
  if (*place_ > 0) inserted = "\n" + inserted;
  std::string_view next = text.substr(*place_);
  if (!next.starts_with("\n") && !next.starts_with("\r\n")) inserted += "\n";
  if (text.find("\r\n") == std::string_view::npos) return Edit{*place_, *place_, inserted};
  std::string with_returns;
  for (char c : inserted) with_returns += c == '\n' ? "\r\n" : std::string(1, c);
  return Edit{*place_, *place_, with_returns};
}

std::string EnvironmentFunction::definition() const {
  std::string names, line = "     ";
  for (const std::string& name : names_) {
    std::string word = " \"" + name + "\",";
    if (line.size() + word.size() > 100) {
      names += line + "\n";
      line = "     ";
    }
    line += word;
  }
  line.pop_back();  // the last comma
  names += line;
  return "#include <string.h>\n"
         "\n"
         "extern char **environ;\n" +
         std::string(declares_execvpe_ ? "extern int execvpe(const char *, char *const[], char *const[]);\n" : "") +
         "\n"
         "/* The variables that programs started here may have, if they are set: check the list. */\n"
         "static char **" + name_ + "(void)\n"
         "{\n"
         "  static const char *const names[] = {\n" + names + "};\n"
         "  static char *taken[sizeof names / sizeof names[0] + 1];\n"
         "  char **variable;\n"
         "  size_t count = 0, i;\n"
         "  for (variable = environ; variable && *variable; ++variable)\n"
         "    for (i = 0; i < sizeof names / sizeof names[0]; ++i) {\n"
         "      size_t length = strlen(names[i]);\n"
         "      if (strncmp(*variable, names[i], length) == 0 && (*variable)[length] == '=' &&\n"
         "          count < sizeof names / sizeof names[0])\n"
         "        taken[count++] = *variable;\n"
         "    }\n"
         "  taken[count] = 0;\n"
         "  return taken;\n"
         "}\n";
}

}  // namespace envleak::reports
