#include "runtime-probe/adapters/perl/calls.h"

namespace envleak::perl {
namespace {

using adapters::Frame;
using adapters::Text;

char folder[4096];

PerlInterpreter* current() {
  if (PL_curinterp == nullptr) return nullptr;
  auto* my_perl = static_cast<PerlInterpreter*>(Perl_get_context());
  return my_perl == nullptr || PL_curcop == nullptr || PL_curstackinfo == nullptr ? nullptr : my_perl;
}

Text textOf(const char* text) { return text == nullptr ? Text{"", 0} : Text{text, __builtin_strlen(text)}; }
Text textOf(const HEK* key) { return key == nullptr ? Text{"", 0} : Text{HEK_KEY(key), static_cast<std::size_t>(HEK_LEN(key))}; }

// Texts of one question which the interpreter has in two parts. Rooms are used in turn, so that another thread's
// question does not change this one's.
class Room {
 public:
  // `second` alone if there is nothing before it, or no room.
  Text joined(Text first, Text between, Text second) {
    if (at_ == nullptr) {
      at_ = rooms[__atomic_fetch_add(&next_room, 1, __ATOMIC_RELAXED) % count];
      end_ = at_ + size;
    }
    const std::size_t length = first.length + between.length + second.length;
    if (first.length == 0 || length > static_cast<std::size_t>(end_ - at_)) return second;
    char* const begin = at_;
    put(first);
    put(between);
    put(second);
    return {begin, length};
  }

 private:
  static constexpr std::size_t size = 16384;
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

// A relative name is one in the folder where the script was started, unless the script went elsewhere before it loaded
// the file. "-e", "(eval 3)" and names without a folder, which #line may give, are none.
Text fileOf(const PerlInterpreter* my_perl, const char* file, Room& room) {
  const Text text = textOf(file);
  if (text.length == 0 || file[0] == '/' || file[0] == '(' || file[0] == '-') return text;
  const bool script = PL_origfilename != nullptr && __builtin_strcmp(file, PL_origfilename) == 0;
  if (!script && __builtin_strchr(file, '/') == nullptr) return text;
  const bool here = file[0] == '.' && file[1] == '/';
  return room.joined(textOf(folder), {"/", 1}, here ? textOf(file + 2) : text);
}

Text nameOf(const HV* stash) {
  if (stash == nullptr || SvTYPE(stash) != SVt_PVHV || HvNAME_get(stash) == nullptr) return {"", 0};
  return textOf(HvNAME_HEK_NN(stash));
}

Text qualified(const HV* stash, Text function, Room& room) {
  const Text package = nameOf(stash);
  const bool main = package.length == 4 && __builtin_memcmp(package.data, "main", 4) == 0;
  return main ? function : room.joined(package, {"::", 2}, function);
}

// Of a sub, without making its glob if it has none.
Text functionOf(const CV* sub, Room& room) {
  const auto* body = static_cast<const XPVCV*>(SvANY(sub));
  if (CvNAMED(sub)) return qualified(body->xcv_stash, textOf(body->xcv_gv_u.xcv_hek), room);
  const GV* glob = body->xcv_gv_u.xcv_gv;
  if (glob == nullptr || !isGV_with_GP(glob)) return {"__ANON__", 8};
  return qualified(GvSTASH(glob), textOf(GvNAME_HEK(glob)), room);
}

bool place(const PerlInterpreter* my_perl, Frame& frame, const COP* statement, Room& room) {
  frame.file = fileOf(my_perl, CopFILE(statement), room);
  frame.line = CopLINE(statement);
  return frame.file.length != 0 && frame.line != 0;  // before the script begins, and when it has ended, there is no line
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

void noteFolder() {
  if (getcwd(folder, sizeof folder) == nullptr || folder[1] == 0) folder[0] = '\0';
}

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
      if (place(my_perl, to[count], statement, room)) {
        to[count].function = kind == Kind::sub ? functionOf(context.blk_sub.cv, room) : Text{"", 0};
        if (++count == most) return count;
      }
      statement = context.blk_oldcop;
    }
  }
  if (place(my_perl, to[count], statement, room)) to[count++].function = {"", 0};
  return count;
}

std::uint64_t placeIn(const PerlInterpreter* my_perl) {
  if (PL_curcop == nullptr) return 0;
  const char* file = CopFILE(PL_curcop);
  if (file == nullptr || CopLINE(PL_curcop) == 0) return 0;
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
