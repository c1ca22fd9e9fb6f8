# Everything comes from Debian's packages; README.md lists them.
find_package(LLVM 19.1 REQUIRED CONFIG)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(Threads REQUIRED)

find_path(LIBCLANG_INCLUDE_DIR clang-c/Index.h HINTS ${LLVM_INCLUDE_DIRS} NO_DEFAULT_PATH REQUIRED)
find_library(LIBCLANG_LIBRARY NAMES clang clang-19 HINTS ${LLVM_LIBRARY_DIRS} NO_DEFAULT_PATH REQUIRED)

# Beside libclang only the shared libLLVM is linked: a static copy would register its options twice. A program without
# libclang can have the property ENVLEAK_STATIC_LLVM.
add_library(envleak_llvm INTERFACE)
target_include_directories(envleak_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_libraries(envleak_llvm INTERFACE
  "$<IF:$<BOOL:$<TARGET_PROPERTY:ENVLEAK_STATIC_LLVM>>,LLVMSymbolize;LLVMDebugInfoDWARF;LLVMObject;LLVMSupport,LLVM>")

add_library(envleak_libclang INTERFACE)
target_include_directories(envleak_libclang SYSTEM INTERFACE ${LIBCLANG_INCLUDE_DIR})
target_link_libraries(envleak_libclang INTERFACE ${LIBCLANG_LIBRARY})
