#include "analyzer/frontend/compile_commands.h"

#include "analyzer/frontend/command_words.h"
#include "analyzer/frontend/compile_flags.h"
#include "analyzer/frontend/driver_query.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/resource_directory.h"

#include <llvm/Support/FileSystem.h>

#include <algorithm>

namespace envleak::analyzer {
namespace {

using facts::RepairKind;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

bool isSource(std::string_view extension) {
  return isOneOf(extension, {".c", ".i", ".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C", ".ii", ".cppm", ".ixx",
                             ".inl", ".h", ".hpp", ".hh", ".hxx", ".mpp", ".cxxm", ".c++m", ".ccm"});
}

std::string languageByExtension(std::string_view extension) {
  if (isOneOf(extension, {".s", ".S", ".sx", ".asm", ".nasm", ".s79"})) return "assembler";
  if (isOneOf(extension, {".cu", ".cuh"})) return "CUDA";
  if (extension == ".hip") return "HIP";
  if (extension == ".m") return "Objective-C";
  if (extension == ".mm") return "Objective-C++";
  if (isOneOf(extension, {".f", ".F", ".f90", ".F90", ".f95", ".for", ".f03", ".f08"})) return "Fortran";
  if (extension == ".rs") return "Rust";
  if (extension == ".swift") return "Swift";
  if (extension == ".go") return "Go";
  if (extension == ".d") return "D";
  if (extension == ".rc") return "resource script";
  if (isOneOf(extension, {".o", ".a", ".so", ".lo"})) return "linked only";
  return "not known by its name";
}

// Of -x; empty: C or C++.
std::string foreignLanguage(std::string_view language) {
  if (language == "cuda") return "CUDA";
  if (language == "cl" || language == "clcpp") return "OpenCL";
  if (language.starts_with("c")) return {};
  if (language.starts_with("assembler")) return "assembler";
  if (language.starts_with("objective-c++")) return "Objective-C++";
  if (language.starts_with("objective-c")) return "Objective-C";
  if (language == "hip") return "HIP";
  return std::string(language);
}

bool isMicrosoft(std::string_view compiler) { return isOneOf(compiler, {"cl", "cl.exe", "clang-cl", "clang-cl.exe"}); }

// A compiler for another machine: its target and its headers.
void retarget(const std::string& compiler, Flags& flags, bool ask, CompileCommand& command) {
  CompilerName name = parseCompilerName(compiler);
  bool named = isTarget(name.target);
  std::optional<DriverAnswer> answer;
  std::string shown(baseName(compiler));
  if (ask) answer = askDriver(compiler, command.directory, flags.kept, command.cplusplus);
  std::string target = !flags.target.empty() ? flags.target : answer ? answer->target : named ? name.target : "";
  if (flags.target.empty() && !target.empty() && !isHostTarget(target)) {
    flags.kept.push_back("--target=" + target);
    command.repairs.push_back({RepairKind::target, shown + ": " + target + (answer ? "" : ", by its name alone")});
  }
  if (!answer) {
    std::string why = ask ? "it is not installed here, or gave no answer" : "it was not to be asked";
    command.repairs.push_back({RepairKind::headers_unknown, shown + ": " + why});
    return;
  }
  if (flags.no_standard_headers) return;
  flags.kept.insert(flags.kept.end(), {"-nostdinc", "-nostdinc++"});
  bool own = false;
  for (const std::string& folder : answer->directories) {
    // In the place of the driver's own headers clang's, once.
    if (isCompilerDirectory(folder) || llvm::sys::fs::exists(folder + "/__stddef_max_align_t.h")) {
      if (!own) flags.kept.insert(flags.kept.end(), {"-isystem", resourceDirectory() + "/include"});
      own = true;
    } else {
      flags.kept.insert(flags.kept.end(), {"-isystem", folder});
    }
  }
  if (!own) flags.kept.insert(flags.kept.end(), {"-isystem", resourceDirectory() + "/include"});
  command.repairs.push_back({RepairKind::headers, shown});
}

}  // namespace

bool normalizeCommand(const std::string& directory, const std::string& file, std::vector<std::string> words,
                      CompileCommand& result, std::string* other_language, bool ask_compilers) {
  result = {};
  result.file = file;
  bool had_words = !words.empty();
  CommandWords command = unwrapCommand(directory, std::move(words));
  result.directory = command.directory;
  result.repairs = std::move(command.repairs);
  result.losses = std::move(command.losses);
  // A name that is relative starts where the entry says, wherever the command goes from there.
  if (result.directory != directory) result.file = canonicalPath(file, directory);
  std::string compiler = command.words.empty() ? "" : command.words.front();
  if (!command.words.empty()) command.words.erase(command.words.begin());
  if (compiler.empty() && had_words)
    result.refused = "the command is a shell script, whose compiler is not told; run the build under bear";
  CompilerName name = parseCompilerName(compiler);
  result.cplusplus = name.cplusplus || (name.family.empty() && baseName(compiler).find("++") != std::string_view::npos);

  bool c_language = !result.cplusplus && isOneOf(extensionOf(file), {".c", ".i"});
  Flags flags = sortFlags(command.words, c_language, result);
  auto skip = [&](std::string language) {
    if (other_language) *other_language = std::move(language);
    return false;
  };
  if (baseName(compiler) == "nvcc") return skip("CUDA");
  if (!flags.language.empty()) {
    if (std::string language = foreignLanguage(flags.language); !language.empty()) return skip(language);
  } else if (!isSource(extensionOf(file))) {
    return skip(languageByExtension(extensionOf(file)));
  }
  if (isMicrosoft(baseName(compiler)) || flags.microsoft) {
    result.refused = "the flags are Microsoft's (cl, clang-cl), which are not understood; build with a driver that "
                     "takes gcc's, such as clang";
    result.losses.clear();
  } else if (mustBeAsked(compiler)) {
    retarget(compiler, flags, ask_compilers, result);
  }
  // What may follow is for the driver only.
  if (result.refused.empty()) result.arguments = std::move(flags.kept);
  return true;
}

}  // namespace envleak::analyzer
