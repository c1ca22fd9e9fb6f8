// A stand-in for Boost.Process 2: what the tests call, declared in our own words.
#pragma once
#include <initializer_list>
#include <string>
#include <vector>
namespace boost {
namespace asio {
class io_context {
 public:
  io_context();
  ~io_context();
};
}  // namespace asio
namespace process {
namespace v2 {
struct process_environment {
  process_environment(std::initializer_list<const char *>);
  template <typename Range>
  process_environment(Range &&);
  ~process_environment();
};
namespace environment {
struct current_view {};
current_view current();
}  // namespace environment
class basic_process {
 public:
  basic_process(basic_process &&);
  template <typename Context, typename... Initializers>
  explicit basic_process(Context &, const std::string &exe, std::initializer_list<const char *> args, Initializers &&...);
  ~basic_process();
};
using process = basic_process;
}  // namespace v2
}  // namespace process
}  // namespace boost
