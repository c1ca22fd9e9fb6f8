#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/definitions.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/siphash.h"

namespace envleak::preload {
namespace {

constexpr unsigned mostValues = 4096;  // of one file

// Texts that stand in many files and in many variables: that they are the same says nothing.
constexpr const char* commonWords[] = {"true",    "false",   "null",    "none",   "default", "local",      "localhost",
                                       "testing", "staging", "sync",    "array",  "stack",   "production", "development",
                                       "single",  "daily",   "debug",   "info",   "error",   "warning",    "database",
                                       "cookie",  "utf8",    "utf8mb4", "utf-8",  "UTF-8",   "mysql",      "pgsql",
                                       "sqlite",  "redis",   "file",    "memory", "http",    "https",      "127.0.0.1"};

bool tellsNothing(const char* value, std::size_t length) {
  if (length < 4) return true;
  std::size_t digits = 0;
  while (digits < length && value[digits] >= '0' && value[digits] <= '9') ++digits;
  if (digits == length && length < 6) return true;
  for (const char* word : commonWords)
    if (lengthOf(word) == length && sameBytes(word, value, length)) return true;
  return false;
}

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// What stands before this is a name: "name": value, 'name' => value.
bool isKey(const char* at, const char* stop) {
  while (at < stop && isBlank(*at)) ++at;
  return at < stop && (*at == ':' || *at == '=');
}

class Values {
 public:
  explicit Values(std::uint64_t file) : file_(file) {}

  void readLine(const char* at, const char* stop, std::uint32_t line) {
    while (at < stop && published_ < mostValues) {
      const char c = *at++;
      if (c == '"' || c == '\'') {
        const char* value = at;
        while (at < stop && *at != c) at += *at == '\\' && at + 1 < stop ? 2 : 1;
        const char* const end = at;
        if (at < stop) ++at;
        if (!isKey(at, stop)) publish(value, end, line);
      } else if (c == '=' || c == ':') {
        if (at < stop && *at == '>') ++at;
        while (at < stop && isBlank(*at)) ++at;
        if (at == stop || *at == '"' || *at == '\'') continue;
        const char* value = at;
        while (at < stop && *at != ',' && *at != ';' && *at != '"' && *at != '\'') ++at;
        publish(value, at, line);
      }
    }
  }

 private:
  void publish(const char* value, const char* end, std::uint32_t line) {
    while (end > value && isBlank(end[-1])) --end;
    const auto length = static_cast<std::size_t>(end - value);
    if (tellsNothing(value, length)) return;
    RecordWriter record(trace::RecordKind::file_value, sizeof(trace::FileValueRecord), 0);
    if (!record) return;
    auto* body = record.body<trace::FileValueRecord>();
    body->file = file_;
    body->hash = sipHash(probeNames().key, value, length);
    body->line = line;
    body->reserved = 0;
    record.publish();
    ++published_;
  }

  std::uint64_t file_;
  unsigned published_ = 0;
};

}  // namespace

void publishValues(const char* text, std::size_t length, std::uint64_t file) {
  Values values(file);
  const char* const end = text + length;
  for (std::uint32_t line = 1; text < end; ++line) {
    const char* stop = text;
    while (stop < end && *stop != '\n') ++stop;
    values.readLine(text, stop, line);
    text = stop + 1;
  }
}

}  // namespace envleak::preload
