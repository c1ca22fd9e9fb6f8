// The part of ImageBuilder that finds where an event was called from.
#include "runtime-probe/trace/images.h"

namespace envleak::trace {

bool ImageBuilder::isProbe(ModuleId module) {
  for (; modules_judged_ <= module; ++modules_judged_)
    if (modules_[modules_judged_].path() == preload_library_) probes_.insert(modules_judged_);
  return probes_.contains(module);
}

std::optional<CodeAddress> ImageBuilder::callOf(const CallSite& site, const Process& process) const {
  std::optional<CodeAddress> call = process.modules.find(site.return_address - 1);
  return call ? call : images_[process.image].modules_anywhere.find(site.return_address - 1);
}

const facts::SharedList<facts::Frame>& ImageBuilder::scriptFrames(std::uint64_t script) const {
  static const facts::SharedList<facts::Frame> none;
  auto found = scripts_.find(script);
  return found == scripts_.end() ? none : found->second.frames;
}

facts::SharedList<facts::Frame> ImageBuilder::framesOf(const Record& record, const CallSite& site, std::uint64_t script,
                                                       const Process& process, std::size_t limit, bool& complete) {
  const facts::SharedList<facts::Frame>& calls_of_script = scriptFrames(script);
  if (site.return_address == 0) return calls_of_script;
  CallChain chain =
      unwinder_.chain(site, record.words(site.words), process.modules, images_[process.image].modules_anywhere, limit);
  std::erase_if(chain.calls, [&](const CodeAddress& call) { return isProbe(call.module); });
  facts::SharedList<facts::Frame> calls = symbols_.frames(chain, complete);
  if (calls_of_script.empty()) return calls;
  std::vector<facts::Frame> both = calls_of_script;
  both.insert(both.end(), calls.begin(), calls.end());
  return both;
}

facts::SharedList<facts::Frame> ImageBuilder::framesOfRead(const Record& record, const ReadRecord& body,
                                                           Process& process) {
  const CallSite& site = body.site;
  const std::string_view words = record.bytes(site.words);
  if (process.last_call) {
    const Process::KnownCall& last = *process.last_call;
    if (last.site.return_address == site.return_address && last.site.stack_pointer == site.stack_pointer &&
        last.site.frame_pointer == site.frame_pointer && last.script == body.script && last.words == words)
      return last.frames;
  }
  bool complete = false;
  process.last_call = {site, body.script, std::string(words),
                       framesOf(record, site, body.script, process, readFrames, complete)};
  return process.last_call->frames;
}

}  // namespace envleak::trace
