// Perl 5.36 copies the environment into %ENV before it runs a script.
#include "runtime-probe/adapters/perl/calls.h"
#include "runtime-probe/adapters/perl/element_magic.h"
#include "runtime-probe/adapters/perl/environment.h"
#include "runtime-probe/adapters/perl/interpreter.h"

namespace envleak::perl {

const adapters::Host* host = nullptr;

namespace {

char version[16];  // "5.36.0"

void putVersion() {
  char* to = version;
  const auto number = [&to](unsigned value) {
    if (value >= 100) *to++ = static_cast<char>('0' + value / 100);
    if (value >= 10) *to++ = static_cast<char>('0' + value / 10 % 10);
    *to++ = static_cast<char>('0' + value % 10);
  };
  number(PL_revision);
  *to++ = '.';
  number(PL_version);
  *to++ = '.';
  number(PL_subversion);
  *to = '\0';
}

// All that is used is there, and an interpreter is laid out as in the headers.
bool fits() {
  return &PL_revision != nullptr && &PL_version != nullptr && &PL_subversion != nullptr && PL_revision == PERL_REVISION &&
         PL_version == PERL_VERSION && &PL_interp_size != nullptr && PL_interp_size == sizeof(PerlInterpreter) &&
         &PL_curinterp != nullptr && PL_magic_vtables != nullptr && PL_ppaddr != nullptr &&
         &Perl_closest_cop != nullptr && &Perl_get_context != nullptr && &Perl_hv_common != nullptr;
}

constexpr adapters::Adapter adapter = {adapters::interfaceVersion, "Perl", &frames, &place};

}  // namespace
}  // namespace envleak::perl

extern "C" const envleak::adapters::Adapter* envleak_adapter(const envleak::adapters::Host* from) {
  using namespace envleak::perl;
  host = from;
  if (!fits()) {
    host->note("adapter-version", "this Perl is not 5.36 with threads, for which the adapter was built");
    return nullptr;
  }
  putVersion();
  noteFolder();
  replaceOperations();
  if (watchMagic())
    host->covers(version);
  else
    host->note("adapter-mismatch", "the values of %ENV could not be put under watch");
  return &adapter;
}
