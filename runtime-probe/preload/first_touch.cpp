#include "runtime-probe/preload/first_touch.h"

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/modules.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/spread.h"

#include <asm/perf_regs.h>
#include <linux/mman.h>
#include <linux/perf_event.h>

namespace envleak::preload {
namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t dataPages = 64;  // a power of two
constexpr std::size_t dataSize = dataPages * page;
constexpr std::size_t stackBytes = 512;
constexpr std::size_t mostProcessors = 64;

perf_event_mmap_page* buffers[mostProcessors];
std::int32_t owner;  // the process that the buffers are of: its children do not have them
bool told_lost;
std::uint32_t reading;  // by one thread at a time; whoever comes second leaves it to the first

// As the attributes of watch() ask for it, the stack's own header last.
struct Sample {
  perf_event_header header;
  std::uint32_t pid, tid;
  std::uint64_t address;
  std::uint64_t abi;
  std::uint64_t frame_pointer, stack_pointer, instruction;
  std::uint64_t stack_size;
  std::uint64_t stack[stackBytes / 8];
  std::uint64_t stack_filled;
};

long openOn(std::size_t processor) {
  perf_event_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.config = PERF_COUNT_SW_PAGE_FAULTS_MIN;
  attributes.sample_period = 1;
  attributes.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_ADDR | PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER;
  attributes.sample_regs_user = 1U << PERF_REG_X86_BP | 1U << PERF_REG_X86_SP | 1U << PERF_REG_X86_IP;
  attributes.sample_stack_user = stackBytes;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.inherit = 1;
  attributes.inherit_thread = 1;
  return systemCall(SYS_perf_event_open, &attributes, 0, processor, -1, PERF_FLAG_FD_CLOEXEC);
}

// The mapping keeps the event alive; no descriptor stays.
bool watch(std::size_t processor) {
  const long descriptor = openOn(processor);
  if (failed(descriptor)) return false;
  const long address = systemCall(SYS_mmap, 0, page + dataSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  systemCall(SYS_close, descriptor);
  if (failed(address)) return false;
  buffers[processor] = reinterpret_cast<perf_event_mmap_page*>(address);
  return true;
}

// Processors that are there, by number; the kernel refuses the others.
std::size_t processorCount() {
  std::uint64_t mask[16] = {};
  if (failed(systemCall(SYS_sched_getaffinity, 0, sizeof mask, mask))) return 1;
  std::size_t count = 0;
  for (std::size_t i = 0; i < sizeof mask * 8; ++i)
    if ((mask[i / 64] >> i % 64 & 1) != 0) count = i + 1;
  return count;
}

void copyOut(const perf_event_mmap_page* buffer, std::uint64_t from, void* to, std::size_t size) {
  const char* data = reinterpret_cast<const char*>(buffer) + page;
  for (std::size_t i = 0; i < size; ++i) static_cast<char*>(to)[i] = data[(from + i) % dataSize];
}

// Values of the program's data stay out of the trace.
bool keeps(const Sample& sample, std::uint64_t value) {
  if (value >= sample.stack_pointer && value <= sample.stack_pointer + stackBytes) return true;
  return value >= 65536 && value < (std::uint64_t{1} << 47) && isCode(value);
}

void publish(const Sample& sample, const char* name, std::size_t name_length) {
  isCode(sample.instruction);
  const std::size_t words = (sample.stack_filled < stackBytes ? sample.stack_filled : stackBytes) / 8;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < words; ++i) kept += keeps(sample, sample.stack[i]);
  RecordWriter record(trace::RecordKind::first_touch, sizeof(trace::FirstTouchRecord),
                      name_length + 8 + kept * sizeof(trace::StackWord));
  if (!record) return;
  auto* body = record.body<trace::FirstTouchRecord>();
  body->name = record.append(name, name_length);
  body->site.return_address = sample.instruction + 1;
  body->site.stack_pointer = sample.stack_pointer;
  body->site.frame_pointer = sample.frame_pointer;
  auto* to = reinterpret_cast<trace::StackWord*>(record.reserve(kept * sizeof(trace::StackWord), 8));
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < words; ++i)
    if (count < kept && keeps(sample, sample.stack[i]))
      to[count++] = {sample.stack[i], static_cast<std::uint32_t>(i), 0};
  body->site.words = {record.offsetOf(reinterpret_cast<const char*>(to)),
                      static_cast<std::uint32_t>(count * sizeof(trace::StackWord))};
  record.publish();
}

// In a function of its own: the sample is large.
__attribute__((noinline)) void take(perf_event_mmap_page* buffer) {
  const std::uint64_t head = __atomic_load_n(&buffer->data_head, __ATOMIC_ACQUIRE);
  std::uint64_t tail = buffer->data_tail;
  if (head - tail + sizeof(Sample) > dataSize && !told_lost) {
    told_lost = true;
    publishNote("no-call-chains", "more page faults than the kernel's buffer holds: who looked at some values is lost");
  }
  while (head - tail >= sizeof(perf_event_header)) {
    Sample sample;
    copyOut(buffer, tail, &sample.header, sizeof sample.header);
    if (sample.header.size < sizeof sample.header || sample.header.size > head - tail) break;
    if (sample.header.type == PERF_RECORD_SAMPLE && sample.header.size == sizeof sample) {
      copyOut(buffer, tail, &sample, sizeof sample);
      std::size_t length;
      const char* name = nameOfWindow(sample.address, length);
      if (name != nullptr && sample.abi == PERF_SAMPLE_REGS_ABI_64) publish(sample, name, length);
    }
    tail += sample.header.size;
  }
  __atomic_store_n(&buffer->data_tail, tail, __ATOMIC_RELEASE);
}

}  // namespace

void watchFirstTouches() {
  if ((traceHeader()->flags & trace::deep) == 0 || spreadCount() == 0 || sandboxed()) return;
  for (auto& buffer : buffers) buffer = nullptr;
  owner = processId();
  told_lost = false;
  reading = 0;
  const std::size_t processors = processorCount();
  bool all = processors <= mostProcessors;
  for (std::size_t i = 0; i < processors && all; ++i) all = watch(i);
  if (!all)
    publishNote("no-call-chains", "the kernel gives no samples of page faults: who looked at values is not known");
}

void publishFirstTouches() {
  if (owner == 0 || owner != processId() || sandboxed()) return;
  if (__atomic_exchange_n(&reading, 1, __ATOMIC_ACQUIRE) != 0) return;
  for (perf_event_mmap_page* buffer : buffers)
    if (buffer != nullptr) take(buffer);
  __atomic_store_n(&reading, 0, __ATOMIC_RELEASE);
}

}  // namespace envleak::preload
