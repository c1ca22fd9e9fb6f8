#include "nspr.h"
