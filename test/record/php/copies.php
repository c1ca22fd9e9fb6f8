<?php
// REQUIRES: php
// A library that is given the whole array looks the name up elsewhere: the line is that, with its callers.
//
// RUN: env -i PATH=/usr/bin:/bin N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 N7=7 N8=8 %envleak record -o %t.trace -- php %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (script|read by_script|read getenv N|all_by_script)' | %FileCheck %s
function find($array, $key) {
  return $array[$key] ?? null;
}
function has(array $array, string $key) { return array_key_exists($key, $array); }
function through($all, $key) { return has($all, $key) ? find($all, $key) : null; }
class Repository {
  static function read(array $from, $name) {
    $mine = $from;
    return $mine[$name];
  }
}
function all() { return $_SERVER; }

$value = find($_SERVER, 'N1');
// CHECK: script PHP copies.php:8 < copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N1 set=1 count=1 script=copies.php:8 via=$_SERVER
$value = through($_SERVER, 'N2');
// CHECK-NEXT: script PHP copies.php:10 < copies.php:11 < copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N2 set=1 count=1 script=copies.php:10 via=$_SERVER
// CHECK-NEXT: script PHP copies.php:8 < copies.php:11 < copies.php:[[@LINE-3]]
// CHECK-NEXT: read by_script N2 set=1 count=1 script=copies.php:8 via=$_SERVER
$value = through($_SERVER, 'NOT_SET');
// CHECK-NEXT: script PHP copies.php:10 < copies.php:11 < copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script NOT_SET set=0 count=1 script=copies.php:10 via=$_SERVER
$value = Repository::read($_SERVER, 'N3');
// CHECK-NEXT: script PHP copies.php:15 < copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N3 set=1 count=1 script=copies.php:15 via=$_SERVER
$value = all()['N4'];
// CHECK-NEXT: script PHP copies.php:18 < copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N4 set=1 count=1 script=copies.php:18 via=$_SERVER
$environment = getenv();
$value = $environment['N5'];
// CHECK-NEXT: script PHP copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N5 set=1 count=1 script=copies.php:[[@LINE-2]] via=copied array
$value = find(getenv(), 'N6');
// CHECK-NEXT: script PHP copies.php:8 < copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N6 set=1 count=1 script=copies.php:8 via=copied array
$value = getenv()['N7'];
// CHECK-NEXT: script PHP copies.php:[[@LINE-1]]
// CHECK-NEXT: read by_script N7 set=1 count=1 script=copies.php:[[@LINE-2]] via=getenv()
$value = getenv('N8');
// CHECK-NEXT: script PHP copies.php:[[@LINE-1]]
// CHECK-NEXT: read getenv N8 set=1 count=1 script=copies.php:[[@LINE-2]]
$value = find(['N1' => 1], 'N1');
// CHECK-NOT: by_script
