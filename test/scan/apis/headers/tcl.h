// A stand-in for Tcl's C interface: what the tests call, declared in our own words.
#pragma once
typedef struct Tcl_Interp Tcl_Interp;
typedef struct Tcl_Channel_ *Tcl_Channel;
Tcl_Channel Tcl_OpenCommandChannel(Tcl_Interp *, int argc, const char **argv, int flags);
int Tcl_PutEnv(const char *assignment);
