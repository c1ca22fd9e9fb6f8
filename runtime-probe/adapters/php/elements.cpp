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

const char* apiOf(Superglobal superglobal) {
  switch (superglobal) {
    case Superglobal::server: return "$_SERVER";
    case Superglobal::environment: return "$_ENV";
    case Superglobal::none: break;
  }
  return "getenv()";
}

// The web server's parameters overwrite what the environment has under their names.
bool isOfWebServer(const zend_string* name) {
  const char* kind = sapi_module.name;
  const bool fast_cgi = kind != nullptr && (__builtin_strcmp(kind, "fpm-fcgi") == 0 || __builtin_strcmp(kind, "cgi-fcgi") == 0);
  return fast_cgi && host->received({ZSTR_VAL(name), ZSTR_LEN(name)});
}

bool isFromEnvironment(Superglobal superglobal, const zend_string* name, const zval* value) {
  if (Z_TYPE_P(value) != IS_STRING) return false;
  if (isImported(Z_STR_P(value))) return true;
  if (superglobal == Superglobal::none || (superglobal == Superglobal::server && isOfRequest(name))) return false;
  return isInEnvironment(name, Z_STR_P(value)) && !isOfWebServer(name);
}

bool wouldBeFromEnvironment(Superglobal superglobal, const zend_string* name) {
  return superglobal != Superglobal::none && wasFilled(superglobal) &&
         !(superglobal == Superglobal::server && isOfRequest(name)) && !isInEnvironment(name);
}

bool isName(const zval* key) { return key != nullptr && Z_TYPE_P(key) == IS_STRING && Z_STRLEN_P(key) != 0; }

bool isVariable(Superglobal superglobal, const zval* key) {
  return isName(key) && !(superglobal == Superglobal::server && isOfRequest(Z_STR_P(key)));
}

void tell(ChangeKind kind, Superglobal superglobal, const zval* key, Text value) {
  host->write({kind, {Z_STRVAL_P(key), Z_STRLEN_P(key)}, value, apiOf(superglobal)});
}

}  // namespace

Superglobal superglobalNamed(const zend_string* name) {
  if (ZSTR_LEN(name) == sizeof serverName - 1 && __builtin_memcmp(ZSTR_VAL(name), serverName, sizeof serverName) == 0)
    return Superglobal::server;
  if (ZSTR_LEN(name) == sizeof environmentName - 1 &&
      __builtin_memcmp(ZSTR_VAL(name), environmentName, sizeof environmentName) == 0)
    return Superglobal::environment;
  return Superglobal::none;
}

zend_array* arrayOf(Superglobal superglobal) {
  const zval* variable =
      superglobal == Superglobal::server
          ? zend_hash_str_find(&EG(symbol_table), serverName, sizeof serverName - 1)
          : zend_hash_str_find(&EG(symbol_table), environmentName, sizeof environmentName - 1);
  if (variable == nullptr) return nullptr;
  if (Z_TYPE_P(variable) == IS_INDIRECT) variable = Z_INDIRECT_P(variable);
  ZVAL_DEREF(variable);
  return Z_TYPE_P(variable) == IS_ARRAY ? Z_ARR_P(variable) : nullptr;
}

Superglobal superglobalThatIs(const zend_array* array) {
  if (array == arrayOf(Superglobal::server)) return Superglobal::server;
  return array == arrayOf(Superglobal::environment) ? Superglobal::environment : Superglobal::none;
}

void noteRead(Superglobal superglobal, zend_array* array, const zval* key) {
  if (array == nullptr || !isName(key)) return;
  zend_string* name = Z_STR_P(key);
  const zval* value = zend_hash_find(array, name);
  if (value != nullptr) ZVAL_DEREF(value);
  const bool ours = value != nullptr ? isFromEnvironment(superglobal, name, value) : wouldBeFromEnvironment(superglobal, name);
  if (ours) host->read({{ZSTR_VAL(name), ZSTR_LEN(name)}, apiOf(superglobal), place(), value != nullptr});
}

void noteSet(Superglobal superglobal, const zval* key, const zval* value) {
  if (!isVariable(superglobal, key)) return;
  Text text{"", 0};
  char digits[MAX_LENGTH_OF_LONG];
  if (value != nullptr && Z_TYPE_P(value) == IS_STRING) {
    text = {Z_STRVAL_P(value), Z_STRLEN_P(value)};
  } else if (value != nullptr && Z_TYPE_P(value) == IS_TRUE) {
    text = {"1", 1};
  } else if (value != nullptr && Z_TYPE_P(value) == IS_LONG) {
    char* start = digits + sizeof digits;
    auto number = static_cast<zend_ulong>(Z_LVAL_P(value) < 0 ? -static_cast<zend_ulong>(Z_LVAL_P(value)) : Z_LVAL_P(value));
    do *--start = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    if (Z_LVAL_P(value) < 0) *--start = '-';
    text = {start, static_cast<std::size_t>(digits + sizeof digits - start)};
  }
  tell(ChangeKind::set, superglobal, key, text);
}

void noteUnset(Superglobal superglobal, const zval* key) {
  if (isVariable(superglobal, key)) tell(ChangeKind::unset, superglobal, key, {nullptr, 0});
}

}  // namespace envleak::adapters::php
