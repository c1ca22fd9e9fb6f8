// A stand-in for cpp-subprocess: what the tests call, declared in our own words.
#pragma once
#include <initializer_list>
#include <map>
#include <string>
namespace subprocess {
struct environment {
  environment(std::map<std::string, std::string>);
  ~environment();
};
class Popen {
 public:
  template <typename... Args>
  explicit Popen(const std::string &command, Args &&...args);
  template <typename... Args>
  explicit Popen(std::initializer_list<const char *> command, Args &&...args);
  ~Popen();
};
}  // namespace subprocess
