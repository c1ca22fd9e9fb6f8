// A stand-in for Poco: what the tests call, declared in our own words.
#pragma once
#include <string>
namespace Poco {
class Environment {
 public:
  static std::string get(const std::string &name);
  static void set(const std::string &name, const std::string &value);
};
}  // namespace Poco
