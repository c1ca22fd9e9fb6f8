// The part of ImageBuilder that follows what language adapters tell.
#include "runtime-probe/trace/images.h"

namespace envleak::trace {

void ImageBuilder::takeScript(const Record& record) {
  auto body = record.as<ScriptRecord>();
  if (body.frames.length % sizeof(ScriptFrame) != 0) throw DamagedRecord{};
  std::string language = record.text(body.language);
  if (language.empty()) throw DamagedRecord{};
  std::vector<facts::Frame> frames;
  for (std::uint64_t at = 0; at < body.frames.length; at += sizeof(ScriptFrame)) {
    auto call = record.at<ScriptFrame>(body.frames.offset + at);
    facts::Frame frame;
    frame.language = language;
    frame.file = record.text(call.file);
    frame.function = record.text(call.function);
    frame.line = call.line;
    frames.push_back(std::move(frame));
  }
  if (frames.empty()) throw DamagedRecord{};
  // One function of a library looks names up for all its callers: where they are is part of the place.
  std::string calls;
  for (const facts::Frame& frame : frames) calls += frame.file + ":" + std::to_string(frame.line) + "\n";
  const std::uint32_t place = nameId(calls);
  scripts_.insert_or_assign(record.offset(), Script{std::move(frames), place});
}

void ImageBuilder::takeAdapter(const Record& record, const Process& process) {
  auto body = record.as<AdapterRecord>();
  facts::Adapter adapter{record.text(body.language), record.text(body.version), body.covers != 0};
  std::optional<facts::Adapter>& known = images_[process.image].facts.adapter;
  if (!known || adapter.covers) known = std::move(adapter);
}

void ImageBuilder::takeCopy(const Record& record, const Process& process) {
  auto body = record.as<ReadRecord>();
  constexpr std::size_t most = 8;  // they are read by people
  std::vector<Reason>& copies = images_[process.image].copies;
  if (copies.size() >= most) return;
  std::string detail = "the program took all variables at once (" + record.text(body.via) + ")";
  const facts::SharedList<facts::Frame>& frames = scriptFrames(body.script);
  if (!frames.empty()) detail += " at " + frames.front().file + ":" + std::to_string(frames.front().line);
  copies.push_back({"copied", detail + "; what it did with them is not seen"});
}

}  // namespace envleak::trace
