#pragma once

#ifdef __cplusplus
extern "C"
#endif
int run(char **arguments);
