// A stand-in for PStreams: what the tests call, declared in our own words.
#pragma once
#include <ios>
#include <string>
#include <vector>
namespace redi {
template <typename Char, typename Traits = std::char_traits<Char>>
class basic_ipstream {
 public:
  using argv_type = std::vector<std::string>;
  basic_ipstream();
  explicit basic_ipstream(const std::string &command, std::ios_base::openmode = std::ios_base::in);
  basic_ipstream(const std::string &file, const argv_type &, std::ios_base::openmode = std::ios_base::in);
  ~basic_ipstream();
  void open(const std::string &command, std::ios_base::openmode = std::ios_base::in);
};
using ipstream = basic_ipstream<char>;
}  // namespace redi
