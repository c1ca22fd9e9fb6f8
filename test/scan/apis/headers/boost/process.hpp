// A stand-in for Boost.Process 1: what the tests call, declared in our own words.
#pragma once
#include <string>
namespace boost {
struct none_t {};
inline const none_t none;
namespace process {
template <typename Char>
class basic_environment_impl {
 public:
  struct entry {
    entry &operator=(const std::string &);
  };
  entry operator[](const std::string &name);
  void clear();
};
template <typename Char>
class basic_native_environment : public basic_environment_impl<Char> {
 public:
  ~basic_native_environment();
};
template <typename Char>
class basic_environment : public basic_environment_impl<Char> {
 public:
  basic_environment();
  basic_environment(const basic_environment &);
  basic_environment(const basic_native_environment<Char> &);
  ~basic_environment();
};
using environment = basic_environment<char>;
using native_environment = basic_native_environment<char>;
namespace detail {
template <typename Char>
struct env_set {
  std::string name;
};
template <typename Char>
struct env_append {
  std::string name;
};
template <typename Char>
struct env_reset {
  std::string name;
};
template <typename Char>
struct env_init {
  basic_environment<Char> value;
};
template <typename Char>
struct env_proxy {
  env_set<Char> operator=(const std::string &);
  env_append<Char> operator+=(const std::string &);
  env_reset<Char> operator=(none_t);
};
struct env_ {
  env_proxy<char> operator[](const char *) const;
  env_init<char> operator=(const environment &) const;
  env_init<char> operator()(const environment &) const;
};
}  // namespace detail
inline const detail::env_ env;
class child {
 public:
  child();
  child(child &&);
  explicit child(int pid);
  template <typename... Args>
  explicit child(Args &&...args);
  ~child();
  void wait();
};
template <typename... Args>
int system(Args &&...args);
template <typename... Args>
void spawn(Args &&...args);
}  // namespace process
namespace this_process {
process::native_environment environment();
}
}  // namespace boost
