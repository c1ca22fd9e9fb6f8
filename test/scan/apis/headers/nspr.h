// A stand-in for NSPR: what the tests call, declared in our own words.
#pragma once
typedef struct PRProcess PRProcess;
typedef struct PRProcessAttr PRProcessAttr;
typedef enum { PR_FAILURE = -1, PR_SUCCESS = 0 } PRStatus;
PRProcess *PR_CreateProcess(const char *path, char *const *argv, char *const *envp, const PRProcessAttr *);
PRStatus PR_CreateProcessDetached(const char *path, char *const *argv, char *const *envp, const PRProcessAttr *);
char *PR_GetEnv(const char *name);
PRStatus PR_SetEnv(const char *assignment);
char **PR_DuplicateEnvironment(void);
