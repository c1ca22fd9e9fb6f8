#include "runtime-probe/adapters/perl/element_magic.h"

#include "runtime-probe/adapters/perl/calls.h"
#include "runtime-probe/adapters/perl/environment.h"
#include "runtime-probe/adapters/perl/interpreter.h"
#include "runtime-probe/adapters/perl/names.h"

#include <sys/mman.h>
#include <unistd.h>

#include <initializer_list>

namespace envleak::perl {
namespace {

using adapters::Text;

Text nameOf(const MAGIC* magic) {
  if (magic->mg_ptr == nullptr) return {"", 0};
  if (magic->mg_len >= 0) return {magic->mg_ptr, static_cast<std::size_t>(magic->mg_len)};
  const SV* key = reinterpret_cast<const SV*>(magic->mg_ptr);
  return magic->mg_len == HEf_SVKEY && SvPOKp(key) ? Text{SvPVX_const(key), SvCUR(key)} : Text{"", 0};
}

enum class Operation { element, local, other };

Operation current(const PerlInterpreter* my_perl) {
  if (PL_op == nullptr) return Operation::other;
  switch (PL_op->op_type) {
    case OP_HELEM:
    case OP_MULTIDEREF:
      return (PL_op->op_private & OPpLVAL_INTRO) != 0 ? Operation::local : Operation::element;
    case OP_HSLICE:
    case OP_DELETE:
    case OP_RV2HV:
      return (PL_op->op_private & OPpLVAL_INTRO) != 0 ? Operation::local : Operation::other;
    default: return Operation::other;
  }
}

// `local` looks at the value to keep it. What was told by name is known; a value that nobody named is on its way with
// all of them.
int onFetch(PerlInterpreter* my_perl, SV* value, MAGIC* magic) {
  const Operation operation = current(my_perl);
  const Text name = nameOf(magic);
  if (operation == Operation::local || name.length == 0) return 0;
  const std::uint64_t hash = hashOf(name);
  const Known before = known(hash);
  const bool named = namedForChange(my_perl, hash) || before == Known::named;
  if (named || (operation == Operation::element && !toldByOperation(my_perl)))
    tellRead(my_perl, name, SvOK(value));
  else if (before == Known::nothing && !wholeWasTold())
    tellWhole(my_perl, "%ENV");
  return 0;
}

// --- Changes --------------------------------------------------------------------------------------------------------

using Function = int (*)(PerlInterpreter*, SV*, MAGIC*);
Function setElement, clearElement, setAll, clearAll;

// Only the first interpreter's %ENV changes the environment.
bool changesEnvironment(const PerlInterpreter* my_perl) { return PL_curinterp == my_perl; }

void tellChange(adapters::ChangeKind kind, Text name, Text value) { host->write({kind, name, value, "%ENV"}); }

int onSet(PerlInterpreter* my_perl, SV* value, MAGIC* magic) {
  const int result = setElement(my_perl, value, magic);
  if (!changesEnvironment(my_perl)) return result;
  const Text text = SvPOKp(value) ? Text{SvPVX_const(value), SvCUR(value)} : Text{"", 0};
  tellChange(adapters::ChangeKind::set, nameOf(magic), text);
  return result;
}

int onClear(PerlInterpreter* my_perl, SV* value, MAGIC* magic) {
  const int result = clearElement(my_perl, value, magic);
  if (changesEnvironment(my_perl)) tellChange(adapters::ChangeKind::unset, nameOf(magic), {"", 0});
  return result;
}

// The end of `local %ENV`: what it was is set again.
int onSetAll(PerlInterpreter* my_perl, SV* value, MAGIC* magic) {
  const int result = setAll(my_perl, value, magic);
  if (!PL_localizing || !changesEnvironment(my_perl) || SvTYPE(value) != SVt_PVHV) return result;
  tellChange(adapters::ChangeKind::clear, {"", 0}, {"", 0});
  const HV* all = reinterpret_cast<const HV*>(value);
  for (STRLEN i = 0; HvARRAY(all) != nullptr && i <= HvMAX(all); ++i)
    for (const HE* entry = HvARRAY(all)[i]; entry != nullptr; entry = HeNEXT(entry)) {
      const SV* one = HeVAL(entry);
      if (HeKLEN(entry) < 0 || one == nullptr || !SvPOKp(one)) continue;
      tellChange(adapters::ChangeKind::set, {HeKEY(entry), static_cast<std::size_t>(HeKLEN(entry))},
                 {SvPVX_const(one), SvCUR(one)});
    }
  return result;
}

int onClearAll(PerlInterpreter* my_perl, SV* value, MAGIC* magic) {
  const int result = clearAll(my_perl, value, magic);
  if (changesEnvironment(my_perl)) tellChange(adapters::ChangeKind::clear, {"", 0}, {"", 0});
  return result;
}

void replace(Function& slot, Function ours, Function& original) {
  original = slot;
  slot = ours;
}

}  // namespace

bool watchMagic() {
  auto* whole = const_cast<MGVTBL*>(&PL_magic_vtables[want_vtbl_env]);
  auto* element = const_cast<MGVTBL*>(&PL_magic_vtables[want_vtbl_envelem]);
  for (const MGVTBL* kind : {whole, element})
    if (kind->svt_get != nullptr || kind->svt_set == nullptr || kind->svt_clear == nullptr) return false;
  // The table is constant data, which the loader made read-only.
  const auto page_size = static_cast<std::uintptr_t>(getpagesize());
  const std::uintptr_t first = reinterpret_cast<std::uintptr_t>(whole < element ? whole : element) & ~(page_size - 1);
  const std::uintptr_t behind = reinterpret_cast<std::uintptr_t>((whole < element ? element : whole) + 1);
  auto* pages = reinterpret_cast<void*>(first);
  if (mprotect(pages, behind - first, PROT_READ | PROT_WRITE) != 0) return false;
  element->svt_get = &onFetch;
  replace(element->svt_set, &onSet, setElement);
  replace(element->svt_clear, &onClear, clearElement);
  replace(whole->svt_set, &onSetAll, setAll);
  replace(whole->svt_clear, &onClearAll, clearAll);
  mprotect(pages, behind - first, PROT_READ);
  return true;
}

}  // namespace envleak::perl
