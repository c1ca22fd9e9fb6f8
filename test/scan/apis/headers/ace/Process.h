// A stand-in for ACE: what the tests call, declared in our own words.
#pragma once
class ACE_Process_Options {
 public:
  ACE_Process_Options(bool inherit_environment = true, int command_line_length = 1024);
  ~ACE_Process_Options();
  int command_line(const char *const argv[]);
  int setenv(char *envp[]);
  int setenv(const char *format, ...);
  int setenv(const char *name, const char *format, ...);
};
class ACE_Process {
 public:
  ACE_Process();
  virtual ~ACE_Process();
  virtual int spawn(ACE_Process_Options &);
};
