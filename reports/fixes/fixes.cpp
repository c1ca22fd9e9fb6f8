#include "reports/fixes/fixes.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/fixes/environment_function.h"
#include "reports/fixes/source_text.h"

#include <algorithm>
#include <memory>

namespace envleak::reports {
namespace {

using facts::EnvironmentClass;
using facts::SpawnSite;

constexpr int lastArgument = -1;
constexpr int noArgument = -2;

// How a call is given an environment: the API that takes one, and the argument that holds it (-1: the last). Without
// `renamed` the call keeps its name, and what it passes on is replaced.
struct Rewrite {
  std::string_view callee, renamed;
  int environment;
  int arguments;  // that the call has, at least
};
constexpr Rewrite rewrites[] = {
    {"execv", "execve", lastArgument, 2},   {"execvp", "execvpe", lastArgument, 2},
    {"execl", "execle", lastArgument, 3},   {"execle", {}, lastArgument, 4},
    {"execve", {}, 2, 3},                   {"execvpe", {}, 2, 3},
    {"fexecve", {}, 2, 3},                  {"execveat", {}, 3, 5},
    {"posix_spawn", {}, 5, 6},              {"posix_spawnp", {}, 5, 6},
    {"pidfd_spawn", {}, 5, 6},              {"pidfd_spawnp", {}, 5, 6},
    {"g_spawn_async", {}, 2, 8},            {"g_spawn_sync", {}, 2, 10},
    {"g_spawn_async_with_pipes", {}, 2, 11}};

const Rewrite* rewriteOf(std::string_view callee) {
  auto found = std::ranges::find(rewrites, callee, &Rewrite::callee);
  return found == std::end(rewrites) ? nullptr : &*found;
}

bool isSource(std::string_view file) {
  std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view extension = file.substr(dot);
  return extension == ".c" || extension == ".C" || extension == ".cc" || extension == ".cpp" || extension == ".cxx" ||
         extension == ".c++";
}

bool isNullWord(std::string_view word) { return word == "NULL" || word == "nullptr" || word == "0"; }

// Words for a call that cannot be edited.
std::string hint(const SpawnSite& site) {
  std::string_view callee = baseFunction(site.callee);
  if (callee == "system" || callee == "popen")
    return "Start the program itself with posix_spawn and an environment of named variables; or let the command begin "
           "with 'env -i PATH=\"$PATH\"' and the variables it needs.";
  if (callee == "execlp")
    return "Put the arguments in an array and call execvpe with an environment of named variables; there is no execlpe.";
  if (site.reason.find("QProcess") != std::string::npos)
    return "Fill a QProcessEnvironment with the variables the child needs and pass it to setProcessEnvironment() "
           "before the start; an empty one inherits in Qt 5.";
  std::string text = advice(site);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ".";
}

class File {
 public:
  File(const Report& report, FileFixes& fixes)
      : report_(report), fixes_(fixes), source_(fixes.content), environment_(source_) {}

  void suggest(const std::vector<Index>& sites) {
    for (Index site : sites) {
      environment_.addNames(report_, site);
      if (report_.sources->spawn_sites[site].callee == "execvp" && fixes_.file.ends_with(".c"))
        environment_.declareExecvpe();
    }
    // The function is put where the first of the calls needs it; the others must see it there.
    for (Index index : sites) {
      Fix fix{index, {}, {}};
      std::string why = edit(report_.sources->spawn_sites[index], fix.edits);
      if (why.empty()) {
        fix.description = environment_.description();
      } else {
        fix.edits.clear();
        fix.description = hint(report_.sources->spawn_sites[index]) + " (No edit: " + why + ".)";
      }
      fixes_.fixes.push_back(std::move(fix));
    }
  }

