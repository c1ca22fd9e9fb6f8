// The part of ImageBuilder that follows settings files: which were opened or written, and what they say.
#include "runtime-probe/trace/images.h"
#include "runtime-probe/trace/symbols.h"

namespace envleak::trace {

void ImageBuilder::takeFile(const Record& record, const Process& process) {
  auto body = record.as<FileRecord>();
  facts::Image& image = images_[process.image].facts;
  std::string path = withoutDots(record.text(body.path));
  switch (body.access) {
    case FileAccess::read:
      image.files.push_back({std::move(path), record.offset(), {}, {}});
      files_[record.offset()] = {process.image, image.files.size() - 1};
      return;
    case FileAccess::written:
      image.files_written.push_back({std::move(path), record.offset()});
      return;
  }
  throw DamagedRecord{};
}

void ImageBuilder::takeDefinition(const Record& record) {
  auto body = record.as<DefinitionRecord>();
  auto file = files_.find(body.file);
  if (file == files_.end()) throw DamagedRecord{};
  auto [image, index] = file->second;
  images_[image].facts.files[index].defines.push_back({record.text(body.name), body.line, body.hash});
}

void ImageBuilder::takeFileValue(const Record& record) {
  auto body = record.as<FileValueRecord>();
  auto file = files_.find(body.file);
  if (file == files_.end()) throw DamagedRecord{};
  auto [image, index] = file->second;
  images_[image].facts.files[index].values.push_back({body.line, body.hash});
}

}  // namespace envleak::trace
