#include "runtime-probe/adapters/php/php.h"

extern "C" __attribute__((weak)) char** environ;

namespace envleak::adapters::php {
namespace {

bool is(Text name, const char* text, std::size_t length) {
  return name.length == length && __builtin_memcmp(name.data, text, length) == 0;
}

bool beginsWith(Text name, const char* text, std::size_t length) {
  return name.length >= length && __builtin_memcmp(name.data, text, length) == 0;
}

struct Name {
  const char* text;
  std::size_t length;
};
template <std::size_t N>
constexpr Name named(const char (&text)[N]) {
  return {text, N - 1};
}

constexpr Name ofRequest[] = {
    named("argv"), named("argc"), named("PHP_SELF"), named("GATEWAY_INTERFACE"), named("QUERY_STRING"),
    named("DOCUMENT_ROOT"), named("DOCUMENT_URI"), named("HTTPS"), named("AUTH_TYPE"), named("PATH_INFO"),
    named("ORIG_PATH_INFO"), named("PATH_TRANSLATED"), named("CONTENT_TYPE"), named("CONTENT_LENGTH"),
    named("FCGI_ROLE"), named("UNIQUE_ID"), named("USER_AGENT"), named("UNENCODED_URL"), named("IIS_WasUrlRewritten")};
constexpr Name beginOfRequest[] = {named("HTTP_"), named("REQUEST_"), named("SERVER_"), named("REMOTE_"),
                                   named("SCRIPT_"), named("PHP_AUTH_"), named("REDIRECT_"), named("SSL_"),
                                   named("CONTEXT_"), named("ORIG_SCRIPT_"), named("X_ORIGINAL_"), named("X_REWRITE_")};

// The value of the entry of this name; null: there is none.
const char* valueOf(Text name) {
  if (&environ == nullptr || environ == nullptr) return nullptr;
  const std::size_t length = name.length;
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (__builtin_strncmp(*entry, name.data, length) == 0 && (*entry)[length] == '=') return *entry + length + 1;
  return nullptr;
}

}  // namespace

// The names of CGI (RFC 3875), those that PHP and web servers add, and the fields of the request: a script that asks
// for one that is not there does not ask for a variable of the environment. One that does come from there is known by
// its value.
bool isOfRequest(Text name) {
  for (const Name& start : beginOfRequest)
    if (beginsWith(name, start.text, start.length)) return true;
  for (const Name& whole : ofRequest)
    if (is(name, whole.text, whole.length)) return true;
  return false;
}

bool isInEnvironment(Text name) { return valueOf(name) != nullptr; }

bool isInEnvironment(Text name, const zend_string* value) {
  const char* found = valueOf(name);
  if (found == nullptr) return false;
  const std::size_t length = ZSTR_LEN(value);
  return __builtin_strncmp(found, ZSTR_VAL(value), length) == 0 && found[length] == '\0';
}

Text textOf(zend_long number, char (&to)[longestNumber]) {
  char* start = to + longestNumber;
  zend_ulong rest = number < 0 ? -static_cast<zend_ulong>(number) : static_cast<zend_ulong>(number);
  do *--start = static_cast<char>('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0) *--start = '-';
  return {start, static_cast<std::size_t>(to + longestNumber - start)};
}

}  // namespace envleak::adapters::php
