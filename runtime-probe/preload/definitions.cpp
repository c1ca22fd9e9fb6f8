#include "runtime-probe/preload/definitions.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/siphash.h"

namespace envleak::preload {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }
bool isNameByte(char c, bool first) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (!first && ((c >= '0' && c <= '9') || c == '.'));
}


void publishDefinition(std::uint64_t file, const char* name, std::size_t name_length, const char* value,
                       std::size_t length, std::uint32_t line) {
  RecordWriter record(trace::RecordKind::definition, sizeof(trace::DefinitionRecord), name_length);
  if (!record) return;
  auto* body = record.body<trace::DefinitionRecord>();
  body->file = file;
  body->hash = sipHash(probeNames().key, value, length);
  body->line = line;
  body->name = record.append(name, name_length);
  record.publish();
}

class Dotenv {
 public:
  Dotenv(const char* text, std::size_t length, std::uint64_t file) : at_(text), end_(text + length), file_(file) {
    if (length >= 3 && sameBytes(text, "\xEF\xBB\xBF", 3)) at_ += 3;
  }
  void run() {
    for (line_ = 1; at_ < end_;) {
      parseLine();
      while (at_ < end_ && *at_ != '\n') ++at_;
      if (at_ < end_) ++at_, ++line_;
    }
  }

 private:
  void skipBlanks() {
    while (at_ < end_ && isBlank(*at_)) ++at_;
  }
  void parseLine() {
    skipBlanks();
    if (end_ - at_ > 7 && sameBytes(at_, "export", 6) && isBlank(at_[6])) {
      at_ += 7;
      skipBlanks();
    }
    const char* name = at_;
    while (at_ < end_ && isNameByte(*at_, at_ == name)) ++at_;
    const auto name_length = static_cast<std::size_t>(at_ - name);
    skipBlanks();
    if (name_length == 0 || at_ == end_ || *at_ != '=') return;
    ++at_;
    skipBlanks();
    const std::uint32_t line = line_;
    const char* value = at_;
    if (at_ < end_ && (*at_ == '"' || *at_ == '\'') && findClosing(*at_)) {
      ++value;
      publish(name, name_length, value, static_cast<std::size_t>(at_ - value), line);
      ++at_;
      return;
    }
    while (at_ < end_ && *at_ != '\n' && !(*at_ == '#' && (at_ == value || isBlank(at_[-1])))) ++at_;
    const char* last = at_;
    while (last > value && (isBlank(last[-1]) || last[-1] == '\r')) --last;
    publish(name, name_length, value, static_cast<std::size_t>(last - value), line);
  }
  // Moves to the closing quote, which may be on a later line.
  bool findClosing(char quote) {
    std::uint32_t lines = 0;
    for (const char* at = at_ + 1; at < end_; ++at) {
      if (*at == '\n') ++lines;
      if (*at == '\\' && quote == '"')
        ++at;
      else if (*at == quote) {
        at_ = at;
        line_ += lines;
        return true;
      }
    }
    return false;
  }
  void publish(const char* name, std::size_t name_length, const char* value, std::size_t length, std::uint32_t line) {
    publishDefinition(file_, name, name_length, value, length, line);
  }

  const char* at_;
  const char* end_;
  std::uint64_t file_;
  std::uint32_t line_ = 1;
};

// One line at a time: "name = value", "name: value", "name => value", the name quoted or not; several of the quoted
// ones in a line, as JSON has them.
class Settings {
 public:
  Settings(const char* text, std::size_t length, std::uint64_t file) : at_(text), end_(text + length), file_(file) {}
  void run() {
    for (std::uint32_t line = 1; at_ < end_; ++line) {
      const char* stop = at_;
      while (stop < end_ && *stop != '\n') ++stop;
      readLine(stop, line);
      at_ = stop + 1;
    }
  }

 private:
  void readLine(const char* stop, std::uint32_t line) {
    while (at_ < stop && (isBlank(*at_) || *at_ == '-')) ++at_;
    if (isNameByte(*at_, true)) readPair(stop, line, '\0');
    while (at_ < stop) {
      const char quote = *at_++;
      if (quote == '"' || quote == '\'') readPair(stop, line, quote);
    }
  }
  // At the name's first byte. Leaves the position behind what belongs to the pair, or to the quoted text.
  void readPair(const char* stop, std::uint32_t line, char quote) {
    const char* name = at_;
    while (at_ < stop && isNameByte(*at_, at_ == name)) ++at_;
    const auto length = static_cast<std::size_t>(at_ - name);
    if (quote != '\0') {
      if (at_ < stop && *at_ == quote && length != 0) {
        ++at_;
      } else {
        at_ = closing(at_, stop, quote);
        return;
      }
    }
    const char* behind_name = at_;
    while (at_ < stop && isBlank(*at_)) ++at_;
    if (at_ == stop || (*at_ != '=' && *at_ != ':')) {
      at_ = behind_name;
      return;
    }
    if (*at_++ == '=' && at_ < stop && *at_ == '>') ++at_;
    while (at_ < stop && isBlank(*at_)) ++at_;
    const char* value = at_;
    const char* last = stop;
    if (at_ < stop && (*at_ == '"' || *at_ == '\'')) {
      ++value;
      at_ = closing(value, stop, *at_);
      last = at_ > value && at_[-1] == value[-1] ? at_ - 1 : at_;
    } else {
      while (at_ < stop && *at_ != ',' && *at_ != '}' && *at_ != '{' && *at_ != '[' &&
             !((*at_ == '#' || *at_ == ';') && (at_ == value || isBlank(at_[-1]))))
        ++at_;
      last = at_;
      while (last > value && (isBlank(last[-1]) || last[-1] == '\r')) --last;
      if (last == value) return;  // a section
    }
    if (isSet(name, length)) publishDefinition(file_, name, length, value, static_cast<std::size_t>(last - value), line);
  }
  // Behind the closing quote, or at the end of the line.
  static const char* closing(const char* at, const char* stop, char quote) {
    for (; at < stop; ++at) {
      if (*at == '\\' && quote == '"')
        ++at;
      else if (*at == quote)
        return at + 1;
    }
    return stop;
  }
  static bool isSet(const char* name, std::size_t length) {
    char text[128];
    if (length < 2 || length >= sizeof text) return false;
    copyBytes(text, name, length);
    text[length] = '\0';
    return valueOf(text) != nullptr;
  }

  const char* at_;
  const char* end_;
  std::uint64_t file_;
};

}  // namespace

void publishDotenv(const char* text, std::size_t length, std::uint64_t file) { Dotenv(text, length, file).run(); }

void publishSettings(const char* text, std::size_t length, std::uint64_t file) { Settings(text, length, file).run(); }

}  // namespace envleak::preload
