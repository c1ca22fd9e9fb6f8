// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without process_environment, and with the current one, everything is handed on.
#include <boost/process/v2.hpp>
namespace v2 = boost::process::v2;

void all(boost::asio::io_context &context) {
  v2::process plain(context, "/bin/ls", {"-l"});
  // CHECK: [[#@LINE-1]]: direct basic_process in all: inherited
  v2::process current(context, "/bin/ls", {"-l"}, v2::process_environment(v2::environment::current()));
  // CHECK: [[#@LINE-1]]: direct basic_process in all: forwarded
}
