// What the parts of the PHP adapter share. PHP's own headers tell where its state lies; of its functions only those are
// called that change nothing, and none that may raise an error.
//
//   frames.cpp    where the script is
//   values.cpp    the copies of the environment that PHP makes, and whether a value is one of them
//   names.cpp     which elements of the superglobals are variables of the environment
//   accesses.cpp  `$_SERVER['X']` and the like
//   follow.cpp    `f($_SERVER)`, `$env = getenv()`: what is done with the array afterwards
//   elements.cpp  one access to one element, told to the probe
#pragma once

#include "runtime-probe/adapters/adapter.h"

extern "C" {
#include "php.h"
#include "SAPI.h"
#include "php_variables.h"
#include "zend_execute.h"
#include "zend_vm.h"
}

namespace envleak::adapters::php {

extern const Host* host;
extern bool ready;  // PHP has started, and is of the version that this was built for

// Where an array comes from that has a copy of the environment.
enum class Source { other, call, server, environment };
inline bool isSuperglobal(Source source) { return source == Source::server || source == Source::environment; }
const char* apiOf(Source source);

// frames.cpp
std::size_t frames(Frame* to, std::size_t most);
std::uint64_t place();
void rememberMainThread();
bool onMainThread();

// values.cpp
void watchImports();
bool isImported(const zend_string* value);  // a value as the environment had it, in one of PHP's copies
bool isCopy(zend_array* array);             // an array with such values
bool isUnwatched();                         // copies were made of which the probe does not see who looks at them
bool wasFilled(Source source);    // from the environment, at some time

// names.cpp
bool isOfRequest(Text name);  // what `$_SERVER` has beside the environment
bool isInEnvironment(Text name);
bool isInEnvironment(Text name, const zend_string* value);
inline constexpr std::size_t longestNumber = 20;
Text textOf(zend_long number, char (&to)[longestNumber]);

// elements.cpp
Source sourceNamed(const zend_string* name);
Source sourceOf(const zend_array* array);
zend_array* arrayOf(Source source);  // null: the script has made something else of it
void noteRead(Source source, zend_array* array, const zval* key);
void noteSet(Source source, const zval* key, const zval* value);  // null: with a value that is not known
void noteUnset(Source source, const zval* key);

// accesses.cpp
void watchAccesses();
// The operand that an instruction is about to use; null if it has none.
const zval* operand(const zend_execute_data* call, const zend_op* instruction, zend_uchar type, znode_op place);

// follow.cpp
void prepareToFollow();
// An array with a copy of the environment becomes the result of this instruction of a call in progress.
void follow(zend_execute_data* call, const zend_op* instruction, Source source, zend_array* array);

}  // namespace envleak::adapters::php
