// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An environment that starts empty.
#include <SDL3/SDL.h>
#include <stddef.h>

void own(void *argv) {
  SDL_Environment *environment = SDL_CreateEnvironment(false);
  SDL_SetEnvironmentVariable(environment, "LANG", "C", true);
  SDL_PropertiesID properties = SDL_CreateProperties();
  SDL_SetPointerProperty(properties, SDL_PROP_PROCESS_CREATE_ARGS_POINTER, argv);
  SDL_SetPointerProperty(properties, SDL_PROP_PROCESS_CREATE_ENVIRONMENT_POINTER, environment);
  SDL_CreateProcessWithProperties(properties);
  // CHECK: [[#@LINE-1]]: direct SDL_CreateProcessWithProperties in own: explicit [none]
}
