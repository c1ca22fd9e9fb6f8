// The worker process: reads commands from standard input, answers with summaries on standard output.
#include "analyzer/analyzer.h"
#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/message.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/summary_codec.h"
#include "analyzer/frontend/summary_fields.h"
#include "analyzer/frontend/unit.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <unistd.h>

namespace envleak::analyzer {
namespace {

// Empty at the end of input.
std::optional<std::string> readMessage(std::string& buffer) {
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

int scanWorker(const std::string& knowledge_directory, const std::string& models_file, const std::string& relative_to) {
  if (!relative_to.empty()) useRelativePaths(relative_to);
  // A scan that is killed cannot stop its workers, and one that is within a unit looks at its input much later.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  Knowledge knowledge = Knowledge::load(knowledge_directory, models_file);
  CXIndex index = clang_createIndex(1, 0);
  DatedHashes hashes;
  Preambles preambles;
  std::string buffer;
  int status = 0;
  try {
    while (auto request = readMessage(buffer)) {
      CompileCommand command;
      Decoder decoder(*request);
      decoder(command);
      Closure closure;
      UnitSummary summary = summarize(index, command, knowledge, hashes, preambles, closure);
      const bool crashed = summary.status == facts::UnitStatus::crashed;
      Encoder answer;
      answer(crashed, closure, encodeSummary(std::move(summary)));
      if (!writeAll(STDOUT_FILENO, encodeMessage(answer.take()))) break;
      if (crashed) ::_exit(0);  // the process's memory is not to be trusted
    }
  } catch (const DamagedArchive&) {
    status = 2;  // not spoken to by scan
  }
  clang_disposeIndex(index);
  return status;
}

}  // namespace envleak::analyzer
