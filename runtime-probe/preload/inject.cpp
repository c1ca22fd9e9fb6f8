#include "runtime-probe/preload/inject.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/trace/format.h"

namespace envleak::preload {
namespace {

constexpr char preload_name[] = "LD_PRELOAD=";
constexpr std::size_t handle_length = sizeof trace::handleVariable - 1;

const char* handleOf(const char* entry) {
  if (entry[0] != 'E' || !startsWith(entry, trace::handleVariable) || entry[handle_length] != '=') return nullptr;
  return entry + handle_length + 1;
}

// `library` is one of the elements of the list.
bool lists(const char* list, const char* library) {
  const std::size_t length = lengthOf(library);
  for (const char* element = list; *element != '\0';) {
    const char* end = element;
    while (*end != '\0' && *end != ':' && *end != ' ') ++end;
    if (static_cast<std::size_t>(end - element) == length && sameBytes(element, library, length)) return true;
    element = *end == '\0' ? end : end + 1;
  }
  return false;
}

// The list of other preloads that the child is to have; the last one counts for the loader.
const char* otherPreloads(Strings environment, const ProbeNames& names) {
  const char* found = nullptr;
  for (; environment != nullptr && *environment != nullptr; ++environment)
    if (**environment == 'L' && startsWith(*environment, preload_name) && !isProbeEntry(*environment, names))
      found = *environment + sizeof preload_name - 1;
  return found == nullptr || *found == '\0' ? nullptr : found;
}

char* put(char* to, const char* text) {
  const std::size_t length = lengthOf(text);
  copyBytes(to, text, length);
  return to + length;
}

char* putHexadecimal(char* to, const std::uint8_t* bytes, std::size_t count) {
  constexpr char digits[] = "0123456789abcdef";
  for (std::size_t i = 0; i < count; ++i) {
    *to++ = digits[bytes[i] >> 4];
    *to++ = digits[bytes[i] & 15];
  }
  return to;
}

}  // namespace

Handle parseHandle(const char* text) {
  Handle handle;
  for (; *text >= '0' && *text <= '9'; ++text)
    handle.spawn = handle.spawn * 10 + static_cast<std::uint32_t>(*text - '0');
  if (*text != ':') return handle;
  handle.key = ++text;
  while ((*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'f')) ++text;
  if (static_cast<std::size_t>(text - handle.key) == 2 * trace::keySize && *text == ':') handle.trace = text + 1;
  return handle;
}

bool isProbeEntry(const char* entry, const ProbeNames& names) {
  if (const char* handle = handleOf(entry)) {
    const char* trace = parseHandle(handle).trace;
    return trace != nullptr && sameText(trace, names.trace);
  }
  return entry[0] == 'L' && startsWith(entry, preload_name) && lists(entry + sizeof preload_name - 1, names.library);
}

bool belongsElsewhere(Strings environment, const ProbeNames& names) {
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    const char* handle = handleOf(*environment);
    const char* trace = handle == nullptr ? nullptr : parseHandle(handle).trace;
    if (trace != nullptr && !sameText(trace, names.trace)) return true;
  }
  return false;
}

InjectionSize injectionSize(Strings environment, const ProbeNames& names, const char* first) {
  InjectionSize size{3, sizeof preload_name + lengthOf(names.library) + 1 + lengthOf(first) + 1 + handle_length + 1 +
                            10 + 1 + 2 * trace::keySize + 1 + lengthOf(names.trace) + 1};
  if (const char* others = otherPreloads(environment, names)) size.text += lengthOf(others) + 1;
  for (; environment != nullptr && *environment != nullptr; ++environment) ++size.entries;
  return size;
}

char** copyEnvironment(Strings environment, const ProbeNames& names, char** array) {
  // The same library may be there for another recording.
  const bool keep_all = belongsElsewhere(environment, names);
  for (; environment != nullptr && *environment != nullptr; ++environment)
    if (keep_all || !isProbeEntry(*environment, names)) *array++ = *environment;
  *array = nullptr;
  return array;
}

void inject(Strings environment, const ProbeNames& names, const char* first, std::uint32_t spawn, char** array,
            char* text) {
  const char* others = otherPreloads(environment, names);
  array = copyEnvironment(environment, names, array);
  *array++ = text;
  text = put(text, preload_name);
  if (*first != '\0') {
    text = put(text, first);
    *text++ = ':';
  }
  text = put(text, names.library);
  if (others != nullptr) {
    *text++ = ':';
    text = put(text, others);
  }
  *text++ = '\0';
  *array++ = text;
  text = put(text, trace::handleVariable);
  *text++ = '=';
  text = putNumber(text, spawn);
  *text++ = ':';
  text = putHexadecimal(text, names.key, trace::keySize);
  *text++ = ':';
  text = put(text, names.trace);
  *text = '\0';
  *array = nullptr;
}

}  // namespace envleak::preload
