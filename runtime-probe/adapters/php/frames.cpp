#include "runtime-probe/adapters/php/php.h"

namespace envleak::adapters::php {
namespace {

const void* main_thread;
char names[8192];  // of methods, with their classes
int naming;        // a signal handler that comes in between has to do without

const void* thisThread() {
  const void* thread;
  __asm__("mov %%fs:0, %0" : "=r"(thread));
  return thread;
}

bool isScript(const zend_execute_data* call) {
  return call->func != nullptr && ZEND_USER_CODE(call->func->type) &&
         (call->func->common.fn_flags & ZEND_ACC_CALL_VIA_TRAMPOLINE) == 0 &&
         call->func->op_array.filename != nullptr;
}

bool isWithin(const zend_op_array& code, const zend_op* instruction) {
  return instruction >= code.opcodes && instruction < code.opcodes + code.last;
}

// Null: not known, as while an exception looks for who catches it.
const zend_op* instructionOf(const zend_execute_data* call) {
  const zend_op_array& code = call->func->op_array;
  if (isWithin(code, call->opline)) return call->opline;
  return isWithin(code, EG(opline_before_exception)) ? EG(opline_before_exception) : nullptr;
}

std::uint32_t lineOf(const zend_execute_data* call) {
  const zend_op* instruction = instructionOf(call);
  return instruction == nullptr ? call->func->op_array.line_start : instruction->lineno;
}

Text textOf(const zend_string* string) { return {ZSTR_VAL(string), ZSTR_LEN(string)}; }

// The name of an anonymous class goes on with its place in memory, behind a NUL.
Text classNameOf(const zend_class_entry* type) {
  Text name = textOf(type->name);
  std::size_t length = 0;
  while (length < name.length && name.data[length] != '\0') ++length;
  return {name.data, length};
}

Text functionOf(const zend_function* function, std::size_t& used) {
  if (function->common.function_name == nullptr) return {nullptr, 0};
  const Text name = textOf(function->common.function_name);
  if (function->common.scope == nullptr || naming > 1) return name;
  const Text type = classNameOf(function->common.scope);
  const std::size_t length = type.length + 2 + name.length;
  if (length > sizeof names - used) return name;
  char* start = names + used;
  __builtin_memcpy(start, type.data, type.length);
  __builtin_memcpy(start + type.length, "::", 2);
  __builtin_memcpy(start + type.length + 2, name.data, name.length);
  used += length;
  return {start, length};
}

const zend_execute_data* innermost() {
  if (!ready || !onMainThread()) return nullptr;
  const zend_execute_data* call = EG(current_execute_data);
  while (call != nullptr && !isScript(call)) call = call->prev_execute_data;
  return call;
}

// What is the same wherever the string lies, if PHP has it at hand.
std::uint64_t markOf(const zend_string* string) {
  if (string == nullptr) return 1;
  if (ZSTR_H(string) != 0) return ZSTR_H(string);
  std::uint64_t hash = ZSTR_LEN(string);
  for (std::size_t i = 0; i < ZSTR_LEN(string); ++i)
    hash = (hash ^ static_cast<unsigned char>(ZSTR_VAL(string)[i])) * 0x100000001B3;
  return hash;
}

}  // namespace

void rememberMainThread() { main_thread = thisThread(); }
bool onMainThread() { return thisThread() == main_thread; }

std::size_t frames(Frame* to, std::size_t most) {
  std::size_t count = 0, used = 0;
  ++naming;
  for (const zend_execute_data* call = innermost(); call != nullptr && count < most; call = call->prev_execute_data)
    if (isScript(call)) to[count++] = {textOf(call->func->op_array.filename), functionOf(call->func, used), lineOf(call)};
  --naming;
  return count;
}

// With the callers: one function of a library looks up all names for everyone, and who asked is what matters. As many as
// lead from there to the script, not so many that each depth of a recursion were a place of its own.
std::uint64_t place() {
  constexpr std::uint64_t spread = 0x9E3779B97F4A7C15;
  constexpr int most = 16;
  std::uint64_t mark = 0;
  int count = 0;
  for (const zend_execute_data* call = innermost(); call != nullptr && count < most; call = call->prev_execute_data) {
    if (!isScript(call)) continue;
    mark = mark * spread + markOf(call->func->op_array.filename);
    mark = mark * spread + markOf(call->func->common.function_name);
    mark = mark * spread + lineOf(call);
    ++count;
  }
  if (count == 0) return 0;
  mark ^= mark >> 32;
  return mark == 0 ? 1 : mark;
}

}  // namespace envleak::adapters::php
