// A stand-in for Chromium's base: what the tests call, declared in our own words.
#pragma once
#include <map>
#include <string>
#include <vector>
namespace base {
using EnvironmentMap = std::map<std::string, std::string>;
struct LaunchOptions {
  LaunchOptions();
  LaunchOptions(const LaunchOptions &);
  ~LaunchOptions();
  EnvironmentMap environment;
  bool clear_environment = false;
};
class Process {
 public:
  ~Process();
};
Process LaunchProcess(const std::vector<std::string> &argv, const LaunchOptions &);
}  // namespace base
