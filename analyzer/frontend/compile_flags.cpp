#include "analyzer/frontend/compile_flags.h"

#include "analyzer/frontend/command_words.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/precompiled_header.h"
#include "analyzer/frontend/resource_directory.h"

#include <llvm/Support/FileSystem.h>

#include <algorithm>

namespace envleak::analyzer {
namespace {

using facts::RepairKind;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

bool startsWithOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::any_of(list, [&](std::string_view start) { return word.starts_with(start); });
}

// Outputs, dependency files, and what only the back end or the linker needs: nothing is lost without them.
bool isOutput(std::string_view word) {
  return isOneOf(word, {"-c", "-S", "-E", "-M", "-MM", "-MD", "-MMD", "-MP", "-MG", "-MV", "-pipe", "-flto",
                        "-fsyntax-only", "--", "-v", "-###", "-shared", "-static", "-rdynamic", "-pie", "-no-pie", "-r",
                        "-s", "--coverage", "-P"}) ||
         startsWithOneOf(word, {"-flto=", "-fdump-", "-Wa,", "-Wl,", "-Werror", "-fdiagnostics-", "-Wp,-M", "-MF", "-MT",
                                "-MQ", "-MJ", "-l", "-L", "-aux-info=", "-ftime-", "-fcrash-diagnostics",
                                "-fprofile-use", "-fprofile-instr", "-ftest-coverage", "-fprofile-list=", "-save-stats",
                                "-fcolor-diagnostics", "-fno-color-diagnostics", "-Winvalid-pch"}) ||
         (word.starts_with("-o") && word.size() > 2 && !word.starts_with("-objc"));
}

bool isOutputWithValue(std::string_view word) {
  return isOneOf(word, {"-o", "-MF", "-MT", "-MQ", "-MJ", "-dumpdir", "-dumpbase", "-dumpbase-ext", "-aux-info",
                        "-Xlinker", "-Xassembler", "-L", "-l", "-T", "-u", "-z", "-e", "-framework"});
}

// What makes the parser stop, run other programs or write files.
bool isHostile(std::string_view word) {
  return isOneOf(word, {"-no-integrated-cpp", "-no-integrated-as"}) ||
         startsWithOneOf(word, {"-save-temps", "--save-temps", "-fplugin", "-specs=", "--specs=", "-fpass-plugin",
                                "-fcompile-resource", "-index-store-path"});
}

// Compiled modules belong to the compiler that made them. Without them header modules are plain headers, and what a
// named module exports is missing, which the parser then says.
bool isAboutModules(std::string_view word) {
  return isOneOf(word, {"-fmodules-ts", "-fmodules", "-fcxx-modules", "-fimplicit-modules", "-fimplicit-module-maps"}) ||
         startsWithOneOf(word, {"-fmodule-", "-fprebuilt-module", "-fmodules-", "-fdeps-", "-fbuild-session"});
}

}  // namespace

bool takesValue(std::string_view word) {
  return isOneOf(word, {"-I", "-D", "-U", "-include", "-imacros", "-isystem", "-idirafter", "-iquote", "-iprefix",
                        "-iwithprefix", "-iwithprefixbefore", "-isysroot", "--sysroot", "-x", "-Xclang",
                        "-Xpreprocessor", "-arch", "-target", "--target", "--param", "-mllvm", "-imultilib", "-A", "-F",
                        "-ivfsoverlay", "-include-pch", "-B", "-gcc-toolchain", "-cxx-isystem", "-iframework", "-G",
                        "-isystem-after", "-iplugindir", "-working-directory"});
}

namespace {

class Sorter {
 public:
  Sorter(const std::vector<std::string>& words, bool c_language, CompileCommand& command)
      : words_(words),
        c_language_(c_language),
        command_(command),
        full_(canonicalPath(command.file, command.directory)) {}

  Flags run() {
    for (const std::string& word : words_) flags_.no_standard_headers |= word == "-nostdinc";
    for (; at_ < words_.size(); ++at_) one(words_[at_]);
    return std::move(flags_);
  }

 private:
  bool hasValue() const { return at_ + 1 < words_.size(); }
  void dropped(RepairKind kind, const std::string& what) { command_.repairs.push_back({kind, what}); }
  void keep(std::initializer_list<std::string> words) { flags_.kept.insert(flags_.kept.end(), words); }

