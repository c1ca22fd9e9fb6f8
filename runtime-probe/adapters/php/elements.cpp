// `$_SERVER` holds more than the environment, and what it holds of it need not come from there any more. A read is one
// of the environment if what was found is its value, or if nothing was found and a variable would have been:
//   - the string is the one that was imported, or is equal to what the variable has now (putenv and `$_SERVER['X'] =`
//     go together in the loaders of .env files);
//   - or there is neither element nor variable, and PHP did fill this array from the environment (php -S does not fill
//     `$_SERVER`, and by default nothing fills `$_ENV`).
#include "runtime-probe/adapters/php/php.h"

namespace envleak::adapters::php {
namespace {

constexpr char serverName[] = "_SERVER", environmentName[] = "_ENV";

// The web server's parameters overwrite what the environment has under their names.
bool isOfWebServer(Text name) {
  const char* kind = sapi_module.name;
  const bool fast_cgi = kind != nullptr && (__builtin_strcmp(kind, "fpm-fcgi") == 0 || __builtin_strcmp(kind, "cgi-fcgi") == 0);
  return fast_cgi && host->received(name);
}

bool isFromEnvironment(Source source, Text name, const zval* value) {
  if (Z_TYPE_P(value) != IS_STRING) return false;
  if (isImported(Z_STR_P(value))) return true;
  if (!isSuperglobal(source) || (source == Source::server && isOfRequest(name))) return false;
  return isInEnvironment(name, Z_STR_P(value)) && !isOfWebServer(name);
}

bool wouldBeFromEnvironment(Source source, Text name) {
  return isSuperglobal(source) && wasFilled(source) &&
         !(source == Source::server && isOfRequest(name)) && !isInEnvironment(name);
}

// The name of a variable as the script gives it. PHP keeps names that are numbers as such.
struct Key {
  const zend_string* string = nullptr;
  zend_ulong number = 0;
  char digits[longestNumber];
  Text name{nullptr, 0};  // empty: no name

  explicit Key(const zval* key) {
    if (key == nullptr) return;
    if (Z_TYPE_P(key) == IS_LONG) {
      number = static_cast<zend_ulong>(Z_LVAL_P(key));
    } else if (Z_TYPE_P(key) != IS_STRING || Z_STRLEN_P(key) == 0) {
      return;
    } else if (!ZEND_HANDLE_NUMERIC_STR(Z_STRVAL_P(key), Z_STRLEN_P(key), number)) {
      string = Z_STR_P(key);
    }
    name = string != nullptr ? Text{ZSTR_VAL(string), ZSTR_LEN(string)} : textOf(static_cast<zend_long>(number), digits);
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;

  bool isVariable(Source source) const {
    return name.length != 0 && !(source == Source::server && isOfRequest(name));
  }
  const zval* in(zend_array* array) const {
    const zval* value = string != nullptr ? zend_hash_find(array, const_cast<zend_string*>(string))
                                          : zend_hash_index_find(array, number);
    if (value != nullptr) ZVAL_DEREF(value);
    return value;
  }
};

}  // namespace

const char* apiOf(Source source) {
  switch (source) {
    case Source::server: return "$_SERVER";
    case Source::environment: return "$_ENV";
    case Source::call: return "getenv()";
    case Source::other: break;
  }
  return "copied array";
}

Source sourceNamed(const zend_string* name) {
  if (ZSTR_LEN(name) == sizeof serverName - 1 && __builtin_memcmp(ZSTR_VAL(name), serverName, sizeof serverName) == 0)
    return Source::server;
  if (ZSTR_LEN(name) == sizeof environmentName - 1 &&
      __builtin_memcmp(ZSTR_VAL(name), environmentName, sizeof environmentName) == 0)
    return Source::environment;
  return Source::other;
}

zend_array* arrayOf(Source source) {
  const zval* variable =
      source == Source::server
          ? zend_hash_str_find(&EG(symbol_table), serverName, sizeof serverName - 1)
          : zend_hash_str_find(&EG(symbol_table), environmentName, sizeof environmentName - 1);
  if (variable == nullptr) return nullptr;
  if (Z_TYPE_P(variable) == IS_INDIRECT) variable = Z_INDIRECT_P(variable);
  ZVAL_DEREF(variable);
  return Z_TYPE_P(variable) == IS_ARRAY ? Z_ARR_P(variable) : nullptr;
}

Source sourceOf(const zend_array* array) {
  if (array == arrayOf(Source::server)) return Source::server;
  return array == arrayOf(Source::environment) ? Source::environment : Source::other;
}

void noteRead(Source source, zend_array* array, const zval* asked) {
  const Key key(asked);
  if (array == nullptr || key.name.length == 0) return;
  const zval* value = key.in(array);
  const bool ours = value != nullptr ? isFromEnvironment(source, key.name, value)
                                     : wouldBeFromEnvironment(source, key.name);
  if (ours) host->read({key.name, apiOf(source), place(), value != nullptr});
}

// The value as the script's children would get it.
void noteSet(Source source, const zval* asked, const zval* value) {
  const Key key(asked);
  if (!key.isVariable(source)) return;
  Text text{"", 0};
  char digits[longestNumber];
  if (value != nullptr && Z_TYPE_P(value) == IS_STRING) text = {Z_STRVAL_P(value), Z_STRLEN_P(value)};
  if (value != nullptr && Z_TYPE_P(value) == IS_TRUE) text = {"1", 1};
  if (value != nullptr && Z_TYPE_P(value) == IS_LONG) text = textOf(Z_LVAL_P(value), digits);
  host->write({ChangeKind::set, key.name, text, apiOf(source)});
}

void noteUnset(Source source, const zval* asked) {
  const Key key(asked);
  if (key.isVariable(source)) host->write({ChangeKind::unset, key.name, {nullptr, 0}, apiOf(source)});
}

}  // namespace envleak::adapters::php
