// The part of ImageBuilder that follows looks at values.
#include "runtime-probe/trace/images.h"

namespace envleak::trace {

void ImageBuilder::takeTouched(const Record& record, Process& process) {
  auto body = record.as<TouchedRecord>();
  std::vector<std::string> names = record.strings(body.names);
  ImageWork& image = images_[process.image];
  const bool by_script = body.by_script != 0;
  // A script that asked for nearly every variable by its name has looked at nearly every value too.
  bool imported = !by_script && body.all == TouchedAll::imported;
  image.script_watched |= by_script;
  image.imported |= imported;
  (by_script ? process.exact.script : process.exact.environment) = body.exact != 0;
  ImageWork::Looks& looks = by_script ? image.script_looked_at : image.looked_at;
  facts::ReadKind kind = imported ? facts::ReadKind::imported : facts::ReadKind::touched;
  for (std::string& name : names) {
    auto [entry, added] = looks.try_emplace(std::move(name), kind, record.offset());
    if (!added && imported) entry->second.first = kind;
  }
}

void ImageBuilder::takeFirstTouch(const Record& record, const Process& process) {
  auto body = record.as<FirstTouchRecord>();
  bool complete = false;
  facts::SharedList<facts::Frame> frames = framesOf(record, body.site, 0, process, readFrames, complete);
  images_[process.image].first_touches.try_emplace(record.text(body.name), std::move(frames));
}

}  // namespace envleak::trace
