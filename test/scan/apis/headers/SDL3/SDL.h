// A stand-in for SDL 3: what the tests call, declared in our own words.
#pragma once
#include <stdbool.h>
typedef unsigned SDL_PropertiesID;
typedef struct SDL_Process SDL_Process;
typedef struct SDL_Environment SDL_Environment;
#define SDL_PROP_PROCESS_CREATE_ARGS_POINTER "SDL.process.create.args"
#define SDL_PROP_PROCESS_CREATE_ENVIRONMENT_POINTER "SDL.process.create.environment"
SDL_Process *SDL_CreateProcess(const char *const *args, bool pipe_stdio);
SDL_Process *SDL_CreateProcessWithProperties(SDL_PropertiesID);
SDL_PropertiesID SDL_CreateProperties(void);
bool SDL_SetPointerProperty(SDL_PropertiesID, const char *name, void *value);
SDL_Environment *SDL_CreateEnvironment(bool populated);
SDL_Environment *SDL_GetEnvironment(void);
bool SDL_SetEnvironmentVariable(SDL_Environment *, const char *name, const char *value, bool overwrite);
bool SDL_OpenURL(const char *url);
const char *SDL_getenv(const char *name);