  void one(const std::string& word) {
    if (word.empty()) return;
    if (word == "-wrapper") {
      dropped(RepairKind::dropped_flag, word);
      if (hasValue()) ++at_;
      return;
    }
    if (isHostile(word)) return dropped(RepairKind::dropped_flag, word);
    if (isAboutModules(word)) return dropped(RepairKind::modules, word);
    if (isOutputWithValue(word)) {
      ++at_;
      return;
    }
    if (isOutput(word)) return;
    if (word == "--driver-mode=cl") flags_.microsoft = true;
    if (word == "-Xclang") return frontEnd();
    if (startsWithOneOf(word, {"-isystem", "-I", "-idirafter"})) return folder(word);
    if (word == "-include" || word == "-include-pch") {
      if (!hasValue()) return;
      ++at_;
      return header(words_[at_], word == "-include-pch");
    }
    if (word.starts_with("-x")) return language(word);
    if (word.starts_with("-target") && hasValue()) flags_.target = words_[at_ + 1];
    if (word.starts_with("--target=")) flags_.target = word.substr(9);
    if (c_language_ && startsWithOneOf(word, {"-std=c++", "-std=gnu++"}))
      return dropped(RepairKind::dropped_flag, word);
    if (takesValue(word)) {
      keep({word});
      if (hasValue()) keep({words_[++at_]});
      return;
    }
    if (!word.starts_with("-") && !word.starts_with("@")) return;  // the source file, objects, libraries
    keep({word});
  }

  void language(const std::string& word) {
    if (word.size() == 2 && !hasValue()) return;
    std::string given = word.size() > 2 ? word.substr(2) : words_[++at_];
    // What counts is the language at the source file: a later -x is for another input.
    bool behind = std::find(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(at_), command_.file) !=
                  words_.begin() + static_cast<std::ptrdiff_t>(at_);
    if (behind) return;
    flags_.language = given == "none" ? "" : given;
    if (given.starts_with("c++")) c_language_ = false;
    if (given.ends_with("-header") || given == "c++-module") given = given.starts_with("c++") ? "c++" : "c";
    keep({"-x", given});
  }

  // -I and its like, joined or apart.
  void folder(const std::string& word) {
    std::string flag = word.starts_with("-I") ? "-I" : word.starts_with("-isystem") ? "-isystem" : "-idirafter";
    bool apart = word == flag;
    if (apart && !hasValue()) return;
    const std::string& path = apart ? words_[++at_] : word;
    std::string_view name = apart ? std::string_view(path) : std::string_view(word).substr(flag.size());
    if (!isCompilerDirectory(name)) return apart ? keep({word, path}) : keep({word});
    dropped(RepairKind::compiler_headers, std::string(name));
    // With -nostdinc that folder was the only one with stddef.h.
    if (flags_.no_standard_headers) keep({"-isystem", resourceDirectory() + "/include"});
  }

  // -Xclang word, of which some load plugins, write files or read what another clang wrote.
  void frontEnd() {
    if (!hasValue()) return;
    const std::string& word = words_[++at_];
    auto next = [&]() -> std::string {
      if (at_ + 2 >= words_.size() || words_[at_ + 1] != "-Xclang") return {};
      at_ += 2;
      return words_[at_];
    };
    if (word == "-include-pch") return header(next(), true);
    if (word == "-include") return header(next(), false);
    if (word == "-load" || word == "-add-plugin" || word == "-plugin" || word.starts_with("-plugin-arg")) {
      next();
      return dropped(RepairKind::dropped_flag, "-Xclang " + word);
    }
    if (word == "-emit-pch") return;
    if (startsWithOneOf(word, {"-emit", "-fplugin", "-module-file-info", "-dump"}))
      return dropped(RepairKind::dropped_flag, "-Xclang " + word);
    if (isAboutModules(word)) return dropped(RepairKind::modules, word);
    keep({"-Xclang", word});
  }

  void header(const std::string& name, bool compiled) {
    if (name.empty()) return;
    IncludedHeader header = includedHeader(name, compiled, command_.directory);
    if (!header.repair.empty()) dropped(RepairKind::precompiled_header, header.repair);
    if (!header.loss.empty()) command_.losses.push_back(header.loss);
    for (const std::string& file : header.files) {
      if (std::ranges::find(included_, file) != included_.end() && compiled) continue;
      // Not by the driver's -include, which would look for a compiled one beside it.
      std::vector<std::string> words{"-Xclang", "-include", "-Xclang", file};
      if (std::ranges::find(included_, file) != included_.end()) continue;
      included_.push_back(file);
      flags_.kept.insert(flags_.kept.end(), words.begin(), words.end());
    }
  }

  const std::vector<std::string>& words_;
  bool c_language_;
  CompileCommand& command_;
  std::string full_;
  std::size_t at_ = 0;
  Flags flags_;
  std::vector<std::string> included_;
};

}  // namespace

bool isCompilerDirectory(std::string_view path) {
  while (path.ends_with("/")) path.remove_suffix(1);
  bool of_gcc = path.find("/lib/gcc/") != std::string_view::npos || path.find("/lib/gcc-cross/") != std::string_view::npos ||
                path.find("/lib64/gcc/") != std::string_view::npos || path.find("/libexec/gcc/") != std::string_view::npos;
  return of_gcc && (path.ends_with("/include") || path.ends_with("/include-fixed"));
}

Flags sortFlags(const std::vector<std::string>& words, bool c_language, CompileCommand& command) {
  return Sorter(words, c_language, command).run();
}

}  // namespace envleak::analyzer
