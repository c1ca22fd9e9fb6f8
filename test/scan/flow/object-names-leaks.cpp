// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An object of C++ is changed by another name: a reference, a handle, an iterator, a member, a swap.
#include <functional>
#include <memory>
#include <unistd.h>
#include <utility>
#include <vector>

struct JobOfFieldReference {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
void field_reference(char **argv) {
  JobOfFieldReference job;
  char **&e = job.env;
  e = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in field_reference: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfSwapStruct {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
void swap_struct(char **argv) {
  JobOfSwapStruct a, b;
  b.env = environ;
  std::swap(a, b);
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in swap_struct: {{forwarded|extended|unknown}} [envleak-
}

void vector_swap(char **argv) {
  std::vector<char *> a{nullptr}, b;
  for (char **e = environ; *e; ++e) b.push_back(*e);
  b.push_back(nullptr);
  a.swap(b);
  execve("/a", argv, a.data());
  // CHECK: [[#@LINE-1]]: direct execve in vector_swap: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfStructuredBinding {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
void structured_binding(char **argv) {
  JobOfStructuredBinding job;
  auto &[env, own, list] = job;
  env = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in structured_binding: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfMemberPointer {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
void member_pointer(char **argv) {
  JobOfMemberPointer job;
  char **JobOfMemberPointer::*m = &JobOfMemberPointer::env;
  job.*m = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in member_pointer: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfSharedAssigned {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
void shared_assigned(char **argv) {
  auto job = std::make_shared<JobOfSharedAssigned>();
  std::shared_ptr<JobOfSharedAssigned> other;
  other = job;
  job->env = nullptr;
  other->env = environ;
  execve("/a", argv, job->env);
  // CHECK: [[#@LINE-1]]: direct execve in shared_assigned: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfNode {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
struct NodeOfNode {
  JobOfNode *job;
};
void node(char **argv) {
  JobOfNode job;
  NodeOfNode n{&job};
  n.job->env = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in node: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfRefwrap {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
void refwrap(char **argv) {
  JobOfRefwrap job;
  auto r = std::ref(job);
  r.get().env = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in refwrap: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfRefMember {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
struct HolderOfRefMember {
  JobOfRefMember &job;
  void set() { job.env = environ; }
};
void ref_member(char **argv) {
  JobOfRefMember job;
  HolderOfRefMember h{job};
  h.set();
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in ref_member: {{forwarded|extended|unknown}} [envleak-
}

struct JobOfPtrMember {
  char **env = nullptr;
  char *own[4] = {};
  std::vector<char *> list;
};
struct Holder2OfPtrMember {
  JobOfPtrMember *job;
  Holder2OfPtrMember(JobOfPtrMember *j) : job(j) {}
  void set() { job->env = environ; }
};
void ptr_member(char **argv) {
  JobOfPtrMember job;
  Holder2OfPtrMember h(&job);
  h.set();
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in ptr_member: {{forwarded|extended|unknown}} [envleak-
}

struct SelfOfSelf {
  char **env = nullptr;
  SelfOfSelf *self() { return this; }
  SelfOfSelf &set(char **e) {
    env = e;
    return *this;
  }
};
void self(char **argv) {
  SelfOfSelf s;
  s.self()->env = environ;
  execve("/a", argv, s.env);
  // CHECK: [[#@LINE-1]]: direct execve in self: {{forwarded|extended|unknown}} [envleak-
}

struct BaseOfPlacement {
  char **env = nullptr;
};
void placement(char **argv) {
  BaseOfPlacement b;
  b.env = nullptr;
  BaseOfPlacement *p = new (&b) BaseOfPlacement;
  p->env = environ;
  execve("/a", argv, b.env);
  // CHECK: [[#@LINE-1]]: direct execve in placement: {{forwarded|extended|unknown}} [envleak-
}

struct BaseOfIter {
  char **env = nullptr;
};
void iter(char **argv) {
  std::vector<BaseOfIter> v(1);
  auto it = v.begin();
  v[0].env = nullptr;
  it->env = environ;
  execve("/a", argv, v[0].env);
  // CHECK: [[#@LINE-1]]: direct execve in iter: {{forwarded|extended|unknown}} [envleak-
}

struct BaseOfTernaryRef {
  char **env = nullptr;
};
void ternary_ref(char **argv, bool w) {
  BaseOfTernaryRef a, b;
  (w ? a : b).env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in ternary_ref: {{forwarded|extended|unknown}} [envleak-
}
