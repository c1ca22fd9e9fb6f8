<?php
// REQUIRES: php
// The opcode cache takes nothing away. Where its compiler runs or it keeps files, no instruction is given a handler: it
// would complain, or leave them to processes without the probe. Then values alone are told, and why.
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three %envleak record -o %t.trace -- php -d opcache.enable_cli=1 %s 2>&1 | %FileCheck %s --check-prefix=OUT
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (note|touched by_script|read by_script)' | %FileCheck %s --check-prefix=CACHED
// CACHED-NOT: note
// CACHED: read by_script N1 set=1 count=1000 script=opcache.php
// CACHED-NEXT: read by_script N2 set=1 count=1000 script=opcache.php
// CACHED-NEXT: touched by_script all=0 exact=1 'N1' 'N2'{{$}}
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three %envleak record -o %t.trace -- php -d opcache.enable_cli=1 -d opcache.jit=tracing -d opcache.jit_buffer_size=8M %s 2>&1 | %FileCheck %s --check-prefix=OUT
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (note|touched by_script|read by_script)' | %FileCheck %s --check-prefix=COMPILED
// COMPILED: note php-jit: PHP's just-in-time compiler is on
// COMPILED-NEXT: touched by_script all=0 exact=1 'N1' 'N2'{{$}}
//
// RUN: rm -rf %t.files && mkdir %t.files
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three %envleak record -o %t.trace -- php -d opcache.enable_cli=1 -d opcache.file_cache=%t.files %s 2>&1 | %FileCheck %s --check-prefix=OUT
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (note|touched by_script|read by_script)' | %FileCheck %s --check-prefix=FILES
// FILES: note php-file-cache: PHP keeps compiled scripts in files
// FILES-NEXT: touched by_script all=0 exact=1 'N1' 'N2'{{$}}
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=three php -d opcache.enable_cli=1 -d opcache.file_cache=%t.files %s 2>&1 | %FileCheck %s --check-prefix=OUT
// OUT-NOT: {{.}}
// OUT: one two
// OUT-NOT: {{.}}
function find($array, $key) { return $array[$key]; }
for ($i = 0; $i < 1000; ++$i) $text = $_SERVER['N1'] . ' ' . find($_SERVER, 'N2');
echo $text, "\n";
