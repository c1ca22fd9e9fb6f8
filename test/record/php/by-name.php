<?php
// REQUIRES: php
// What a script asks `$_SERVER` for by name is told with its line: set or not, by a constant, a variable or an
// expression, in a function, a method, a generator or evaluated code.
//
// RUN: env -i PATH=/usr/bin:/bin N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 N7=7 N8=8 N9=9 %envleak record -o %t.trace -- php %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (adapter|read by_script|all_by_script)' | %FileCheck %s
// CHECK: adapter PHP - covers=0
// CHECK-NEXT: adapter PHP version covers=1
$name = 'N2';
$value = $_SERVER['N1'];
// CHECK-NEXT: read by_script N1 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
$value = $_SERVER[$name];
// CHECK-NEXT: read by_script N2 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
$value = $_SERVER['N' . strlen('abc')];
// CHECK-NEXT: read by_script N3 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
$value = isset($_SERVER['N4']);
// CHECK-NEXT: read by_script N4 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
$value = $_SERVER['NOT_SET'] ?? 'default';
// CHECK-NEXT: read by_script NOT_SET set=0 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
$value = array_key_exists('N5', $_SERVER);
// CHECK-NEXT: read by_script N5 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
['N6' => $six, 'N7' => $seven] = $_SERVER;
// CHECK-NEXT: read by_script N6 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
// CHECK-NEXT: read by_script N7 set=1 count=1 script=by-name.php:[[@LINE-2]] via=$_SERVER
for ($i = 0; $i < 3; ++$i) $value = empty($_SERVER['N8']);
// CHECK-NEXT: read by_script N8 set=1 count=3 script=by-name.php:[[@LINE-1]] via=$_SERVER
$value = $GLOBALS['_SERVER']['N9'];
// CHECK-NEXT: read by_script N9 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER

class Settings {
  function __get($name) { return $_SERVER[$name]; }
  // CHECK-NEXT: read by_script N1 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
}
$value = (new Settings)->N1;
function each() { yield $_SERVER['N2']; }
// CHECK-NEXT: read by_script N2 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
foreach (each2() as $value);
function each2() { yield from each(); }
eval("\n\$value = \$_SERVER['N3'];");
// CHECK-NEXT: read by_script N3 set=1 count=1 script=by-name.php({{[0-9]+}}) : eval()'d code:2 via=$_SERVER
try {
  throw new Exception;
} finally {
  $value = $_SERVER['N4'];
  // CHECK-NEXT: read by_script N4 set=1 count=1 script=by-name.php:[[@LINE-1]] via=$_SERVER
  exit(0);
}
