// What libc's own getenv does under the probe.
#pragma once

namespace envleak::preload {

char* readOfLibc(const char* name);

}  // namespace envleak::preload
