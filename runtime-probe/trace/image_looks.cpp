// The part of ImageBuilder that follows looks at values.
#include "runtime-probe/trace/images.h"

namespace envleak::trace {

void ImageBuilder::takeTouched(const Record& record, Process& process) {
  auto body = record.as<TouchedRecord>();
  std::vector<std::string> names = record.strings(body.names);
  ImageWork& image = images_[process.image];
  bool imported = body.all == TouchedAll::imported;
  image.imported |= imported;
  process.exact = body.exact != 0;
  facts::ReadKind kind = imported ? facts::ReadKind::imported : facts::ReadKind::touched;
  for (std::string& name : names) {
    auto [entry, added] = image.looked_at.try_emplace(std::move(name), kind, record.offset());
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
