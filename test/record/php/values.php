<?php
// REQUIRES: php
// A value that the script looks at in a copy, whatever the way, is told; copying, counting, measuring, sorting by name
// and handing on is no look.
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three N4=four N5=five N6=six N7=seven N8= N9=9 %envleak record -o %t.trace -- php %s > %t.out
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep touched | %FileCheck %s
// RUN: %FileCheck %s --check-prefix=OUT < %t.out
// CHECK: touched by_script all=0 exact=1
// CHECK-SAME: 'N1' 'N2' 'N3' 'N4' 'N9'{{$}}
$held = new stdClass;
foreach ($_SERVER as $name => $value) {
  if (!is_string($value)) continue;
  $held->$name = $value;
  $length = strlen($value);
}
ksort($_SERVER);
echo count($_SERVER + getenv()) > 9, count(array_filter(getenv(), 'is_string')) > 9, "\n";
// OUT: 11
echo strtoupper($held->N1), " ", $held->N9, "\n";
// OUT-NEXT: ONE 9
extract($_SERVER);
echo $N2[0], md5($N3) == md5('three'), "\n";
// OUT-NEXT: t1
// Changed in a copy, it is the copy's own.
$N4[0] = 'F';
$N5 = 'other';
echo $N4, " ", strlen($held->N6), "\n";
// OUT-NEXT: Four 3
