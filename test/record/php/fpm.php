<?php
// REQUIRES: php, php-fpm
// The parameters of the web server are none of the environment, even under the name of a variable: what they hide was
// not read. The requests of a worker are told as one.
//
// RUN: %python %S/Inputs/serve.py fpm php-fpm8.2 %s %t.trace | %FileCheck %s --check-prefix=OUT
// OUT: one two three of the web server of the web server none
// OUT-NEXT: one two three of the web server of the web server none
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E 'by_script|read getenv N' | %FileCheck %s
function find($array, $key) { return $array[$key] ?? 'none'; }
$values = [$_SERVER['N1'], getenv('N2'), find(getenv(), 'N3'), $_SERVER['N4'], getenv('N4'), find($_SERVER, 'NOT_SET')];
echo implode(' ', $values), "\n";
// CHECK: read by_script N1 set=1 count=2 script=fpm.php:[[@LINE-2]] via=$_SERVER
// CHECK-NEXT: read getenv N2 set=1 count=2 script=fpm.php:[[@LINE-3]]
// CHECK-NEXT: read by_script N3 set=1 count=2 script=fpm.php:[[@LINE-5]] via=copied array
// CHECK-NEXT: read by_script NOT_SET set=0 count=2 script=fpm.php:[[@LINE-6]] via=$_SERVER
// CHECK-NEXT: touched by_script all=0 exact=1 'N1' 'N3'{{$}}
