// A dotenv file that the program opens is recorded with what it defines, however it is opened.
//
// RUN: rm -rf %t.d && mkdir %t.d && %cxx -o %t %s
// RUN: printf '# comment\nDB_HOST=production\nexport DB_NAME = "orders" # which\n\n  QUOTED='"'"'a # b'"'"'\r\nnot a line\n=none\nMULTI="one\ntwo"\nLAST=x  \nNOEOL=production' > %t.d/.env.worker
// RUN: cp %t.d/.env.worker %t.d/.env && cp %t.d/.env %t.d/prod.env && mkdir %t.d/.env.d && : > %t.d/environment.txt
// RUN: cd %t.d && env SAME=production %envleak record -o %t.trace -- %t %t.d > %t.out
// RUN: %python %S/Inputs/dump_trace.py %t.trace > %t.dump && %FileCheck %s < %t.dump
// RUN: grep -c file_open %t.dump | grep -x 4
//
// CHECK: environment received {{.*}}SAME=[[PRODUCTION:h[0-9]+]]
// CHECK: file_open [[DIR:/.*/dotenv.cpp.tmp.d]]/.env{{$}}
// CHECK-NEXT: definition .env:2 DB_HOST=[[PRODUCTION]]{{$}}
// CHECK-NEXT: definition .env:3 DB_NAME=[[ORDERS:h[0-9]+]]
// CHECK-NEXT: definition .env:5 QUOTED=
// CHECK-NEXT: definition .env:8 MULTI=
// CHECK-NEXT: definition .env:10 LAST=
// CHECK-NEXT: definition .env:11 NOEOL=[[PRODUCTION]]
// CHECK-NEXT: file_open [[DIR]]/.env.worker{{$}}
// CHECK-NEXT: definition .env.worker:2 DB_HOST=[[PRODUCTION]]
// CHECK: file_open [[DIR]]/prod.env{{$}}
// CHECK-NEXT: definition prod.env:2 DB_HOST=[[PRODUCTION]]
// CHECK: file_open [[DIR]]/.env written{{$}}
// CHECK: note proc-environ:
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <unistd.h>

int main(int, char** argv) {
  std::string line;
  std::ifstream stream(".env");
  std::getline(stream, line);
  if (line != "# comment") return 1;
  const int fd = open((std::string(argv[1]) + "/.env.worker").c_str(), O_RDONLY);
  char bytes[3] = {};
  if (read(fd, bytes, 2) != 2 || bytes[0] != '#') return 2;  // its position is as if nobody had looked
  std::FILE* file = std::fopen("./prod.env", "r");
  if (file == nullptr || std::fgetc(file) != '#') return 3;
  const int folder = open(".env.d", O_RDONLY | O_DIRECTORY);
  std::ifstream other("environment.txt");
  const int written = open(".env", O_WRONLY);
  if (folder < 0 || written < 0 || open("/proc/self/environ", O_RDONLY) != written + 1 + 0) return 4;
  return 0;
}
