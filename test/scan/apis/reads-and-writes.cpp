// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// C++ functions outside namespaces; a method of that name is another one.
#include <Poco/Environment.h>
#include <QProcess>
#include <wx/utils.h>

struct Settings {
  int qgetenv(const char *);
};

void all(Settings &settings) {
  qgetenv("Q");
  settings.qgetenv("NOT_Q");
  qEnvironmentVariable("QV");
  wxString value;
  wxGetEnv("WX", &value);
  Poco::Environment::get("POCO");
  qputenv("SET_Q", "1");
  qunsetenv("UNSET_Q");
  wxSetEnv("SET_WX", "1");
  wxUnsetEnv("UNSET_WX");
  Poco::Environment::set("SET_POCO", "1");
}
// CHECK-NOT: NOT_Q
// CHECK: read ::qgetenv in all: Q
// CHECK-NEXT: read ::qEnvironmentVariable in all: QV
// CHECK-NEXT: read ::wxGetEnv in all: WX
// CHECK-NEXT: read Poco::Environment::get in all: POCO
// CHECK: write set ::qputenv in all: SET_Q
// CHECK-NEXT: write unset ::qunsetenv in all: UNSET_Q
// CHECK-NEXT: write set ::wxSetEnv in all: SET_WX
// CHECK-NEXT: write unset ::wxUnsetEnv in all: UNSET_WX
// CHECK-NEXT: write set Poco::Environment::set in all: SET_POCO
