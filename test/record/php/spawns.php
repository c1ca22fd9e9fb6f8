<?php
// REQUIRES: php
// Every way to start a program is told with the line of the script.
//
// RUN: %envleak record -o %t.trace -- php %s > /dev/null
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' spawn .*spawns.php' | %FileCheck %s
exec('true 1');
// CHECK: 'true 1' {{.*}} script=spawns.php:[[@LINE-1]]
shell_exec('true 2');
// CHECK: 'true 2' {{.*}} script=spawns.php:[[@LINE-1]]
`true 3`;
// CHECK: 'true 3' {{.*}} script=spawns.php:[[@LINE-1]]
passthru('true 4');
// CHECK: 'true 4' {{.*}} script=spawns.php:[[@LINE-1]]
system('true 5');
// CHECK: 'true 5' {{.*}} script=spawns.php:[[@LINE-1]]
pclose(popen('true 6', 'r'));
// CHECK: 'true 6' {{.*}} script=spawns.php:[[@LINE-1]]
proc_close(proc_open(['true', '7'], [], $pipes));
// CHECK: ['true' '7'] {{.*}} script=spawns.php:[[@LINE-1]]
proc_close(proc_open('true 8', [], $pipes, null, ['ONLY' => 'this']));
// CHECK: 'true 8'] {{.*}} script=spawns.php:[[@LINE-1]]
function last() { pcntl_exec('/bin/true', ['9']); }
// CHECK: '9'] {{.*}} script=spawns.php:[[@LINE-1]]
last();
