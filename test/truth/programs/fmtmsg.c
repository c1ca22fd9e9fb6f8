// libc asks for MSGVERB.
#include <fmtmsg.h>
#include "truth.h"

int main(void) { return fmtmsg(MM_PRINT, "truth:test", MM_ERROR, "text", "action", "tag") == MM_NOTOK; }
