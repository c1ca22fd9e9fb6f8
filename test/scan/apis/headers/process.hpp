// A stand-in for tiny-process-library: what the tests call, declared in our own words.
#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>
namespace TinyProcessLib {
class Process {
 public:
  using string_type = std::string;
  using environment_type = std::unordered_map<string_type, string_type>;
  using output = std::function<void(const char *, std::size_t)>;
  Process(const string_type &command, const string_type &path = string_type(), output = nullptr, output = nullptr,
          bool open_stdin = false);
  Process(const string_type &command, const string_type &path, const environment_type &, output = nullptr,
          output = nullptr, bool open_stdin = false);
  ~Process();
};
}  // namespace TinyProcessLib
