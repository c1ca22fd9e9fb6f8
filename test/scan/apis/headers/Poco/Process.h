// A stand-in for Poco: what the tests call, declared in our own words.
#pragma once
#include <map>
#include <string>
#include <vector>
namespace Poco {
class Pipe;
class ProcessHandle {
 public:
  ~ProcessHandle();
  int wait() const;
};
class Process {
 public:
  using Args = std::vector<std::string>;
  using Env = std::map<std::string, std::string>;
  static ProcessHandle launch(const std::string &command, const Args &);
  static ProcessHandle launch(const std::string &command, const Args &, Pipe *in, Pipe *out, Pipe *err, const Env &);
};
}  // namespace Poco
