// A stand-in for Boost.Process 1: what the tests call, declared in our own words.
#pragma once
#include <string>
namespace boost {
struct none_t {};
inline const none_t none;
namespace process {
// As in the library, an environment takes its constructors from its base, and of another one its base.
namespace detail {
template <typename Char>
class native_environment_impl {};
template <typename Char>
class own_environment_impl {
 public:
  own_environment_impl();
  own_environment_impl(const own_environment_impl &);
  own_environment_impl(const native_environment_impl<Char> &);
  ~own_environment_impl();
};
}  // namespace detail
template <typename Char, template <typename> class Implementation>
class basic_environment_impl : public Implementation<Char> {
 public:
  using Implementation<Char>::Implementation;
  struct entry {
    entry &operator=(const std::string &);
  };
  entry operator[](const std::string &name);
  void clear();
};
template <typename Char>
class basic_native_environment : public basic_environment_impl<Char, detail::native_environment_impl> {
 public:
  ~basic_native_environment();
};
template <typename Char>
class basic_environment : public basic_environment_impl<Char, detail::own_environment_impl> {
 public:
  using basic_environment_impl<Char, detail::own_environment_impl>::basic_environment_impl;
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
