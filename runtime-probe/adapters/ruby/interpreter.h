// What Ruby exports. Weak: where one is missing, the adapter does nothing.
#pragma once

#include <cstdint>

namespace envleak::ruby {

using Value = std::uintptr_t;

extern "C" {
__attribute__((weak)) extern const char ruby_version[];
__attribute__((weak)) int ruby_thread_has_gvl_p();
__attribute__((weak)) int rb_during_gc();
__attribute__((weak)) const char* rb_source_location_cstr(int* line);
__attribute__((weak)) int rb_profile_frames(int start, int limit, Value* frames, int* lines);
__attribute__((weak)) Value rb_profile_frame_path(Value frame);
__attribute__((weak)) Value rb_profile_frame_absolute_path(Value frame);
__attribute__((weak)) Value rb_profile_frame_base_label(Value frame);
__attribute__((weak)) Value rb_profile_frame_method_name(Value frame);
__attribute__((weak)) char* rb_string_value_ptr(volatile Value* string);
}

// This thread runs Ruby code and may look at its objects.
inline bool mayAsk() { return ruby_thread_has_gvl_p() != 0 && rb_during_gc() == 0; }

// The bytes of a String; null for anything else. Names that the compiler keeps (paths, labels) end with a NUL.
inline const char* bytesOf(Value value) {
  constexpr Value immediates = 7, special_constants = 64;
  constexpr Value type_mask = 0x1F, string = 5;  // ruby_value_type
  if ((value & immediates) != 0 || value < special_constants) return nullptr;
  if ((*reinterpret_cast<const Value*>(value) & type_mask) != string) return nullptr;
  volatile Value copy = value;
  return rb_string_value_ptr(&copy);
}

}  // namespace envleak::ruby
