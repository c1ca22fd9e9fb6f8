#include "runtime-probe/adapters/node/engine.h"

#include "runtime-probe/preload/bytes.h"

#include <dlfcn.h>

namespace envleak::node {
namespace {

// v8::Local<T> is a pointer, v8::Location two numbers.
struct Location {
  std::int32_t line, column;
};
struct Registers {
  void* pc;
  void* sp;
  void* fp;
  void* lr;
  void* others[12];
};
struct Sample {
  std::size_t count;
  void* callback;
  void* context;
  void* embedder_context;
  std::int32_t state;
  void* others[12];
};
constexpr std::int32_t outsideOfJavaScript = 6;  // v8::StateTag::EXTERNAL: in a function of the embedder's
constexpr int allDetails = 0x7F;
constexpr int notTerminated = 2, onlyValid = 8;  // v8::String::WriteOptions

struct Engine {
  const char* (*version)();
  void* (*isolate)();
  bool (*in_context)(void*);
  void (*sample)(void*, const Registers&, void**, std::size_t, Sample*);
  void (*builtins)(void*, const void**, std::size_t*);
  void (*open_scope)(void*, void*);
  void (*close_scope)(void*);
  void* (*trace)(void*, int, int);
  int (*count)(void*);
  void* (*frame)(void*, void*, unsigned);
  Location (*location)(void*);
  void* (*script)(void*);
  void* (*function)(void*);
  int (*write)(void*, void*, char*, int, int*, int);
} engine;

// Up to version 10, V8 keeps its state in a thread-specific value, whose key is another library's until it is created.
const bool* key_created;

void* currentIsolate() {
  if (key_created != nullptr && !__atomic_load_n(key_created, __ATOMIC_ACQUIRE)) return nullptr;
  void* isolate = engine.isolate();
  return isolate != nullptr && engine.in_context(isolate) ? isolate : nullptr;
}

std::size_t textOf(void* isolate, void* string, char* to, std::size_t size) {
  if (string == nullptr) return 0;
  const int written = engine.write(string, isolate, to, static_cast<int>(size), nullptr, notTerminated | onlyValid);
  return written > 0 ? static_cast<std::size_t>(written) : 0;
}

template <typename Symbol>
bool find(Symbol& symbol, const char* name) {
  symbol = reinterpret_cast<Symbol>(dlsym(RTLD_DEFAULT, name));
  return symbol != nullptr;
}

// Those of node 18 to 21, of which the layouts above are known.
bool isKnownVersion(const char* version) {
  return preload::startsWith(version, "10.") || preload::startsWith(version, "11.");
}

}  // namespace

bool findEngine() {
  const bool found =
      find(engine.version, "_ZN2v82V810GetVersionEv") && find(engine.isolate, "_ZN2v87Isolate13TryGetCurrentEv") &&
      find(engine.in_context, "_ZN2v87Isolate9InContextEv") &&
      find(engine.sample, "_ZN2v87Isolate14GetStackSampleERKNS_13RegisterStateEPPvmPNS_10SampleInfoE") &&
      find(engine.builtins, "_ZN2v87Isolate20GetEmbeddedCodeRangeEPPKvPm") &&
      find(engine.open_scope, "_ZN2v811HandleScopeC1EPNS_7IsolateE") &&
      find(engine.close_scope, "_ZN2v811HandleScopeD1Ev") &&
      find(engine.trace, "_ZN2v810StackTrace17CurrentStackTraceEPNS_7IsolateEiNS0_17StackTraceOptionsE") &&
      find(engine.count, "_ZNK2v810StackTrace13GetFrameCountEv") &&
      find(engine.frame, "_ZNK2v810StackTrace8GetFrameEPNS_7IsolateEj") &&
      find(engine.location, "_ZNK2v810StackFrame11GetLocationEv") &&
      find(engine.script, "_ZNK2v810StackFrame13GetScriptNameEv") &&
      find(engine.function, "_ZNK2v810StackFrame15GetFunctionNameEv") &&
      find(engine.write, "_ZNK2v86String9WriteUtf8EPNS_7IsolateEPciPii");
  find(key_created, "_ZN2v88internal7Isolate20isolate_key_created_E");
  dlerror();
  return found && isKnownVersion(engine.version());
}

const char* engineVersion() { return engine.version(); }

std::size_t sampleCalls(std::uint64_t* to, std::size_t most) {
  constexpr std::size_t mostSamples = 4;  // each costs as much as the read itself
  void* isolate = currentIsolate();
  if (isolate == nullptr) return 0;
  Registers registers = {};
  registers.pc = reinterpret_cast<void*>(&sampleCalls);
  registers.sp = registers.fp = __builtin_frame_address(0);
  void* samples[mostSamples];
  Sample sample = {};
  engine.sample(isolate, registers, samples, mostSamples, &sample);
  if (sample.state != outsideOfJavaScript || sample.count > mostSamples) return 0;
  const void* builtins = nullptr;
  std::size_t builtins_size = 0;
  engine.builtins(isolate, &builtins, &builtins_size);
  const auto start = reinterpret_cast<std::uint64_t>(builtins);
  std::size_t count = 0;
  for (std::size_t i = 0; i < sample.count && count < most; ++i) {
    const auto address = reinterpret_cast<std::uint64_t>(samples[i]);
    if (address - start >= builtins_size) to[count++] = address;
  }
  return count;
}

Calls::Calls(int most) : isolate_(engine.isolate()) {
  engine.open_scope(scope_, isolate_);
  trace_ = engine.trace(isolate_, most, allDetails);
}

Calls::~Calls() { engine.close_scope(scope_); }

unsigned Calls::count() const {
  const int count = trace_ == nullptr ? 0 : engine.count(trace_);
  return count > 0 ? static_cast<unsigned>(count) : 0;
}

std::size_t Calls::script(unsigned call, char* to, std::size_t size) const {
  return textOf(isolate_, engine.script(engine.frame(trace_, isolate_, call)), to, size);
}

std::size_t Calls::function(unsigned call, char* to, std::size_t size) const {
  return textOf(isolate_, engine.function(engine.frame(trace_, isolate_, call)), to, size);
}

std::uint32_t Calls::line(unsigned call) const {
  const Location location = engine.location(engine.frame(trace_, isolate_, call));
  return location.line < 0 ? 0 : static_cast<std::uint32_t>(location.line) + 1;
}

}  // namespace envleak::node
