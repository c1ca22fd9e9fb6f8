// What bash 5.2 exports, and the layouts of what it points to. Weak: where one is missing, the adapter does nothing.
#pragma once

#include <cstdint>

namespace envleak::bash {

inline constexpr char knownVersion[] = "5.2";

struct Variable {
  char* name;
  char* value;
  char* export_string;
  Variable* (*dynamic_value)(Variable*);  // bash calls it at each lookup; what it returns is what was found
  Variable* (*assign)(Variable*, char*, std::intmax_t, char*);
  std::int32_t attributes;
  std::int32_t context;
};
namespace attribute {
inline constexpr std::int32_t array = 0x4, function = 0x8, associative = 0x40, imported = 0x8000;
}

struct Bucket {
  Bucket* next;
  char* key;
  void* data;
  std::uint32_t hash;
  std::int32_t times_found;
};

struct Table {
  Bucket** buckets;
  std::int32_t bucket_count;
  std::int32_t entry_count;
};

struct Scope {
  char* name;
  std::int32_t depth;
  std::int32_t flags;
  Scope* up;
  Scope* down;
  Table* table;
};

struct Element {
  std::intmax_t index;
  char* value;
  Element* next;
  Element* previous;
};

struct Array {
  std::intmax_t last_index;
  std::intmax_t count;
  Element* head;  // of a ring, has no value itself
  Element* last_used;
};

extern "C" {
__attribute__((weak)) extern const char* const dist_version;
__attribute__((weak)) extern const int patch_level;
__attribute__((weak)) extern Scope* shell_variables;
__attribute__((weak)) extern Scope* global_variables;
__attribute__((weak)) extern char* command_execution_string;  // of bash -c
__attribute__((weak)) extern char** subshell_argv;            // set in a child that runs a script without "#!"
__attribute__((weak)) int executing_line_number();
__attribute__((weak)) Bucket* hash_search(const char* name, Table* table, int flags);
__attribute__((weak)) Variable* find_variable(const char* name);
}

// The script's calls are in arrays that bash keeps for it: FUNCNAME, BASH_SOURCE, BASH_LINENO. Null: no such array.
inline const Array* arrayNamed(const char* name) {
  if (global_variables == nullptr || global_variables->table == nullptr) return nullptr;
  const Bucket* found = hash_search(name, global_variables->table, 0);
  if (found == nullptr) return nullptr;
  const auto* variable = static_cast<const Variable*>(found->data);
  return (variable->attributes & attribute::array) != 0 ? reinterpret_cast<const Array*>(variable->value) : nullptr;
}

}  // namespace envleak::bash
