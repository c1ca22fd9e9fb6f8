#include "runtime-probe/record/pool_file.h"

#include "runtime-probe/preload/pool.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace envleak::probe {

PoolFile::PoolFile() {
  // Sparse; but a file that is larger than the limit raises a signal.
  struct rlimit limit;
  if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur < preload::poolFileSize) return;
  descriptor_ = ::memfd_create("envleak-pool", MFD_CLOEXEC);
  struct stat status;
  if (descriptor_ < 0 || ::fchmod(descriptor_, 0600) != 0 ||
      ::ftruncate(descriptor_, static_cast<off_t>(preload::poolFileSize)) != 0 || ::fstat(descriptor_, &status) != 0)
    return;
  place_ = {static_cast<std::uint32_t>(::getpid()), static_cast<std::uint32_t>(descriptor_), status.st_ino,
            ::gnu_dev_major(status.st_dev), ::gnu_dev_minor(status.st_dev)};
}

PoolFile::~PoolFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace envleak::probe
