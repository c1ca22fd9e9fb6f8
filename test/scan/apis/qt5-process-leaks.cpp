// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Qt 5: an empty QProcessEnvironment inherits all the same.
#include <QProcess>

void plain(const QStringList &arguments) {
  QProcess process;
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in plain: inherited [envleak-inherited] program="ls"
}
void all(const QStringList &arguments) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  process.setProcessEnvironment(environment);
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in all: forwarded
}
void added(const QStringList &arguments) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("LANG", "C");
  process.setProcessEnvironment(environment);
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in added: extended
}
void list() {
  QProcess process;
  process.setProgram("ls");
  process.setEnvironment(QProcess::systemEnvironment());
  process.start();
  // CHECK: [[#@LINE-1]]: direct start in list: forwarded
}
void statics(const QStringList &arguments) {
  QProcess::startDetached("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct startDetached in statics: inherited
  QProcess::execute("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct execute in statics: inherited
}
void command() {
  QProcess process;
  process.start("ls -l");
  // CHECK: [[#@LINE-1]]: direct start in command: inherited
}
void empty(const QStringList &arguments) {
  QProcess process;
  process.setProcessEnvironment(QProcessEnvironment());
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in empty: inherited [envleak-ineffective]
}
void cleared(const QStringList &arguments) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.clear();
  process.setProcessEnvironment(environment);
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in cleared: inherited [envleak-ineffective]
}
void empty_list(const QStringList &arguments) {
  QProcess process;
  process.setEnvironment({});
  process.start("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct start in empty_list: inherited [envleak-ineffective]
}
