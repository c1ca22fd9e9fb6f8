// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What the desktop opens is started with everything.
#include <QDesktopServices>
#include <QUrl>
#include <wx/utils.h>

void opened() {
  QDesktopServices::openUrl(QUrl(QString("https://example.org")));
  // CHECK: [[#@LINE-1]]: direct openUrl in opened: inherited
  wxLaunchDefaultBrowser("https://example.org");
  // CHECK: [[#@LINE-1]]: direct wxLaunchDefaultBrowser in opened: inherited
  wxLaunchDefaultApplication("/a.txt");
  // CHECK: [[#@LINE-1]]: direct wxLaunchDefaultApplication in opened: inherited
}
