#include "runtime-probe/adapters/bash/lookups.h"

#include "runtime-probe/adapters/bash/callers.h"
#include "runtime-probe/adapters/bash/calls.h"
#include "runtime-probe/adapters/bash/interpreter.h"
#include "runtime-probe/adapters/import_slot.h"
#include "runtime-probe/preload/bytes.h"

#include <unistd.h>

namespace envleak::bash {
namespace {

constexpr char api[] = "$";
const adapters::Host* host;

// What each variable was worth when it was imported. A value that the script has put in its place is not inherited; one
// that it added to is.
struct Import {
  const Variable* variable;
  std::uint64_t hash;
  std::size_t length;
  bool added_to;
};
constexpr std::size_t mostImports = 16384;  // a power of two; half of it is used
Import imports[mostImports];
std::size_t import_count;
bool begun;

// Where the imported values lie, and others in between.
const char* lowest;
const char* highest;

std::uint64_t hashOf(const char* value, std::size_t length) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (std::size_t i = 0; i < length; ++i) hash = (hash ^ static_cast<unsigned char>(value[i])) * 0x100000001B3;
  return hash;
}

Import* placeOf(const Variable* variable) {
  const std::uint64_t start = reinterpret_cast<std::uint64_t>(variable) * 0x9E3779B97F4A7C15 >> 50;
  for (std::size_t i = 0; i < mostImports; ++i) {
    Import& import = imports[(start + i) % mostImports];
    if (import.variable == variable || import.variable == nullptr) return &import;
  }
  return nullptr;
}

bool holdsImport(const Variable& variable) {
  const Import* import = placeOf(&variable);
  if (import == nullptr || import->variable == nullptr) return true;
  if ((variable.attributes & (attribute::array | attribute::associative)) != 0) return true;
  const char* value = variable.value == nullptr ? "" : variable.value;
  std::size_t length = 0;
  while (length < import->length && value[length] != '\0') ++length;
  if (length != import->length || (!import->added_to && value[length] != '\0')) return false;
  return hashOf(value, length) == import->hash;
}

void tell(const Variable& variable) {
  host->read({{variable.name, preload::lengthOf(variable.name)}, api, innermostPlace(), true});
}

Variable* onLookup(Variable* variable) {
  if (holdsImport(*variable) && !wantsNoValue(__builtin_frame_address(0))) tell(*variable);
  return variable;
}

void watch(Variable* variable) {
  constexpr std::int32_t not_plain = attribute::function | attribute::array | attribute::associative;
  if ((variable->attributes & attribute::imported) == 0 || (variable->attributes & not_plain) != 0) return;
  if (variable->dynamic_value != nullptr || variable->value == nullptr) return;
  if (import_count >= mostImports / 2) return;
  Import* import = placeOf(variable);
  if (import->variable == nullptr) ++import_count;
  const std::size_t length = preload::lengthOf(variable->value);
  *import = {variable, hashOf(variable->value, length), length, false};
  if (lowest == nullptr || variable->value < lowest) lowest = variable->value;
  if (variable->value > highest) highest = variable->value;
  variable->dynamic_value = onLookup;
}

// bash reads them while it imports the others.
void noteStart() {
  static constexpr char names[][16] = {"POSIXLY_CORRECT", "POSIX_PEDANTIC", "HOME", "PWD", "OLDPWD"};
  for (const char* name : names) {
    const adapters::Text text{name, preload::lengthOf(name)};
    host->read({text, api, 0, host->received(text)});
  }
}

// In another layout the names would not be where they are looked for.
bool isAsKnown(const Table& table) {
  for (std::int32_t i = 0; i < table.bucket_count; ++i)
    for (const Bucket* bucket = table.buckets[i]; bucket != nullptr; bucket = bucket->next)
      if (!preload::sameText(bucket->key, static_cast<const Variable*>(bucket->data)->name)) return false;
  return true;
}

void watchAll(const Table& table) {
  const bool first = !begun;
  begun = true;
  if (!isAsKnown(table)) {
    if (first) host->note("adapter-version", "its variables are laid out in another way than the adapter knows");
    return;
  }
  for (std::int32_t i = 0; i < table.bucket_count; ++i)
    for (const Bucket* bucket = table.buckets[i]; bucket != nullptr; bucket = bucket->next)
      watch(static_cast<Variable*>(bucket->data));
  if (!first) return;
  if (import_count >= mostImports / 2) return host->note("adapter", "more variables than its adapter can watch");
  noteStart();
  static char version[32];
  char* end = version;
  for (const char* from = dist_version; *from != '\0' && end < version + 16; ++from) *end++ = *from;
  *end++ = '.';
  end = preload::putNumber(end, static_cast<std::uint32_t>(patch_level));
  *end = '\0';
  host->covers(version);
}

// bash asks for its own number (for $$) right after it has imported all. It imports anew in a child that runs a script
// without "#!".
pid_t askNumber() {
  if ((!begun || subshell_argv != nullptr) && global_variables != nullptr && global_variables->table != nullptr)
    watchAll(*global_variables->table);
  return getpid();
}

}  // namespace

bool isWatched(const Variable* variable) {
  const Import* import = placeOf(variable);
  return import != nullptr && import->variable == variable;
}

const Variable* importAt(const char* value) {
  if (value < lowest || value > highest || value == nullptr) return nullptr;
  const Table* table = global_variables == nullptr ? nullptr : global_variables->table;
  for (std::int32_t i = 0; table != nullptr && i < table->bucket_count; ++i)
    for (const Bucket* bucket = table->buckets[i]; bucket != nullptr; bucket = bucket->next) {
      const auto* variable = static_cast<const Variable*>(bucket->data);
      if (variable->value == value && variable->dynamic_value == onLookup && holdsImport(*variable)) return variable;
    }
  return nullptr;
}

void tellAddition(const Variable& variable, bool to_itself) {
  tell(variable);
  if (to_itself && isWatched(&variable)) placeOf(&variable)->added_to = true;
}

bool watchLookups(const adapters::Host& with) {
  host = &with;
  findCallers();
  return adapters::leadImport(reinterpret_cast<const void*>(&executing_line_number), "getpid",
                              reinterpret_cast<const void*>(&askNumber));
}

}  // namespace envleak::bash
