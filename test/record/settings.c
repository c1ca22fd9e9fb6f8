// Settings files: of those that say something of a variable of the program, what they say; of those that were written
// while the recording ran, the values that stand in them; and which were written, under the name they got in the end.
//
// RUN: rm -rf %t.d && mkdir %t.d && %cc -o %t %s
// RUN: printf '{"name": "x", "DB_HOST": "db.example.org", "list": ["DB_NAME"],\n "DB_NAME" : "orders"}' > %t.d/a.json
// RUN: printf '[section]\nDB_HOST = db.example.org ; which\nother = 1\n' > %t.d/b.ini
// RUN: printf 'all:\n  - DB_HOST: db.example.org # which\n    DB_NAME: "orders"\n' > %t.d/c.yaml
// RUN: printf 'nothing: here\n' > %t.d/d.conf && printf 'DB_HOST=db.example.org\n' > %t.d/e.mine
// RUN: printf "<?php return ['DB_HOST' => 'db.example.org'];" > %t.d/old.php
// RUN: mkdir %t.d/cache && cp %t.d/old.php %t.d/cache/config.php && cp %t.d/old.php %t.d/cache/routes.php
// RUN: cd %t.d && env DB_HOST=db.example.org DB_NAME=orders %envleak record --settings-file '*.mine' -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace > %t.dump && %FileCheck %s < %t.dump
// RUN: env DB_HOST=db.example.org %envleak record -o %t.trace -- %t && %python %S/Inputs/dump_trace.py %t.trace > %t.dump
// RUN: grep -q 'definition b.ini' %t.dump && %status 1 grep e.mine %t.dump
// RUN: %status 125 %envleak record --settings-file a/b -o %t.trace -- %t 2>&1 | %FileCheck %s --check-prefix=BAD
// BAD: --settings-file{{.*}}: 'a/b' is no pattern for the name of a file
//
// CHECK: environment received {{.*}}DB_HOST=[[HOST:h[0-9]+]] DB_NAME=[[ORDERS:h[0-9]+]]
// CHECK: file_open {{.*}}/a.json{{$}}
// CHECK-NEXT: definition a.json:1 DB_HOST=[[HOST]]{{$}}
// CHECK-NEXT: definition a.json:2 DB_NAME=[[ORDERS]]{{$}}
// CHECK: file_open {{.*}}/b.ini{{$}}
// CHECK-NEXT: definition b.ini:2 DB_HOST=[[HOST]]{{$}}
// CHECK: file_open {{.*}}/c.yaml{{$}}
// CHECK-NEXT: definition c.yaml:2 DB_HOST=[[HOST]]{{$}}
// CHECK-NEXT: definition c.yaml:3 DB_NAME=[[ORDERS]]{{$}}
// CHECK: file_open {{.*}}/d.conf{{$}}
// CHECK-NEXT: file_open {{.*}}/e.mine{{$}}
// CHECK-NEXT: definition e.mine:1 DB_HOST=[[HOST]]{{$}}
// What is older than the recording holds nothing of it; but a configuration that was cached takes the place of others.
// CHECK-NEXT: file_open {{.*}}/cache/config.php{{$}}
// CHECK-NOT: file_value
// CHECK-NOT: old.php
// CHECK-NOT: routes.php
// CHECK: file_open {{.*}}/cache.php written{{$}}
// CHECK-NEXT: file_open {{.*}}/cache.php{{$}}
// CHECK-NEXT: file_value cache.php:2 [[HOST]]{{$}}
// CHECK-NEXT: file_value cache.php:3 [[ORDERS]]{{$}}
// CHECK-NOT: file_value
// CHECK: file_open {{.*}}/stream.json written{{$}}
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void look(const char* path) {
  int file = open(path, O_RDONLY);
  if (file >= 0) close(file);
}

int main(void) {
  look("a.json");
  look("b.ini");
  look("c.yaml");
  look("d.conf");
  look("e.mine");
  look("old.php");
  look("cache/routes.php");
  look("cache/config.php");
  int made = creat("made.tmp", 0600);
  dprintf(made, "<?php return [\n 'host' => 'db.example.org', 'port' => '3306', 'debug' => 'true',\nname=orders,\n");
  close(made);
  if (rename("made.tmp", "cache.php") != 0) return 1;
  look("cache.php");
  FILE* stream = fopen("stream.json", "w");
  if (stream == NULL) return 2;
  fputs("{}", stream);
  return fclose(stream);
}
