// A stand-in for LLVM Support: what the tests call, declared in our own words.
#pragma once
#include <initializer_list>
#include <optional>
namespace llvm {
class StringRef {
 public:
  StringRef(const char *);
};
template <typename T>
class ArrayRef {
 public:
  ArrayRef();
  ArrayRef(std::initializer_list<T>);
};
namespace sys {
int ExecuteAndWait(StringRef program, ArrayRef<StringRef> args,
                   std::optional<ArrayRef<StringRef>> env = std::nullopt);
}
}  // namespace llvm
