#include "runtime-probe/adapters/perl/environment.h"

#include "runtime-probe/adapters/perl/calls.h"
#include "runtime-probe/adapters/perl/names.h"

namespace envleak::perl {
namespace {

using adapters::Text;
using Function = Perl_ppaddr_t;

constexpr char api[] = "%ENV";
bool whole_told = false;

// --- Elements -------------------------------------------------------------------------------------------------------

// What an interpreter named last.
struct Last {
  const PerlInterpreter* where;
  const OP* told_by;        // the operation
  const COP* statement;     // that may change
  std::uint64_t to_change;  // the element with this hash
};
constexpr std::size_t interpreters = 16;  // that have a slot of their own, as a rule
Last last[interpreters];

Last& lastOf(const PerlInterpreter* my_perl) {
  Last& found = last[(reinterpret_cast<std::uintptr_t>(my_perl) >> 12) % interpreters];
  if (found.where != my_perl) found = {my_perl, nullptr, nullptr, 0};
  return found;
}

enum class Use { read, change };

Use useOf(const OP* operation) {
  const bool change = (operation->op_flags & OPf_MOD) != 0 && (operation->op_private & OPpLVAL_DEFER) == 0;
  return change ? Use::change : Use::read;
}

// In characters of one byte, as the hash and the environment have it. False: it does not fit, or has others.
bool asBytes(Text utf8, char* to, std::size_t size, Text& bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < utf8.length; ++i, ++length) {
    auto byte = static_cast<unsigned char>(utf8.data[i]);
    if (length == size) return false;
    if (byte >= 0x80) {
      if (byte > 0xC3 || i + 1 == utf8.length) return false;
      byte = static_cast<unsigned char>(byte << 6 | (utf8.data[++i] & 0x3F));
    }
    to[length] = static_cast<char>(byte);
  }
  bytes = {to, length};
  return true;
}

// A key that is an object, tied or otherwise magical is not asked: that could run code. The look at the value tells it.
void nameElement(PerlInterpreter* my_perl, HV* environment, SV* key, Use use) {
  Last& named = lastOf(my_perl);
  named.told_by = nullptr;
  if (key == nullptr || SvROK(key) || SvGMAGICAL(key) || SvTYPE(key) > SVt_PVMG || !SvOK(key)) return;
  // The original does the same with the key.
  const bool set =
      Perl_hv_common(my_perl, environment, key, nullptr, 0, 0, HV_FETCH_ISEXISTS, nullptr, 0) != nullptr;
  if (!SvPOKp(key)) return;
  Text name = {SvPVX_const(key), SvCUR(key)};
  char narrow[256];
  if (SvUTF8(key)) asBytes(name, narrow, sizeof narrow, name);
  if (use == Use::read) {
    named.told_by = PL_op;
    return tellRead(my_perl, name, set);
  }
  named.statement = PL_curcop;
  named.to_change = hashOf(name);
  note(named.to_change, Known::named);
}

// --- Operations -----------------------------------------------------------------------------------------------------

Function helem, multideref, exists, remove_, hslice, kvhslice, keys, values, each, rv2hv;

SV* top(const PerlInterpreter* my_perl, int below = 0) { return PL_stack_sp[-below]; }

bool isEnvironment(const PerlInterpreter* my_perl, const SV* sv) {
  return sv != nullptr && sv == reinterpret_cast<const SV*>(environmentOf(my_perl));
}

OP* onHelem(PerlInterpreter* my_perl) {
  SV* hash = top(my_perl, 1);
  if (isEnvironment(my_perl, hash) && (PL_op->op_private & OPpLVAL_INTRO) == 0) [[unlikely]]
    nameElement(my_perl, reinterpret_cast<HV*>(hash), top(my_perl), useOf(PL_op));
  return helem(my_perl);
}

// Of `$ENV{KEY}` and `$reference->{KEY}`, where KEY is a constant or a plain variable: the operation's first step.
struct Element {
  HV* hash;
  SV* key;
  UV step;
};

SV* referred(const SV* sv) { return sv != nullptr && SvROK(sv) ? SvRV(sv) : nullptr; }

Element firstElement(PerlInterpreter* my_perl) {
  UNOP_AUX_item* items = cUNOP_AUXx(PL_op)->op_aux;
  const UV step = items->uv;
  const SV* hash;
  switch (step & MDEREF_ACTION_MASK) {
    case MDEREF_HV_gvhv_helem: hash = reinterpret_cast<SV*>(GvHV(reinterpret_cast<GV*>(PAD_SVl((++items)->pad_offset)))); break;
    case MDEREF_HV_padsv_vivify_rv2hv_helem: hash = referred(PAD_SVl((++items)->pad_offset)); break;
    case MDEREF_HV_gvsv_vivify_rv2hv_helem: hash = referred(GvSV(reinterpret_cast<GV*>(PAD_SVl((++items)->pad_offset)))); break;
    case MDEREF_HV_pop_rv2hv_helem: hash = referred(top(my_perl)); break;
    default: return {};
  }
  if (!isEnvironment(my_perl, hash)) [[likely]] return {};
  SV* key = nullptr;
  switch (step & MDEREF_INDEX_MASK) {
    case MDEREF_INDEX_const: key = PAD_SVl((++items)->pad_offset); break;
    case MDEREF_INDEX_padsv: key = PAD_SVl((++items)->pad_offset); break;
    case MDEREF_INDEX_gvsv: key = GvSV(reinterpret_cast<GV*>(PAD_SVl((++items)->pad_offset))); break;
    default: break;  // another operation has it
  }
  return {environmentOf(my_perl), key, step};
}

bool isWanted(PerlInterpreter* my_perl) { return GIMME_V != G_VOID; }

OP* onMultideref(PerlInterpreter* my_perl) {
  const Element element = firstElement(my_perl);
  if (element.key != nullptr) [[unlikely]] {
    const bool last_step = (element.step & MDEREF_FLAG_last) != 0;
    const U8 what = last_step ? PL_op->op_private : 0;
    const bool unread = (what & OPpLVAL_INTRO) != 0 || ((what & OPpMULTIDEREF_DELETE) != 0 && !isWanted(my_perl));
    const bool whole_use = (what & (OPpMULTIDEREF_EXISTS | OPpMULTIDEREF_DELETE)) != 0 || !last_step;
    if (!unread) nameElement(my_perl, element.hash, element.key, whole_use ? Use::read : useOf(PL_op));
  }
  return multideref(my_perl);
}

OP* onExists(PerlInterpreter* my_perl) {
  if ((PL_op->op_private & OPpEXISTS_SUB) == 0 && isEnvironment(my_perl, top(my_perl, 1))) [[unlikely]]
    nameElement(my_perl, environmentOf(my_perl), top(my_perl), Use::read);
  return exists(my_perl);
}

// The keys of a slice, which lie on the stack from its mark to below the hash.
void nameSlice(PerlInterpreter* my_perl, Use use) {
  for (SV** key = PL_stack_base + *PL_markstack_ptr + 1; key < PL_stack_sp; ++key)
    nameElement(my_perl, environmentOf(my_perl), *key, use);
}

OP* onDelete(PerlInterpreter* my_perl) {
  const bool slice = (PL_op->op_private & (OPpSLICE | OPpKVSLICE)) != 0;
  if (isEnvironment(my_perl, top(my_perl, slice ? 0 : 1)) && (PL_op->op_private & OPpLVAL_INTRO) == 0 &&
      isWanted(my_perl)) [[unlikely]] {
    if (slice)
      nameSlice(my_perl, Use::read);
    else
      nameElement(my_perl, environmentOf(my_perl), top(my_perl), Use::read);
  }
  return remove_(my_perl);
}

OP* onHslice(PerlInterpreter* my_perl) {
  if (isEnvironment(my_perl, top(my_perl)) && (PL_op->op_private & OPpLVAL_INTRO) == 0) [[unlikely]]
    nameSlice(my_perl, (PL_op->op_flags & OPf_MOD) != 0 ? Use::change : Use::read);
  return hslice(my_perl);
}

OP* onKvhslice(PerlInterpreter* my_perl) {
  if (isEnvironment(my_perl, top(my_perl))) [[unlikely]]
    nameSlice(my_perl, Use::read);
  return kvhslice(my_perl);
}

bool isList(PerlInterpreter* my_perl) { return GIMME_V == G_LIST; }

OP* onKeys(PerlInterpreter* my_perl) {
  if (isEnvironment(my_perl, top(my_perl)) && isList(my_perl)) [[unlikely]] tellWhole(my_perl, "keys %ENV");
  return keys(my_perl);
}

OP* onValues(PerlInterpreter* my_perl) {
  if (isEnvironment(my_perl, top(my_perl)) && isList(my_perl)) [[unlikely]] tellWhole(my_perl, "values %ENV");
  return values(my_perl);
}

OP* onEach(PerlInterpreter* my_perl) {
  if (isEnvironment(my_perl, top(my_perl))) [[unlikely]] tellWhole(my_perl, "each %ENV");
  return each(my_perl);
}

OP* onRv2hv(PerlInterpreter* my_perl) {
  SV* of = top(my_perl);
  if (of != nullptr && (PL_op->op_flags & OPf_REF) == 0) {
    const bool glob = isGV_with_GP(of);
    const SV* hash = glob ? reinterpret_cast<SV*>(GvHV(reinterpret_cast<GV*>(of))) : referred(of);
    if (isEnvironment(my_perl, hash) && isList(my_perl)) [[unlikely]] tellWhole(my_perl, api);
  }
  return rv2hv(my_perl);
}

}  // namespace

