// The interpreter's headers, and what of it this library uses: as weak references, so that it can be opened anywhere.
#pragma once

#include "runtime-probe/adapters/adapter.h"

#define PERL_NO_GET_CONTEXT
#include <EXTERN.h>
#include <perl.h>

#pragma weak PL_curinterp
#pragma weak PL_interp_size
#pragma weak PL_magic_vtables
#pragma weak PL_ppaddr
#pragma weak PL_revision
#pragma weak PL_version
#pragma weak PL_subversion
#pragma weak PL_block_type
#pragma weak Perl_closest_cop
#pragma weak Perl_get_context
#pragma weak Perl_hv_common

namespace envleak::perl {

extern const adapters::Host* host;

// An interpreter's %ENV; null before it has one.
inline HV* environmentOf(const PerlInterpreter* my_perl) { return PL_envgv == nullptr ? nullptr : GvHV(PL_envgv); }

}  // namespace envleak::perl
