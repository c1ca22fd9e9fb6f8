<?php
// REQUIRES: ptrace, php
// What a killed script had looked at in PHP's copies is seen from outside.
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three N4=four %status 137 %envleak record --supervise -o %t.trace -- php %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E 'windows|touched' | %FileCheck %s
// CHECK: P2 windows n={{[0-9]+}} complete=1
// CHECK: P2 windows by_script n={{[0-9]+}} complete=1
// CHECK: P2* touched all=0 exact=1 {{.*}}'N1'
// CHECK-NEXT: P2* touched by_script all=0 exact=1 'N1'{{$}}
foreach (getenv() as $name => $value) if ($name === 'N1') $value .= 'x';
posix_kill(getmypid(), SIGKILL);
