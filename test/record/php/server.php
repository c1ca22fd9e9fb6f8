<?php
// REQUIRES: php
// PHP's own web server puts nothing of the environment into `$_SERVER`: to ask there is no read.
//
// RUN: %python %S/Inputs/serve.py cli php %s %t.trace | %FileCheck %s --check-prefix=OUT
// OUT: none two three
// OUT-NEXT: none two three
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E 'by_script|read getenv N' | %FileCheck %s
echo $_SERVER['N1'] ?? 'none', ' ', getenv('N2'), ' ', getenv()['N3'], "\n";
// CHECK: read getenv N2 set=1 count=2 script=server.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N3 set=1 count=2 script=server.php:[[@LINE-2]] via=getenv()
// CHECK-NEXT: touched by_script all=0 exact=1 'N3'{{$}}
