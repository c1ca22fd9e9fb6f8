#include "analyzer/frontend/refused_flags.h"

#include "analyzer/frontend/compile_flags.h"

#include <string_view>

namespace envleak::analyzer {
namespace {

bool isAccepted(CXIndex index, const std::vector<std::string>& words, const std::string& file) {
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  CXUnsavedFile empty{file.c_str(), "", 0};
  CXTranslationUnit unit = nullptr;
  CXErrorCode error = clang_parseTranslationUnit2FullArgv(index, file.c_str(), pointers.data(), static_cast<int>(pointers.size()),
                                                          &empty, 1, CXTranslationUnit_KeepGoing, &unit);
  if (unit) clang_disposeTranslationUnit(unit);
  return error == CXError_Success;
}

// What decides on headers and macros stays: without it another program is read.
bool isSuspect(std::string_view word) {
  for (std::string_view start : {"-I", "-D", "-U", "-i", "-std", "-x", "-resource-dir", "-working-directory", "--target", "--sysroot", "-X"})
    if (word.starts_with(start)) return false;
  return word.starts_with('-') && word.size() > 1;
}

}  // namespace

std::vector<std::string> refusedFlags(CXIndex index, const std::vector<std::string>& words, bool cplusplus) {
  const std::string file = cplusplus ? "/envleak-empty.cpp" : "/envleak-empty.c";
  std::vector<std::string> rest, suspects, refused;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool pair = (takesValue(words[i]) || words[i] == "-resource-dir") && i + 1 < words.size();
    bool forced = words[i] == "-include" || words[i] == "-imacros" ||
                  (words[i] == "-Xclang" && pair && words[i + 1].starts_with("-include"));
    if (i > 0 && !pair && isSuspect(words[i])) {
      suspects.push_back(words[i]);
      continue;
    }
    if (forced) {  // a header is no flag; after -Xclang its name is a pair of its own
      i += words[i] == "-Xclang" ? 3 : 1;
      continue;
    }
    rest.push_back(words[i]);
    if (pair) rest.push_back(words[++i]);
  }
  if (!isAccepted(index, rest, file)) return {};
  for (const std::string& suspect : suspects) {
    rest.push_back(suspect);
    if (isAccepted(index, rest, file)) continue;
    rest.pop_back();
    refused.push_back(suspect);
  }
  return refused;
}

}  // namespace envleak::analyzer
