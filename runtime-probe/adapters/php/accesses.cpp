// PHP compiles `$_SERVER['X']` to two instructions: one fetches the superglobal into a temporary, the next one takes the
// element from it. A handler before the first, which is rare, sees both: no instruction that scripts use much is
// touched.
#include "runtime-probe/adapters/php/php.h"

namespace envleak::adapters::php {
namespace {

constexpr zend_uchar fetches[] = {ZEND_FETCH_R, ZEND_FETCH_W, ZEND_FETCH_RW, ZEND_FETCH_IS, ZEND_FETCH_UNSET, ZEND_FETCH_FUNC_ARG};
user_opcode_handler_t former[sizeof fetches];  // of another extension

user_opcode_handler_t formerOf(zend_uchar opcode) {
  for (std::size_t i = 0; i < sizeof fetches; ++i)
    if (fetches[i] == opcode) return former[i];
  return nullptr;
}

bool isOne(const zend_op* instruction, const zend_op* fetch) {
  return instruction->op1_type == fetch->result_type && instruction->op1.var == fetch->result.var;
}

void noteChange(const zend_execute_data* call, const zend_op* instruction, Source source) {
  const zval* key = operand(call, instruction, instruction->op2_type, instruction->op2);
  const zend_op* data = instruction + 1;
  switch (instruction->opcode) {
    case ZEND_ASSIGN_DIM: noteSet(source, key, operand(call, data, data->op1_type, data->op1)); break;
    case ZEND_ASSIGN_DIM_OP:
      noteRead(source, arrayOf(source), key);
      noteSet(source, key, nullptr);
      break;
    case ZEND_UNSET_DIM: noteUnset(source, key); break;
    default: break;
  }
}

void look(zend_execute_data* call) {
  const zend_op* fetch = call->opline;
  const zval* name = operand(call, fetch, fetch->op1_type, fetch->op1);
  if (name == nullptr || Z_TYPE_P(name) != IS_STRING) return;
  const Source source = sourceNamed(Z_STR_P(name));
  if (source == Source::other) return;
  const zend_op* next = fetch + 1;
  if (next >= call->func->op_array.opcodes + call->func->op_array.last) return;
  const bool changes =
      next->opcode == ZEND_ASSIGN_DIM || next->opcode == ZEND_ASSIGN_DIM_OP || next->opcode == ZEND_UNSET_DIM;
  if (changes && isOne(next, fetch))
    noteChange(call, next, source);
  else if (zend_array* array = arrayOf(source))
    follow(call, fetch, source, array);
}

int onFetch(zend_execute_data* call) {
  const zend_uchar opcode = call->opline->opcode;
  look(call);
  const user_opcode_handler_t next = formerOf(opcode);
  return next != nullptr ? next(call) : ZEND_USER_OPCODE_DISPATCH;
}

}  // namespace

const zval* operand(const zend_execute_data* call, const zend_op* instruction, zend_uchar type, znode_op place) {
  const zval* value = nullptr;
  if (type == IS_CONST)
    value = RT_CONSTANT(instruction, place);
  else if ((type & (IS_CV | IS_TMP_VAR | IS_VAR)) != 0)
    value = ZEND_CALL_VAR(call, place.var);
  if (value == nullptr) return nullptr;
  if (Z_TYPE_P(value) == IS_INDIRECT) value = Z_INDIRECT_P(value);
  ZVAL_DEREF(value);
  return value;
}

void watchAccesses() {
  for (std::size_t i = 0; i < sizeof fetches; ++i) {
    former[i] = zend_get_user_opcode_handler(fetches[i]);
    zend_set_user_opcode_handler(fetches[i], onFetch);
  }
}

}  // namespace envleak::adapters::php
