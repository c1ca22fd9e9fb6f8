<?php
// REQUIRES: php
// What a killed script had looked at by itself is not known, which is said (supervise/php.php: seen from outside).
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three N4=four %status 137 %envleak record -o %t.trace -- php %s
// RUN: %envleak check --trace %t.trace | %FileCheck %s
// CHECK: signal 9, partial
// CHECK: no-last-look, 1 process (php8.2): which values it looked at by its end is not known
foreach (getenv() as $name => $value) if ($name === 'N1') $value .= 'x';
posix_kill(getmypid(), SIGKILL);
