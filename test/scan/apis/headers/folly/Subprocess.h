// A stand-in for folly: what the tests call, declared in our own words.
#pragma once
#include <string>
#include <vector>
namespace folly {
class Subprocess {
 public:
  class Options {
   public:
    Options();
    Options(const Options &);
    ~Options();
  };
  explicit Subprocess(const std::vector<std::string> &argv, const Options & = Options(), const char *executable = nullptr,
                      const std::vector<std::string> *env = nullptr);
  explicit Subprocess(const std::string &cmd, const Options & = Options(), const std::vector<std::string> *env = nullptr);
  ~Subprocess();
};
}  // namespace folly
