#include "reports/investigate/onward.h"

namespace envleak::reports {

std::vector<FilePassage> passagesThroughFiles(const Report& report, NameId name) {
  std::vector<FilePassage> passages;
  for (const Laundered& value : report.laundered)
    if (value.name == name) passages.push_back({value.writer, value.reader, value.path, value.line});
  return passages;
}

std::string_view waysNotFollowed() { return "other files, arguments, pipes, sockets, shared memory"; }

}  // namespace envleak::reports