 private:
  // Why the call cannot be edited; empty if it can.
  std::string edit(const SpawnSite& site, std::vector<Edit>& edits) {
    if (site.kind == facts::SiteKind::indirect) return "the function is called through a pointer";
    if (site.file.starts_with('/')) return "the file is outside the project";
    if (!isSource(site.file)) return "the call is in a header";
    std::string_view callee = baseFunction(site.callee);
    const Rewrite* rewrite = site.kind == facts::SiteKind::direct ? rewriteOf(callee) : nullptr;
    if (site.kind == facts::SiteKind::direct && rewrite == nullptr) return "no mechanical edit is right for '" + std::string(callee) + "'";
    std::optional<CallText> call = source_.callAt(site.line, site.column, callee);
    if (!call) return "the call is made by a macro, is cut by a directive, or the file has changed";
    if (rewrite != nullptr && static_cast<int>(call->arguments.size()) < rewrite->arguments)
      return "the call's arguments are not written out";
    std::string why = rewrite != nullptr && !rewrite->renamed.empty() ? rename(*call, *rewrite, edits)
                                                                      : replaceArgument(*call, rewrite, edits);
    if (!why.empty()) return why;
    std::optional<Edit> declared = environment_.declaration(call->callee);
    if (!declared) return "there is no sure place for a function before it";
    edits.insert(edits.begin(), *declared);
    return {};
  }

  std::string rename(const CallText& call, const Rewrite& rewrite, std::vector<Edit>& edits) const {
    if (rewrite.callee == "execl" && !endsInNull(call)) return "the arguments do not end in a NULL that is written out";
    if (rewrite.callee != "execl" && static_cast<int>(call.arguments.size()) != rewrite.arguments)
      return "the call's arguments are not written out";
    const Token& name = source_.tokens()[call.callee];
    std::size_t end = source_.tokens()[call.close - 1].end;
    edits.push_back({name.begin, name.end, std::string(rewrite.renamed)});
    edits.push_back({end, end, ", " + environment_.call()});
    return {};
  }

  bool endsInNull(const CallText& call) const {
    const Argument& last = call.arguments.back();
    return last.last > last.first && (isNullWord(source_.spelling(last.last - 1)) ||
                                      source_.spelling(last).ends_with("NULL)"));
  }

  // The argument that is passed on; of a wrapper's call, the only one that is `environ`.
  std::string replaceArgument(const CallText& call, const Rewrite* rewrite, std::vector<Edit>& edits) const {
    int index = noArgument;
    if (rewrite != nullptr) {
      index = rewrite->environment == lastArgument ? static_cast<int>(call.arguments.size()) - 1 : rewrite->environment;
    } else {
      for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        if (!isEnviron(source_.spelling(call.arguments[i]))) continue;
        if (index != noArgument) return "'environ' is passed twice";
        index = static_cast<int>(i);
      }
      if (index == noArgument) return "the environment is not 'environ' itself";
    }
    const Argument& argument = call.arguments[static_cast<std::size_t>(index)];
    std::size_t words = argument.last - argument.first;
    bool plain = words == 1 || (words == 2 && source_.spelling(argument.first) == "::");
    if (!plain) return "the environment is not a plain name";
    edits.push_back(
        {source_.tokens()[argument.first].begin, source_.tokens()[argument.last - 1].end, environment_.call()});
    return {};
  }

  static bool isEnviron(std::string_view text) {
    return text == "environ" || text == "::environ" || text == "__environ" || text == "::__environ";
  }

  const Report& report_;
  FileFixes& fixes_;
  SourceText source_;
  EnvironmentFunction environment_;
};

}  // namespace

std::vector<FileFixes> suggestFixes(const Report& report) {
  std::vector<FileFixes> files;
  if (report.sources == nullptr) return files;
  std::map<std::string, std::vector<Index>> by_file;
  for (const Finding& finding : report.findings) {
    if (!finding.site) continue;
    const SpawnSite& site = report.sources->spawn_sites[*finding.site];
    bool whole = site.environment == EnvironmentClass::inherited || site.environment == EnvironmentClass::forwarded;
    if (whole && site.rule == finding.rule) by_file[site.file].push_back(*finding.site);
  }
  for (auto& [file, sites] : by_file) {
    std::ranges::sort(sites);
    FileFixes& fixes = files.emplace_back();
    fixes.file = file;
    fixes.path = file.starts_with('/') ? file : report.sources->root + "/" + file;
    try {
      fixes.content = readFile(fixes.path, "source file");
    } catch (const InputError&) {
      // Not here: words only.
    }
    File(report, fixes).suggest(sites);
  }
  return files;
}

}  // namespace envleak::reports
