<?php
// REQUIRES: php
// `$_SERVER` holds more than the environment: what PHP and web servers put there is none of it, set or not, and neither
// is what the script has put there itself; other superglobals and arrays are not looked at. `$_ENV` that nothing has
// filled cannot give a variable away.
//
// RUN: env -i PATH=/usr/bin:/bin N1=1 N2=2 %envleak record -o %t.trace -- php -d variables_order=GPCS %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E 'by_script' | %FileCheck %s
$value = count($_SERVER['argv']) . $_SERVER['REQUEST_TIME'] . $_SERVER['PHP_SELF'] . $_SERVER['SCRIPT_NAME'];
$value = isset($_SERVER['HTTP_HOST']) . isset($_SERVER['HTTPS']) . isset($_SERVER['REMOTE_ADDR']);
$value = isset($_GET['N1']) . isset($_ENV['N1']) . isset($GLOBALS['N1']) . isset($_SERVER[0]) . isset($_SERVER['']);
$array = ['N1' => 1];
$value = $array['N1'];
$_SERVER['N2'] = 'mine';
// CHECK: write set_by_script N2
$value = $_SERVER['N2'];
// CHECK-NEXT: touched by_script all=0 exact=1 {{$}}
