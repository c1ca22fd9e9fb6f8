<?php
// REQUIRES: php
// A forked child is told by itself: what its parent had looked at before is not its own, what it looks at is.
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three N4=four N5=five N6=six %envleak record -o %t.trace -- php %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E 'touched by_script|read by_script' | %FileCheck %s
$all = getenv();
foreach ($all as $name => $value) if ($name === 'N1') $value .= 'x';
// The parent waits: what follows is in this order.
if (pcntl_fork() === 0) {
  foreach ($all as $name => $value) if ($name === 'N2') $value .= 'x';
  $value = $_SERVER['N3'];
  exit(0);
}
pcntl_wait($status);
$value = $_SERVER['N4'];
// CHECK: P3 read by_script N3 set=1 count=1 script=fork.php:12 via=$_SERVER
// CHECK-NEXT: P3 touched by_script all=0 exact=1 'N2'{{$}}
// CHECK-NEXT: P2 read by_script N4 set=1 count=1 script=fork.php:16 via=$_SERVER
// CHECK-NEXT: P2 touched by_script all=0 exact=1 'N1'{{$}}
