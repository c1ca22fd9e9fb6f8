// What git says of a change. It is asked by names that no configuration can bend: prefixes, quoting, colours, external
// programs, renames and submodules are all given; a revision is resolved first, so that none is taken for an option.
#include "reports/gate/changes.h"

#include "facts/error.h"
#include "facts/text.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

extern char** environ;

namespace envleak::reports {
namespace {

// A file in memory that a child writes to.
class Output {
 public:
  Output() : descriptor_(::memfd_create("envleak", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw InputError(std::string("cannot make a file in memory: ") + std::strerror(errno));
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { ::close(descriptor_); }
  int descriptor() const { return descriptor_; }

  std::string text() const {
    std::string content;
    char buffer[1 << 16];
    for (off_t at = 0;;) {
      const ssize_t count = ::pread(descriptor_, buffer, sizeof buffer, at);
      if (count <= 0) return content;
      content.append(buffer, static_cast<std::size_t>(count));
      at += count;
    }
  }

 private:
  int descriptor_;
};

struct Answer {
  bool good = false;
  std::string output;
  std::string error;  // first line
};

Answer git(const std::string& folder, std::vector<std::string> words) {
  words.insert(words.begin(), {"git", "-C", folder, "-c", "core.quotePath=true"});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  Output output, error;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, error.descriptor(), STDERR_FILENO);
  pid_t child = 0;
  // NOLINTNEXTLINE(envleak-forwarded): git is told by its variables where repositories and settings are
  const int failed = ::posix_spawnp(&child, "git", &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0)
    throw InputError(std::string("--diff: git cannot be started: ") + std::strerror(failed) +
                     "; install it, or give a diff instead: --diff FILE");
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  Answer answer{WIFEXITED(status) && WEXITSTATUS(status) == 0, output.text(), error.text()};
  answer.error = oneLine(answer.error.substr(0, answer.error.find('\n')));
  return answer;
}

std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

ChangedLines changesSince(const std::string& base, const std::string& folder) {
  std::string here = folder.empty() ? "." : folder;
  Answer top = git(here, {"rev-parse", "--show-toplevel"});
  if (!top.good && here != ".") top = git(here = ".", {"rev-parse", "--show-toplevel"});
  if (!top.good)
    throw InputError("--diff: " + oneLine(folder) + " lies in no git repository (" + top.error +
                     "); give a diff instead: --diff FILE");
  const std::string root = firstLine(top.output);
  Answer commit = git(root, {"rev-parse", "--verify", "--quiet", "--end-of-options", base + "^{commit}"});
  if (!commit.good)
    throw InputError("--diff: '" + oneLine(base) + "' is neither a file nor a revision of the repository in " +
                     oneLine(root) + "; fetch it, or name another");
  Answer common = git(root, {"merge-base", firstLine(commit.output), "HEAD"});
  if (!common.good)
    throw InputError("--diff: '" + oneLine(base) + "' and HEAD have no common commit in " + oneLine(root) +
                     "; fetch more of the history (git fetch --unshallow)");
  Answer diff = git(root, {"diff", "-U0", "--inter-hunk-context=0", "--text", "--no-color", "--no-ext-diff",
                           "--no-textconv", "--no-relative", "--find-renames", "--submodule=short", "--src-prefix=a/",
                           "--dst-prefix=b/", firstLine(common.output), "--"});
  Answer added = git(root, {"ls-files", "--others", "--exclude-standard", "-z", "--full-name"});
  if (!diff.good || !added.good)
    throw InputError("--diff: git does not tell what changed: " + (diff.good ? added.error : diff.error));
  // The sources may have been scanned elsewhere; then the ends of the paths must do.
  const bool scanned_here = folder.empty() || folder == root || folder.starts_with(root + "/") ||
                            root.starts_with(folder.ends_with('/') ? folder : folder + "/");
  const std::string prefix = scanned_here ? root + "/" : std::string();
  ChangedLines changes = ChangedLines::fromDiff(diff.output, "git diff", prefix);
  for (std::size_t at = 0; at < added.output.size();) {
    const std::size_t end = std::min(added.output.find('\0', at), added.output.size());
    changes.addWhole(prefix + added.output.substr(at, end - at));
    at = end + 1;
  }
  return changes;
}

}  // namespace envleak::reports
