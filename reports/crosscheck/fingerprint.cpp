#include "reports/crosscheck/fingerprint.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SHA1.h>

namespace envleak::reports {

std::string fingerprint(std::initializer_list<std::string_view> parts) {
  llvm::SHA1 hash;
  for (std::string_view part : parts) {
    hash.update(llvm::StringRef(part.data(), part.size()));
    hash.update(llvm::StringRef("\0", 1));
  }
  return llvm::toHex(hash.final(), true);
}

std::string codePart(std::uint64_t code) { return llvm::utohexstr(code); }

}  // namespace envleak::reports
