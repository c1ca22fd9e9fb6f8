// The worker process: reads commands from standard input, answers with summaries on standard output.
#include "analyzer/analyzer.h"
#include "analyzer/frontend/message.h"
#include "analyzer/frontend/unit.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <unistd.h>

namespace envleak::analyzer {
namespace {

// Empty at the end of input.
std::optional<nlohmann::json> readMessage(std::string& buffer) {
  std::array<char, 65536> chunk;
  for (;;) {
    if (auto message = takeMessage(buffer)) return message;
    ssize_t count = ::read(STDIN_FILENO, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    buffer.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

int scanWorker(const std::string& knowledge_directory, const std::string& models_file) {
  // A scan that is killed cannot stop its workers, and one that is within a unit looks at its input much later.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  Knowledge knowledge = Knowledge::load(knowledge_directory, models_file);
  CXIndex index = clang_createIndex(1, 0);
  std::string buffer;
  int status = 0;
  try {
    while (auto request = readMessage(buffer)) {
      CompileCommand command;
      command.directory = request->at("directory");
      command.file = request->at("file");
      command.arguments = request->at("arguments").get<std::vector<std::string>>();
      command.cplusplus = request->at("cplusplus");
      UnitSummary summary = summarize(index, command, knowledge);
      if (!writeAll(STDOUT_FILENO, encodeMessage(toJson(summary)))) break;
      if (summary.status == facts::UnitStatus::crashed) ::_exit(0);  // the process's memory is not to be trusted
    }
  } catch (const nlohmann::json::exception&) {
    status = 2;  // not spoken to by scan
  }
  clang_disposeIndex(index);
  return status;
}

}  // namespace envleak::analyzer
