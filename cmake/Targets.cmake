# What all targets of the project share.

add_library(envleak_flags INTERFACE)
target_compile_options(envleak_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's own std::stable_sort calls a function that C++20 deprecates.
  target_compile_options(envleak_flags INTERFACE -Wno-deprecated-declarations)
endif()
if(ENVLEAK_WERROR)
  target_compile_options(envleak_flags INTERFACE -Werror)
endif()

# The preload library must not be sanitized: it runs in foreign processes.
add_library(envleak_sanitize INTERFACE)
if(ENVLEAK_SANITIZE)
  target_compile_options(envleak_sanitize INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(envleak_sanitize INTERFACE -fsanitize=address,undefined)
endif()
if(ENVLEAK_FUZZ)
  target_compile_options(envleak_sanitize INTERFACE -fsanitize=fuzzer-no-link)
endif()

# A static library of the tool itself: envleak_library(NAME SOURCE...)
function(envleak_library name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include)
  target_link_libraries(${name} PRIVATE envleak_flags PUBLIC envleak_sanitize)
endfunction()

# A data file that the program finds beside itself, in the build tree and when installed:
# envleak_data(FOLDER FILE...) puts it at share/envleak/FOLDER.
function(envleak_data folder)
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME)
    configure_file(${file} ${ENVLEAK_SHARE_DIR}/${folder}/${name} COPYONLY)
    install(FILES ${file} DESTINATION share/envleak/${folder})
  endforeach()
endfunction()
