#include "runtime-probe/trace/record_names.h"

#include "runtime-probe/trace/trace_file.h"

#include <array>

namespace envleak::trace {

std::string_view nameOf(ReadApi api) {
  switch (api) {
    case ReadApi::getenv:
      return "getenv";
    case ReadApi::secure_getenv:
      return "secure_getenv";
    case ReadApi::by_script:
    case ReadApi::all_by_script:
      return "";
  }
  throw DamagedRecord{};
}

facts::WriteKind kindOf(WriteApi api) {
  switch (api) {
    case WriteApi::setenv:
    case WriteApi::set_by_script:
      return facts::WriteKind::set;
    case WriteApi::putenv:
      return facts::WriteKind::put;
    case WriteApi::unsetenv:
    case WriteApi::unset_by_script:
      return facts::WriteKind::unset;
    case WriteApi::clearenv:
    case WriteApi::clear_by_script:
      return facts::WriteKind::clear;
  }
  throw DamagedRecord{};
}

std::string_view nameOf(WriteApi api) {
  switch (api) {
    case WriteApi::setenv:
      return "setenv";
    case WriteApi::putenv:
      return "putenv";
    case WriteApi::unsetenv:
      return "unsetenv";
    case WriteApi::clearenv:
      return "clearenv";
    case WriteApi::set_by_script:
    case WriteApi::unset_by_script:
    case WriteApi::clear_by_script:
      return "";
  }
  throw DamagedRecord{};
}

bool concernsNoRead(std::string_view kind) {
  constexpr std::array<std::string_view, 9> kinds{"no-call-chains", libcReads, "libc-spawns", "unreachable",
                                                  "sanitizer",      "static",  "setuid",      "foreign-architecture",
                                                  "script"};
  for (std::string_view candidate : kinds)
    if (kind == candidate) return true;
  return false;
}

}  // namespace envleak::trace
