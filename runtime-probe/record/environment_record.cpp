#include "runtime-probe/record/environment_record.h"

#include "runtime-probe/preload/shape.h"
#include "runtime-probe/preload/siphash.h"

#include <cstring>
#include <string_view>

namespace envleak::probe {
namespace {

constexpr std::uint32_t valueNotKept = 0xFFFFFFFF;

template <typename Visit>
void forEachEntry(const std::string& environment, Visit visit) {
  for (std::size_t at = 0; at < environment.size();) {
    const char* entry = environment.c_str() + at;  // c_str: a last one without its NUL gets one
    const std::size_t length = std::strlen(entry);
    visit(entry, length);
    at += length + 1;
  }
}

template <typename T>
void appendBytes(std::string& to, const T& value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

bool carriesProbe(const std::string& environment, const preload::ProbeNames& names) {
  bool library = false;
  bool handle = false;
  forEachEntry(environment, [&](const char* entry, std::size_t) {
    if (!preload::isProbeEntry(entry, names)) return;
    (*entry == 'L' ? library : handle) = true;
  });
  return library && handle;
}

bool listsLibraries(const std::string& environment) {
  bool lists = false;
  forEachEntry(environment, [&](const char* entry, std::size_t) {
    lists |= std::string_view(entry).substr(0, 24) == "LD_TRACE_LOADED_OBJECTS=";
  });
  return lists;
}

void appendReceived(TraceFile& trace, const std::string& environment, const preload::ProbeNames& names,
                    const std::function<void(trace::RecordHeader&)>& sign) {
  std::string entries;
  std::uint32_t count = 0;
  forEachEntry(environment, [&](const char* text, std::size_t length) {
    if (preload::isProbeEntry(text, names)) return;
    const auto* equals = static_cast<const char*>(std::memchr(text, '=', length));
    const std::string_view name(text, equals == nullptr ? length : static_cast<std::size_t>(equals - text));
    trace::EnvironmentEntry entry{};
    entry.name_length = static_cast<std::uint32_t>(name.size());
    entry.value_length = valueNotKept;
    std::string_view value;
    if (equals != nullptr) {
      value = std::string_view(equals + 1, length - name.size() - 1);
      entry.has_equals = 1;
      entry.hash = preload::sipHash(trace.key(), value.data(), value.size());
      entry.shape = preload::shapeOf(value.data(), value.size());
      if (trace.keepsValues()) entry.value_length = static_cast<std::uint32_t>(value.size());
    }
    appendBytes(entries, entry);
    entries += name;
    if (entry.value_length != valueNotKept) entries += value;
    entries.resize((entries.size() + 7) / 8 * 8);
    ++count;
  });
  trace.append<trace::EnvironmentRecord>(trace::RecordKind::environment, {entries},
                                         [&](trace::EnvironmentRecord& record, const std::vector<trace::Bytes>&) {
                                           sign(record.header);
                                           record.purpose = trace::Purpose::received;
                                           record.count = count;
                                         });
}

}  // namespace envleak::probe
