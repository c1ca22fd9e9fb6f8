// Libraries hand the whole array on and look up the name elsewhere: `get($_SERVER, $name)`, `$env = getenv()`. Which
// values they look at is known from the values themselves (values.cpp), but not the line. To know it, the instructions
// of a function that use a parameter or variable which just gets such an array are given a handler, these alone and
// not the same instruction elsewhere: an array access that has nothing to do with it stays as fast as it was.
//
// A handler belongs to a kind of instruction; PHP enters it for all of a kind once it is set. The table by which it
// does so is not exported; it is found by its contents, a byte for each kind, and checked by setting one. Where that is
// not possible such lines are not known.
#include "runtime-probe/adapters/php/php.h"

#include <link.h>

namespace envleak::adapters::php {
namespace {

constexpr zend_uchar followed[] = {ZEND_FETCH_DIM_R,    ZEND_FETCH_DIM_IS,  ZEND_FETCH_DIM_FUNC_ARG, ZEND_ISSET_ISEMPTY_DIM_OBJ,
                                   ZEND_FETCH_LIST_R,   ZEND_ARRAY_KEY_EXISTS, ZEND_SEND_VAR,        ZEND_SEND_VAR_EX,
                                   ZEND_SEND_FUNC_ARG,  ZEND_ASSIGN,        ZEND_RETURN};
constexpr int deepest = 8;

std::uint8_t* kinds;        // PHP's table: what an instruction of this kind is entered as
const void* entry;          // of an instruction with a handler
bool watched[256];          // kinds with a handler of ours

bool isFollowed(zend_uchar opcode) { return watched[opcode]; }

// Which operand of an instruction is the array.
bool takesArray(const zend_op* instruction, zend_uchar type, std::uint32_t variable) {
  const bool second = instruction->opcode == ZEND_ARRAY_KEY_EXISTS || instruction->opcode == ZEND_ASSIGN;
  return second ? instruction->op2_type == type && instruction->op2.var == variable
                : instruction->op1_type == type && instruction->op1.var == variable;
}

void watchVariable(const zend_op_array& code, std::uint32_t variable) {
  if (kinds == nullptr) return;
  for (zend_op* instruction = code.opcodes; instruction != code.opcodes + code.last; ++instruction)
    if (isFollowed(instruction->opcode) && instruction->handler != entry && takesArray(instruction, IS_CV, variable))
      instruction->handler = entry;
}

bool isNamed(const zend_string* name, const char* text) {
  return name != nullptr && __builtin_strcmp(ZSTR_VAL(name), text) == 0;
}

// The array becomes an argument of the call that is being prepared.
void followInto(zend_execute_data* prepared, const zend_op* send, Source source, zend_array* array) {
  if (prepared == nullptr || prepared->func == nullptr || send->op2_type != IS_UNUSED) return;
  const std::uint32_t number = send->op2.num;
  const zend_function* function = prepared->func;
  if (function->type == ZEND_USER_FUNCTION) {
    if (number <= function->common.num_args)
      watchVariable(function->op_array, static_cast<std::uint32_t>(EX_NUM_TO_VAR(number - 1)));
  } else if (number == 2 && function->common.scope == nullptr &&
             (isNamed(function->common.function_name, "array_key_exists") ||
              isNamed(function->common.function_name, "key_exists"))) {
    noteRead(source, array, ZEND_CALL_ARG(prepared, 1));
  }
}

bool isSend(zend_uchar opcode) {
  switch (opcode) {
    case ZEND_SEND_VAL:
    case ZEND_SEND_VAL_EX:
    case ZEND_SEND_VAR:
    case ZEND_SEND_VAR_EX:
    case ZEND_SEND_VAR_NO_REF:
    case ZEND_SEND_VAR_NO_REF_EX:
    case ZEND_SEND_REF:
    case ZEND_SEND_FUNC_ARG: return true;
    default: return false;
  }
}

const zval* keyOf(const zend_execute_data* call, const zend_op* instruction) {
  return instruction->opcode == ZEND_ARRAY_KEY_EXISTS
             ? operand(call, instruction, instruction->op1_type, instruction->op1)
             : operand(call, instruction, instruction->op2_type, instruction->op2);
}

void use(zend_execute_data* call, const zend_op* instruction, Source source, zend_array* array, int depth);

void becomeResult(zend_execute_data* call, const zend_op* instruction, Source source, zend_array* array, int depth) {
  const zend_op_array& code = call->func->op_array;
  const zend_op* next = instruction + 1;
  if (depth == 0 || instruction < code.opcodes || next >= code.opcodes + code.last) return;
  if ((instruction->result_type & (IS_TMP_VAR | IS_VAR | IS_CV)) == 0) return;
  if (takesArray(next, instruction->result_type, instruction->result.var))
    use(call, next, source, array, depth - 1);
  else if (isUnwatched() && isSuperglobal(source))
    host->copied(apiOf(source), place());
}

void returnTo(zend_execute_data* call, Source source, zend_array* array, int depth) {
  if ((call->func->common.fn_flags & ZEND_ACC_GENERATOR) != 0) return;
  zend_execute_data* caller = call->prev_execute_data;
  if (caller != nullptr && caller->func != nullptr && ZEND_USER_CODE(caller->func->type))
    becomeResult(caller, caller->opline, source, array, depth);
}

// `[$a, $b] = ` takes its elements one after the other.
void useAsList(const zend_execute_data* call, const zend_op* first, Source source, zend_array* array) {
  const zend_op* end = call->func->op_array.opcodes + call->func->op_array.last;
  for (const zend_op* at = first; at != end && at != first + 256; ++at) {
    const bool same = takesArray(at, first->op1_type, first->op1.var);
    if (same && at->opcode == ZEND_FREE) return;
    if (same && at->opcode == ZEND_FETCH_LIST_R && (at->op2_type & (IS_CONST | IS_CV)) != 0)
      noteRead(source, array, keyOf(call, at));
  }
}

// This instruction is about to be given the array.
void use(zend_execute_data* call, const zend_op* instruction, Source source, zend_array* array, int depth) {
  switch (instruction->opcode) {
    case ZEND_FETCH_DIM_R:
    case ZEND_FETCH_DIM_IS:
    case ZEND_FETCH_DIM_RW:
    case ZEND_FETCH_DIM_FUNC_ARG:
    case ZEND_ISSET_ISEMPTY_DIM_OBJ:
    case ZEND_ARRAY_KEY_EXISTS: return noteRead(source, array, keyOf(call, instruction));
    case ZEND_FETCH_LIST_R: return useAsList(call, instruction, source, array);
    case ZEND_ASSIGN:
      if (instruction->op1_type == IS_CV) watchVariable(call->func->op_array, instruction->op1.var);
      break;
    case ZEND_RETURN: returnTo(call, source, array, depth); break;
    case ZEND_FETCH_DIM_W:
    case ZEND_FETCH_DIM_UNSET: return;
    default:
      if (isSend(instruction->opcode)) followInto(call->call, instruction, source, array);
  }
  if (isUnwatched() && isSuperglobal(source))
    host->copied(apiOf(source), place());
}

int onFollowed(zend_execute_data* call) {
  const zend_op* instruction = call->opline;
  const bool second = instruction->opcode == ZEND_ARRAY_KEY_EXISTS || instruction->opcode == ZEND_ASSIGN;
  const zval* value = second ? operand(call, instruction, instruction->op2_type, instruction->op2)
                             : operand(call, instruction, instruction->op1_type, instruction->op1);
  if (value == nullptr || Z_TYPE_P(value) != IS_ARRAY) return ZEND_USER_OPCODE_DISPATCH;
  zend_array* array = Z_ARR_P(value);
  const Source source = sourceOf(array);
  if (instruction->opcode == ZEND_FETCH_LIST_R)
    noteRead(source, array, keyOf(call, instruction));
  else if (source != Source::other || isCopy(array))
    use(call, instruction, source, array, deepest);
  return ZEND_USER_OPCODE_DISPATCH;
}

bool isTable(const std::uint8_t* bytes) {
  for (unsigned i = 0; i < 256; ++i)
    if (bytes[i] != i && (bytes[i] != ZEND_USER_OPCODE || zend_get_user_opcode_handler(static_cast<zend_uchar>(i)) == nullptr))
      return false;
  return true;
}

// In the writable part of the file that holds PHP's other state.
int findTable(dl_phdr_info* file, std::size_t, void* found) {
  const auto known = reinterpret_cast<std::uintptr_t>(&php_import_environment_variables);
  for (int i = 0; i < file->dlpi_phnum; ++i) {
    const auto& part = file->dlpi_phdr[i];
    const std::uintptr_t start = file->dlpi_addr + part.p_vaddr;
    if (part.p_type != PT_LOAD || (part.p_flags & PF_W) == 0 || known < start || known >= start + part.p_memsz) continue;
    const std::uintptr_t end = start + part.p_filesz;
    for (std::uintptr_t at = (start + 15) / 16 * 16; at + 256 <= end; at += 16)
      if (auto* bytes = reinterpret_cast<std::uint8_t*>(at); isTable(bytes)) {
        *static_cast<std::uint8_t**>(found) = bytes;
        return 1;
      }
    return 1;
  }
  return 0;
}

// Of an instruction of the kind that stands for all those with a handler.
const void* entryOfHandlers() {
  zend_op instruction{};
  instruction.opcode = ZEND_USER_OPCODE;
  instruction.op1_type = instruction.op2_type = instruction.result_type = IS_UNUSED;
  zend_vm_set_opcode_handler(&instruction);
  return instruction.handler;
}

}  // namespace

void prepareToFollow() {
  std::uint8_t* table = nullptr;
  dl_iterate_phdr(findTable, &table);
  if (table == nullptr) return;
  for (const zend_uchar opcode : followed) {
    if (zend_get_user_opcode_handler(opcode) != nullptr) continue;  // another extension's
    zend_set_user_opcode_handler(opcode, onFollowed);
    if (table[opcode] != ZEND_USER_OPCODE) {
      zend_set_user_opcode_handler(opcode, nullptr);
      return;
    }
    table[opcode] = opcode;
    watched[opcode] = true;
  }
  entry = entryOfHandlers();
  kinds = table;
}

void follow(zend_execute_data* call, const zend_op* instruction, Source source, zend_array* array) {
  becomeResult(call, instruction, source, array, deepest);
}

}  // namespace envleak::adapters::php