void tellRead(const PerlInterpreter* my_perl, Text name, bool set) {
  note(hashOf(name), Known::told);
  host->read({name, api, placeIn(my_perl), set});
}

void tellWhole(const PerlInterpreter* my_perl, const char* how) {
  whole_told = true;
  host->copied(how, placeIn(my_perl));
}

bool wholeWasTold() { return whole_told; }

bool namedForChange(const PerlInterpreter* my_perl, std::uint64_t hash) {
  const Last& named = lastOf(my_perl);
  return named.statement == PL_curcop && named.to_change == hash;
}

bool toldByOperation(const PerlInterpreter* my_perl) { return lastOf(my_perl).told_by == PL_op; }

void replaceOperations() {
  const auto replace = [](unsigned operation, Function ours, Function& original) {
    original = PL_ppaddr[operation];
    PL_ppaddr[operation] = ours;
  };
  replace(OP_HELEM, &onHelem, helem);
  replace(OP_MULTIDEREF, &onMultideref, multideref);
  replace(OP_EXISTS, &onExists, exists);
  replace(OP_DELETE, &onDelete, remove_);
  replace(OP_HSLICE, &onHslice, hslice);
  replace(OP_KVHSLICE, &onKvhslice, kvhslice);
  replace(OP_KEYS, &onKeys, keys);
  replace(OP_VALUES, &onValues, values);
  replace(OP_EACH, &onEach, each);
  replace(OP_RV2HV, &onRv2hv, rv2hv);
}

}  // namespace envleak::perl
