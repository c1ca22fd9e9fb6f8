// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -DSTAND_IN_QT6 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Other functions may fill an object after it was made.
#include <QProcess>
#include <QProcessEnvironment>
void fill(QProcessEnvironment &env) { env = QProcessEnvironment::systemEnvironment(); }
void unseen(QProcessEnvironment &env);
void a(const QStringList &l) { QProcessEnvironment env; fill(env); env.insert("A", "b"); QProcess p; p.setProcessEnvironment(env); p.start("ls", l); }
// CHECK: [[#@LINE-1]]: direct start in a: extended
void b(const QStringList &l) { QProcessEnvironment env; env.insert("A", "b"); unseen(env); QProcess p; p.setProcessEnvironment(env); p.start("ls", l); }
// CHECK: [[#@LINE-1]]: direct start in b: unknown
void configure(QProcess &p) { p.setProcessEnvironment(QProcessEnvironment::systemEnvironment()); }
void c(const QStringList &l) { QProcessEnvironment env; env.insert("A", "b"); QProcess p; p.setProcessEnvironment(env); configure(p); p.start("ls", l); }
// CHECK: [[#@LINE-1]]: direct start in c: forwarded
