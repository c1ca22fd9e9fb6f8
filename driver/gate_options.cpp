#include "driver/gate_options.h"

#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

// .envleak.yaml may hold nothing but models, in the form of a file of the knowledge base.
bool isKnowledge(const std::string& file) {
  const std::string text = readFile(file, "policy file");
  return text.starts_with("format:") || text.find("\nformat:") != std::string::npos;
}

}  // namespace

PolicyOption::PolicyOption(cl::SubCommand& command)
    : file_("policy",
            cl::desc(
                "Policy file (YAML): what may cross, what is secret, what is left out (default: .envleak.yaml in the "
                "project root; 'none': none)"),
            cl::value_desc("FILE"), cl::sub(command), cl::cat(category())) {}

std::string PolicyOption::file(const std::vector<std::string>& folders) const {
  if (file_ == "none") return {};
  if (file_.getNumOccurrences() > 0) {
    if (file_.empty()) throw InputError("--policy: the name of a file is needed, or 'none'");
    return file_;
  }
  for (const std::string& folder : folders) {
    const std::string path = folder.empty() ? ".envleak.yaml" : folder + "/.envleak.yaml";
    if (llvm::sys::fs::exists(path) && !isKnowledge(path)) return path;
  }
  return {};
}

std::vector<std::string> policyFolders(const std::string& root, const reports::CheckInput& input) {
  if (!root.empty()) return {root};
  if (!input.static_facts || input.static_facts->root.empty()) return {""};
  return {"", input.static_facts->root};
}

GateFlags::GateFlags(cl::SubCommand& command)
    : baseline_("baseline", cl::desc("Findings that this file has do not count for --fail-on"), cl::value_desc("FILE"),
                cl::sub(command), cl::cat(category())),
      written_(
          "write-baseline",
          cl::desc("Write a baseline that has all findings of now, which then do not count ('-': standard output)"),
          cl::value_desc("FILE"), cl::sub(command), cl::cat(category())),
      change_(
          "diff",
          cl::desc("Only findings count of which some step (the call, its callers, where the environment is decided, "
                   "the reads) lies in a line changed since the revision BASE of git, or in the unified diff FILE "
                   "('-': standard input)"),
          cl::value_desc("BASE|FILE"), cl::sub(command), cl::cat(category())) {}

void GateFlags::validate(bool output_taken) const {
  for (const auto* option : {&baseline_, &written_, &change_})
    if (option->getNumOccurrences() > 0 && option->empty())
      throw InputError("--" + option->ArgStr.str() + ": a name is needed");
  if (written_ == "-" && output_taken)
    throw InputError("--write-baseline: standard output is taken; give both it and the report files of their own");
  if (!written_.empty()) checkWritable(written_);
  if (!baseline_.empty() && baseline_ != written_ && !llvm::sys::fs::exists(baseline_.getValue()) && baseline_ != "-")
    throw InputError(oneLine(baseline_) + ": there is no such baseline; --write-baseline " + oneLine(baseline_) +
                     " makes it");
}

void GateFlags::finish(reports::Rendered& rendered) const {
  if (written_.empty()) return;
  writeFile(written_, rendered.baseline);
  rendered.highest = reports::Level::none;
  if (written_ != "-")
    llvm::errs() << "envleak: " << rendered.baselined << (rendered.baselined == 1 ? " finding" : " findings")
                 << " written to " << oneLine(written_) << "\n";
}

}  // namespace envleak::driver
