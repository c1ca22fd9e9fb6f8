#include "runtime-probe/trace/symbols.h"

#include <llvm/Object/BuildID.h>

#include <filesystem>

namespace envleak::trace {
namespace {

llvm::symbolize::LLVMSymbolizer::Options options() {
  llvm::symbolize::LLVMSymbolizer::Options options;
  options.PrintFunctions = llvm::DINameKind::LinkageName;
  options.PathStyle = llvm::DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath;
  options.UseSymbolTable = true;
  options.Demangle = true;
  return options;
}

facts::Frame frameOf(const Module& module, const CodeAddress& call) {
  facts::Frame frame;
  frame.module = module.path();
  frame.build_id = module.buildId();
  frame.offset = call.offset;
  return frame;
}

// The way from _start to a main that has no name, in a stripped program: _start, and libc's functions before it.
void cutStart(std::vector<facts::Frame>& frames) {
  if (frames.size() < 2 || isSystemRuntime(frames.back().module)) return;
  std::size_t end = frames.size() - 1;
  bool starts = false;
  while (end > 0 && isSystemRuntime(frames[end - 1].module))
    starts |= frames[--end].function.starts_with("__libc_start_main");
  if (starts && end > 0) frames.resize(end);
}

bool known(const std::string& text) { return !text.empty() && text != llvm::DILineInfo::BadString; }

}  // namespace

Symbols::Symbols(ModuleTable& modules) : modules_(modules), symbolizer_(options()) {
  // Separate debug information below /usr/lib/debug/.build-id; nothing is asked over the network.
  symbolizer_.setBuildIDFetcher(std::make_unique<llvm::object::BuildIDFetcher>(std::vector<std::string>{}));
}

const std::vector<facts::Frame>& Symbols::at(const CodeAddress& call) {
  auto [entry, added] = known_.try_emplace(call);
  if (added) entry->second = resolve(call);
  return entry->second;
}

std::vector<facts::Frame> Symbols::resolve(const CodeAddress& call) {
  const Module& module = modules_[call.module];
  switch (modules_.state(call.module)) {
    case Module::State::same:
      break;
    case Module::State::no_file:
      return {frameOf(module, call)};
    case Module::State::gone:
    case Module::State::changed:
      lost_.insert(call.module);
      return {frameOf(module, call)};
  }
  auto found =
      symbolizer_.symbolizeInlinedCode(module.path(), {call.offset, llvm::object::SectionedAddress::UndefSection});
  if (!found) {
    llvm::consumeError(found.takeError());
    return {frameOf(module, call)};
  }
  std::vector<facts::Frame> frames;
  for (std::uint32_t i = 0; i < found->getNumberOfFrames(); ++i) {
    const llvm::DILineInfo& line = found->getFrame(i);
    facts::Frame frame = frameOf(module, call);
    if (known(line.FunctionName)) frame.function = withoutCloneSuffix(line.FunctionName);
    if (known(line.FileName) && line.Line != 0) {
      frame.file = withoutDots(line.FileName);
      frame.line = line.Line;
      frame.column = line.Column;
    }
    frame.inlined = i + 1 < found->getNumberOfFrames();
    frames.push_back(std::move(frame));
  }
  if (frames.empty()) frames.push_back(frameOf(module, call));
  return frames;
}

facts::SharedList<facts::Frame> Symbols::frames(const CallChain& chain, bool& complete) {
  auto [entry, added] = known_chains_.try_emplace(chain);
  if (added) entry->second = resolve(chain);
  complete = entry->second.complete;
  return entry->second.list;
}

Symbols::Frames Symbols::resolve(const CallChain& chain) {
  bool complete = chain.complete;
  std::vector<facts::Frame> frames;
  std::size_t behind_main = 0;
  for (const CodeAddress& call : chain.calls) {
    for (const facts::Frame& frame : at(call)) {
      frames.push_back(frame);
      if (frame.function == "main") behind_main = frames.size();
    }
  }
  // Behind main there is only libc's start.
  if (behind_main != 0) {
    frames.resize(behind_main);
    complete = true;
  } else if (complete) {
    cutStart(frames);
  }
  return {std::move(frames), complete};
}

std::string withoutCloneSuffix(const std::string& function) {
  std::size_t end = function.find(" [clone ");
  // A dot is no character of a C name; C++ names have them only within their parameters ("...").
  if (end == std::string::npos && function.find_first_of("(<: ") == std::string::npos) end = function.find('.', 1);
  return function.substr(0, end);
}

std::string withoutDots(const std::string& path) { return std::filesystem::path(path).lexically_normal().string(); }

}  // namespace envleak::trace
