<?php
// REQUIRES: php
// Changes of the superglobals are told where the name can be a variable's; putenv as libc sees it.
//
// RUN: env -i PATH=/usr/bin:/bin N1=1 N2=2 N3=3 %envleak record -o %t.trace -- php %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (write|read by_script) ' | %FileCheck %s
$_SERVER['N1'] = 'changed';
// CHECK: write set_by_script N1 [[CHANGED:h[0-9]+]] script=writes.php:[[@LINE-1]] via=$_SERVER
putenv('N2=changed');
// CHECK-NEXT: write putenv N2 [[CHANGED]] script=writes.php:[[@LINE-1]] site
$_ENV['NEW'] = 'changed';
// CHECK-NEXT: write set_by_script NEW [[CHANGED]] script=writes.php:[[@LINE-1]] via=$_ENV
unset($_SERVER['N3']);
// CHECK-NEXT: write unset_by_script N3 - script=writes.php:[[@LINE-1]] via=$_SERVER
$_SERVER['SECONDS'] = -17;
// CHECK-NEXT: write set_by_script SECONDS [[NUMBER:h[0-9]+]] script=writes.php:[[@LINE-1]] via=$_SERVER
$_ENV['SECONDS'] = '-17';
// CHECK-NEXT: write set_by_script SECONDS [[NUMBER]] script=writes.php:[[@LINE-1]] via=$_ENV
$_SERVER['PATH'] .= ':/more';
// CHECK-NEXT: read by_script PATH set=1 count=1 script=writes.php:[[@LINE-1]] via=$_SERVER
// CHECK-NEXT: write set_by_script PATH {{h[0-9]+}} script=writes.php:[[@LINE-2]] via=$_SERVER
$_SERVER['REQUEST_URI'] = '/';
$_SERVER[] = 'nameless';
// CHECK-NOT: by_script
