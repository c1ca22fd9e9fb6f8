// What glibc's loader looks at in every program, before anything else runs: ld.so(8) and the older names of tunables.
// Not LD_AUDIT: such a library may look at everything before the probe begins.
#pragma once

namespace envleak::trace {

inline constexpr char loaderVariables[][24] = {"GLIBC_TUNABLES",
                                               "LD_BIND_NOT",
                                               "LD_BIND_NOW",
                                               "LD_DEBUG",
                                               "LD_DEBUG_OUTPUT",
                                               "LD_DYNAMIC_WEAK",
                                               "LD_LIBRARY_PATH",
                                               "LD_ORIGIN_PATH",
                                               "LD_PRELOAD",
                                               "LD_PROFILE",
                                               "LD_PROFILE_OUTPUT",
                                               "LD_SHOW_AUXV",
                                               "LD_VERBOSE",
                                               "LD_WARN",
                                               "MALLOC_ARENA_MAX",
                                               "MALLOC_ARENA_TEST",
                                               "MALLOC_CHECK_",
                                               "MALLOC_MMAP_MAX_",
                                               "MALLOC_MMAP_THRESHOLD_",
                                               "MALLOC_PERTURB_",
                                               "MALLOC_TOP_PAD_",
                                               "MALLOC_TRIM_THRESHOLD_"};

}  // namespace envleak::trace
