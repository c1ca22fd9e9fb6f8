// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without the property the environment is inherited.
#include <SDL3/SDL.h>
#include <stddef.h>

void plain(const char *const *argv) {
  SDL_CreateProcess(argv, false);
  // CHECK: [[#@LINE-1]]: direct SDL_CreateProcess in plain: inherited [envleak-inherited]
}
void opened(void) {
  SDL_OpenURL("https://example.org");
  // CHECK: [[#@LINE-1]]: direct SDL_OpenURL in opened: inherited
}
void other_property(void *argv) {
  SDL_PropertiesID properties = SDL_CreateProperties();
  SDL_SetPointerProperty(properties, SDL_PROP_PROCESS_CREATE_ARGS_POINTER, argv);
  SDL_CreateProcessWithProperties(properties);
  // CHECK: [[#@LINE-1]]: direct SDL_CreateProcessWithProperties in other_property: inherited
}
void populated(void *argv) {
  SDL_PropertiesID properties = SDL_CreateProperties();
  SDL_SetPointerProperty(properties, SDL_PROP_PROCESS_CREATE_ARGS_POINTER, argv);
  SDL_SetPointerProperty(properties, SDL_PROP_PROCESS_CREATE_ENVIRONMENT_POINTER, SDL_CreateEnvironment(true));
  SDL_CreateProcessWithProperties(properties);
  // CHECK: [[#@LINE-1]]: direct SDL_CreateProcessWithProperties in populated: forwarded
}
