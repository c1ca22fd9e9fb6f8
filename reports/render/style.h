// How text looks on a terminal: colours only where they were asked for, names and lists kept short.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

class Style {
 public:
  explicit Style(bool color) : color_(color) {}
  std::string bold(const std::string& text) const { return wrap("1", text); }
  std::string red(const std::string& text) const { return wrap("1;31", text); }
  std::string faint(const std::string& text) const { return wrap("2", text); }
  // "error: ", coloured as compilers do.
  std::string level(Level level) const;

 private:
  std::string wrap(const char* code, const std::string& text) const {
    return color_ ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
  }
  bool color_;
};

// "file:line:column: " with what is known of it.
std::string locationPrefix(const std::string& file, unsigned line, unsigned column);

// "run()": debug information names C++ functions with their parameters, others without.
std::string called(const std::string& function);

// "spawn.cpp:14 in run_command()", or the module and function where no line is known; empty if nothing is.
std::string describe(const Place& place);

// "3 processes", "1 process".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

// Last part of a path, fit for one line.
std::string shortName(const std::string& path);

// The source line with a caret under the column, as compilers show it; empty if the file cannot be read. Files are
// read once.
class SourceExcerpts {
 public:
  explicit SourceExcerpts(std::string root) : root_(std::move(root)) {}
  std::string at(const std::string& file, unsigned line, unsigned column);

 private:
  std::string root_;
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace envleak::reports
