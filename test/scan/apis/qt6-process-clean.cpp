// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -DSTAND_IN_QT6 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Qt 6: a QProcessEnvironment replaces the environment, also an empty one.
#include <QProcess>

void own(const QStringList &arguments) {
  QProcess process;
  QProcessEnvironment environment;
  environment.insert("LANG", "C");
  process.setProcessEnvironment(environment);
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in own: explicit [none]
}
void list() {
  QProcess process;
  process.setProgram("ls");
  process.setEnvironment({"LANG=C"});
  process.start();
  // CHECK: [[#@LINE-1]]: direct start in list: explicit [none]
}
void opened() {
  QProcess process;
  process.setProgram("ls");
  process.setEnvironment({"LANG=C"});
  process.open();
  // CHECK: [[#@LINE-1]]: direct open in opened: explicit [none]
}
void detached() {
  QProcess process;
  process.setProgram("ls");
  process.setEnvironment({"LANG=C"});
  process.startDetached();
  // CHECK: [[#@LINE-1]]: direct startDetached in detached: explicit [none]
}
void empty(const QStringList &arguments) {
  QProcess process;
  process.setProcessEnvironment(QProcessEnvironment());
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in empty: empty [none]
}
void asked_but_filled(const QStringList &arguments) {
  QProcess process;
  QProcessEnvironment environment(QProcessEnvironment::InheritFromParent);
  environment.insert("LANG", "C");
  process.setProcessEnvironment(environment);
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in asked_but_filled: explicit [none]
}
