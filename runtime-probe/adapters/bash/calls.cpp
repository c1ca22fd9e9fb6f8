#include "runtime-probe/adapters/bash/calls.h"

#include "runtime-probe/adapters/bash/interpreter.h"
#include "runtime-probe/preload/bytes.h"

namespace envleak::bash {
namespace {

using preload::lengthOf;
using preload::sameText;

// Goes through an array from its first element, which is the innermost call.
class Walk {
 public:
  explicit Walk(const char* name) {
    const Array* found = arrayNamed(name);
    if (found == nullptr || found->count <= 0) return;
    head_ = found->head;
    at_ = head_->next;
  }
  const char* next() {
    if (at_ == head_) return nullptr;
    const char* value = at_->value;
    at_ = at_->next;
    return value;
  }

 private:
  const Element* head_ = nullptr;
  const Element* at_ = nullptr;
};

std::uint32_t numberOf(const char* digits) {
  std::uint32_t number = 0;
  for (; *digits >= '0' && *digits <= '9'; ++digits) number = number * 10 + static_cast<std::uint32_t>(*digits - '0');
  return number;
}

adapters::Text textOf(const char* bytes) { return {bytes, lengthOf(bytes)}; }

// What has no file: bash -c, standard input, a terminal.
const char* commandLine() { return command_execution_string != nullptr ? "-c" : "-"; }

// Of a function that was not read from a file.
bool hasFile(const char* source) { return *source != '\0' && !sameText(source, "environment"); }

std::uint32_t currentLine() {
  const int line = executing_line_number();
  return line > 0 ? static_cast<std::uint32_t>(line) : 0;
}

}  // namespace

std::size_t callsInProgress(adapters::Frame* to, std::size_t most) {
  std::uint32_t line = currentLine();
  if (line == 0) return 0;  // bash itself, before it runs anything
  Walk functions("FUNCNAME"), sources("BASH_SOURCE"), lines("BASH_LINENO");
  std::size_t count = 0;
  bool in_file = false;
  while (count < most) {
    const char* function = functions.next();
    const char* source = sources.next();
    if (function == nullptr || source == nullptr) break;
    in_file = sameText(function, "main");
    const bool top_of_file = in_file || sameText(function, "source");
    to[count++] = {textOf(hasFile(source) ? source : commandLine()), top_of_file ? adapters::Text{} : textOf(function),
                   line};
    const char* called_at = lines.next();
    line = called_at == nullptr ? 0 : numberOf(called_at);
  }
  if (!in_file && line != 0 && count < most) to[count++] = {textOf(commandLine()), {}, line};
  return count;
}

std::uint64_t innermostPlace() {
  const std::uint32_t line = currentLine();
  if (line == 0) return 0;
  const char* source = Walk("BASH_SOURCE").next();
  std::uint64_t hash = 0xCBF29CE484222325 ^ line * 0x9E3779B97F4A7C15;
  for (const char* at = source == nullptr ? "" : source; *at != '\0'; ++at)
    hash = (hash ^ static_cast<unsigned char>(*at)) * 0x100000001B3;
  return hash == 0 ? 1 : hash;
}

}  // namespace envleak::bash
