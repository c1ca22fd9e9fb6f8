// A stand-in for sheredom/subprocess.h: what the tests call, declared in our own words.
#pragma once
enum subprocess_option_e {
  subprocess_option_combined_stdout_stderr = 0x1,
  subprocess_option_inherit_environment = 0x2
};
struct subprocess_s {
  int child;
};
int subprocess_create(const char *const command_line[], int options, struct subprocess_s *);
int subprocess_create_ex(const char *const command_line[], int options, const char *const environment[],
                         struct subprocess_s *);
