#include "analyzer/frontend/library_headers.h"

#include "analyzer/frontend/resource_directory.h"

#include <gtest/gtest.h>

namespace envleak::analyzer {
namespace {

TEST(LibraryHeaders, OfTheStandardLibraries) {
  for (const char* path :
       {"/usr/include/stdlib.h", "/usr/include/x86_64-linux-gnu/sys/types.h", "/usr/include/x86_64-linux-gnu/bits/stdio.h",
        "/usr/lib/gcc/x86_64-linux-gnu/12/../../../../include/c++/12/vector", "/opt/arm/sysroot/usr/include/unistd.h",
        "/usr/include/c++/12/bits/include/allocator.h", "/usr/include/linux/fs.h"})
    EXPECT_TRUE(isStandardHeader(path)) << path;
  EXPECT_TRUE(isStandardHeader(resourceDirectory() + "/include/stddef.h"));
}

TEST(LibraryHeaders, OfOthers) {
  for (const char* path : {"/usr/include/zlib.h", "/usr/include/curl/curl.h", "/usr/include/x86_64-linux-gnu/curl/curl.h",
                           "/home/me/vendor/launch.h", "/home/me/include/launch.h", "/home/me/vendor/string.h", "launch.h"})
    EXPECT_FALSE(isStandardHeader(path)) << path;
}

TEST(LibraryHeaders, Installed) {
  EXPECT_TRUE(isInstalledHeader("/usr/include/curl/curl.h"));
  EXPECT_FALSE(isInstalledHeader("/home/me/usr/include/launch.h"));
}

}  // namespace
}  // namespace envleak::analyzer
