#include "runtime-probe/adapters/perl/calls.h"

namespace envleak::perl {
namespace {

using adapters::Frame;
using adapters::Text;

PerlInterpreter* current() {
  if (PL_curinterp == nullptr) return nullptr;
  auto* my_perl = static_cast<PerlInterpreter*>(Perl_get_context());
  return my_perl == nullptr || PL_curcop == nullptr || PL_curstackinfo == nullptr ? nullptr : my_perl;
}

Text textOf(const char* text) { return text == nullptr ? Text{"", 0} : Text{text, __builtin_strlen(text)}; }
Text textOf(const HEK* key) { return key == nullptr ? Text{"", 0} : Text{HEK_KEY(key), static_cast<std::size_t>(HEK_LEN(key))}; }

// "Package::function", which the interpreter has in two parts. Rooms are used in turn, so that another thread's
// question does not change this one's.
class Room {
 public:
  Text joined(Text package, Text function) {
    constexpr Text main = {"main", 4};
    if (package.length == main.length && __builtin_memcmp(package.data, main.data, main.length) == 0) return function;
    if (at_ == nullptr) {
      at_ = rooms[__atomic_fetch_add(&next_room, 1, __ATOMIC_RELAXED) % count];
      end_ = at_ + size;
    }
    if (package.length == 0 || package.length + 2 + function.length > static_cast<std::size_t>(end_ - at_)) return function;
    char* const begin = at_;
    put(package);
    put({"::", 2});
    put(function);
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

 private:
  static constexpr std::size_t size = 4096;
  static constexpr unsigned count = 32;
  static inline char rooms[count][size];
  static inline unsigned next_room = 0;

  void put(Text text) {
    __builtin_memcpy(at_, text.data, text.length);
    at_ += text.length;
  }
  char* at_ = nullptr;
  char* end_ = nullptr;
};

Text nameOf(const HV* stash) {
  if (stash == nullptr || SvTYPE(stash) != SVt_PVHV || HvNAME_get(stash) == nullptr) return {"", 0};
  return textOf(HvNAME_HEK_NN(stash));
}

// Of a sub, without making its glob if it has none.
Text functionOf(const CV* sub, Room& room) {
  const auto* body = static_cast<const XPVCV*>(SvANY(sub));
  if (CvNAMED(sub)) return room.joined(nameOf(body->xcv_stash), textOf(body->xcv_gv_u.xcv_hek));
  const GV* glob = body->xcv_gv_u.xcv_gv;
  if (glob == nullptr || !isGV_with_GP(glob)) return {"__ANON__", 8};
  return room.joined(nameOf(GvSTASH(glob)), textOf(GvNAME_HEK(glob)));
}

bool place(Frame& frame, const COP* statement) {
  frame.file = textOf(CopFILE(statement));
  frame.line = CopLINE(statement);
  return frame.file.length != 0;
}

// A sub, or a file that is loaded; null: neither.
enum class Kind { none, sub, file };
Kind kindOf(const PERL_CONTEXT& context) {
  switch (CxTYPE(&context)) {
    case CXt_SUB:
    case CXt_FORMAT: return Kind::sub;
    case CXt_EVAL: return CxTRYBLOCK(&context) || CxTRY(&context) ? Kind::none : Kind::file;
    default: return Kind::none;
  }
}

}  // namespace

std::size_t frames(Frame* to, std::size_t most) {
  PerlInterpreter* my_perl = current();
  if (my_perl == nullptr || most == 0) return 0;
  Room room;
  // A condition has no statement of its own: as for messages, the nearest one to the operation.
  const COP* statement = PL_curcop;
  if (PL_op != nullptr && statement != &PL_compiling)
    if (const COP* closer = Perl_closest_cop(my_perl, statement, OpSIBLING(statement), PL_op, FALSE)) statement = closer;
  std::size_t count = 0;
  for (const PERL_SI* stack = PL_curstackinfo; stack != nullptr; stack = stack->si_prev) {
    for (I32 i = stack->si_cxix; i >= 0; --i) {
      const PERL_CONTEXT& context = stack->si_cxstack[i];
      const Kind kind = kindOf(context);
      if (kind == Kind::none) continue;
      if (place(to[count], statement)) {
        to[count].function = kind == Kind::sub ? functionOf(context.blk_sub.cv, room) : Text{"", 0};
        if (++count == most) return count;
      }
      statement = context.blk_oldcop;
    }
  }
  if (place(to[count], statement)) to[count++].function = {"", 0};
  return count;
}

std::uint64_t placeIn(const PerlInterpreter* my_perl) {
  if (PL_curcop == nullptr) return 0;
  const char* file = CopFILE(PL_curcop);
  if (file == nullptr) return 0;
  // Of the text: statements that were freed give their place to others.
  std::uint64_t hash = 0xCBF29CE484222325 ^ CopLINE(PL_curcop);
  for (; *file != '\0'; ++file) hash = (hash ^ static_cast<unsigned char>(*file)) * 0x100000001B3;
  return hash == 0 ? 1 : hash;
}

std::uint64_t place() {
  const PerlInterpreter* my_perl = current();
  return my_perl == nullptr ? 0 : placeIn(my_perl);
}

}  // namespace envleak::perl
