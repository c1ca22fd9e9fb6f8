#include "runtime-probe/record/outside_look.h"

#include "runtime-probe/record/proc_files.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>

namespace envleak::probe {
namespace {

constexpr std::uint64_t mostWindows = 1024;
constexpr std::uint64_t pageSize = 4096;

// Where move_pages(2) is not permitted (containers).
std::optional<std::vector<bool>> lookInPagemap(int tid, const Windows& windows) {
  const int descriptor = ::open(procPath(tid, "pagemap").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::vector<bool> present(windows.names.size());
  bool told = true;
  for (std::size_t i = 0; i < present.size() && told; ++i) {
    std::uint64_t entry = 0;
    const std::uint64_t page = (windows.first_value + i * windows.stride) / pageSize;
    told = ::pread(descriptor, &entry, sizeof entry, static_cast<off_t>(page * sizeof entry)) == sizeof entry;
    present[i] = (entry >> 62) != 0;  // in memory, or swapped out
  }
  ::close(descriptor);
  if (!told) return std::nullopt;
  return present;
}

}  // namespace

bool isOfScript(const trace::RecordHeader& record) {
  return record.size >= sizeof(trace::WindowsRecord) &&
         reinterpret_cast<const trace::WindowsRecord&>(record).by_script != 0;
}

std::optional<Windows> windowsOf(const trace::RecordHeader& record) {
  if (record.size < sizeof(trace::WindowsRecord)) return std::nullopt;
  const auto& body = reinterpret_cast<const trace::WindowsRecord&>(record);
  Windows windows{body.first_value, body.stride, body.complete != 0, {}};
  std::string_view names = TraceFile::bytes(record, body.names);
  while (!names.empty() && windows.names.size() <= mostWindows) {
    const std::size_t end = names.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    windows.names.emplace_back(names.substr(0, end));
    names.remove_prefix(end + 1);
  }
  if (windows.names.size() != body.count || windows.names.size() > mostWindows) return std::nullopt;
  return windows;
}

std::optional<std::vector<bool>> lookFromOutside(int tid, const Windows& windows) {
  const std::size_t count = windows.names.size();
  std::vector<void*> pages(count);
  std::vector<int> status(count);
  for (std::size_t i = 0; i < count; ++i) pages[i] = reinterpret_cast<void*>(windows.first_value + i * windows.stride);
  if (count != 0 && ::syscall(SYS_move_pages, tid, count, pages.data(), nullptr, status.data(), 0) != 0)
    return lookInPagemap(tid, windows);
  std::vector<bool> present(count);
  for (std::size_t i = 0; i < count; ++i) present[i] = status[i] >= 0;
  return present;
}

}  // namespace envleak::probe
