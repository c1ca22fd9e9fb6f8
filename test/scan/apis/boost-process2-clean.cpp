// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// process_environment replaces the environment.
#include <boost/process/v2.hpp>
namespace v2 = boost::process::v2;

void all(boost::asio::io_context &context) {
  std::vector<std::string> nothing;
  v2::process empty(context, "/bin/ls", {"-l"}, v2::process_environment(nothing));
  // CHECK: [[#@LINE-1]]: direct basic_process in all: empty [none]
  v2::process own(context, "/bin/ls", {"-l"}, v2::process_environment{"LANG=C"});
  // CHECK: [[#@LINE-1]]: direct basic_process in all: explicit [none]
}
