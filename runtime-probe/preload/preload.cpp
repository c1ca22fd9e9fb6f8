#include "runtime-probe/trace/format.h"
