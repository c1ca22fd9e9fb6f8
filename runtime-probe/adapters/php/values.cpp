// PHP copies the environment into `$_SERVER`, `$_ENV` and the result of getenv(), and looks at all values to do so.
// The strings in its copy are replaced by equal ones whose bytes lie where the kernel can tell who looks at them
// (Host::window). Arrays and variables that the script copies them to share the string, as PHP's strings do: who
// compares lengths, counts or hands on such a value has not looked at it, and who looks is seen.
// PHP neither changes nor frees a string that is marked as interned.
#include "runtime-probe/adapters/php/php.h"

namespace envleak::adapters::php {
namespace {

constexpr std::size_t head = offsetof(zend_string, val);
static_assert(head <= windowHead);
constexpr std::uint32_t shared = GC_STRING | (IS_STR_INTERNED | IS_STR_PERSISTENT | IS_STR_PERMANENT) << GC_FLAGS_SHIFT;

void (*import_environment)(zval*);
std::uintptr_t lowest = UINTPTR_MAX, highest;  // of the strings made
bool unwatched, server_filled, environment_filled;

zend_string* stringAt(char* value, std::size_t length) {
  auto* string = reinterpret_cast<zend_string*>(value - head);
  // What was made already keeps its hash.
  if ((GC_TYPE_INFO(string) & shared) == shared && ZSTR_LEN(string) == length) return string;
  GC_SET_REFCOUNT(string, 2);
  GC_TYPE_INFO(string) = shared;
  ZSTR_H(string) = 0;
  ZSTR_LEN(string) = length;
  const auto address = reinterpret_cast<std::uintptr_t>(string);
  if (address < lowest) lowest = address;
  if (address > highest) highest = address;
  return string;
}

// The string that PHP has made stays where a script may ask how much memory is in use, once a request: it would be
// there without the probe.
bool fillsSuperglobal(const zval* array) {
  return array == &PG(http_globals)[TRACK_VARS_SERVER] || array == &PG(http_globals)[TRACK_VARS_ENV];
}

void shareValues(zval* array) {
  const bool keeps = fillsSuperglobal(array) && is_zend_mm();
  zend_ulong number;
  zend_string* string;
  zval* value;
  char digits[longestNumber];
  ZEND_HASH_FOREACH_KEY_VAL(Z_ARRVAL_P(array), number, string, value) {
    if (Z_TYPE_P(value) != IS_STRING) continue;
    const Text name = string != nullptr ? Text{ZSTR_VAL(string), ZSTR_LEN(string)}
                                        : textOf(static_cast<zend_long>(number), digits);
    zend_string* made = Z_STR_P(value);
    if (isImported(made)) continue;
    char* window = host->window(name, {ZSTR_VAL(made), ZSTR_LEN(made)});
    if (window == nullptr) continue;
    ZVAL_INTERNED_STR(value, stringAt(window, ZSTR_LEN(made)));
    if (!keeps) zend_string_release(made);
  }
  ZEND_HASH_FOREACH_END();
}

void import(zval* array) {
  import_environment(array);
  if (!ready || !onMainThread() || Z_TYPE_P(array) != IS_ARRAY) return;
  shareValues(array);
  if (array == &PG(http_globals)[TRACK_VARS_SERVER]) server_filled = true;
  if (array == &PG(http_globals)[TRACK_VARS_ENV]) environment_filled = true;
  zend_execute_data* call = EG(current_execute_data);
  if (fillsSuperglobal(array) || call == nullptr || call->func == nullptr || ZEND_USER_CODE(call->func->type)) return;
  // getenv() without a name, called by the script.
  if (unwatched) host->copied(apiOf(Source::call), place());
  zend_execute_data* caller = call->prev_execute_data;
  if (caller != nullptr && caller->func != nullptr && ZEND_USER_CODE(caller->func->type)) 
    follow(caller, caller->opline, Source::call, Z_ARR_P(array));
}

}  // namespace

void watchImports() {
  unwatched = !host->makeWindows();
  import_environment = php_import_environment_variables;
  php_import_environment_variables = import;
}

bool isImported(const zend_string* value) {
  const auto address = reinterpret_cast<std::uintptr_t>(value);
  return address >= lowest && address <= highest;
}

bool isCopy(zend_array* array) {
  std::uint32_t looked_at = 0;
  zval* value;
  ZEND_HASH_FOREACH_VAL(array, value) {
    if (Z_TYPE_P(value) == IS_STRING && isImported(Z_STR_P(value))) return true;
    if (++looked_at == 8) return false;
  }
  ZEND_HASH_FOREACH_END();
  return false;
}

bool isUnwatched() { return unwatched; }

bool wasFilled(Source source) {
  return source == Source::server ? server_filled : environment_filled;
}

}  // namespace envleak::adapters::php
