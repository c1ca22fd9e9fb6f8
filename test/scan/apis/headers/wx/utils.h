// A stand-in for wxWidgets: what the tests call, declared in our own words.
#pragma once
#include <string>
class wxString {
 public:
  wxString(const char * = "");
  wxString(const wxString &);
  ~wxString();
};
class wxProcess;
// As in Debian's build, which does not use the STL's containers.
class wxStringToStringHashMap {
 public:
  explicit wxStringToStringHashMap(unsigned long hint = 100);
  wxStringToStringHashMap(const wxStringToStringHashMap &);
  ~wxStringToStringHashMap();
  wxString &operator[](const wxString &);
  unsigned long erase(const wxString &);
};
using wxEnvVariableHashMap = wxStringToStringHashMap;
struct wxExecuteEnv {
  wxString cwd;
  wxEnvVariableHashMap env;
};
enum { wxEXEC_ASYNC = 0, wxEXEC_SYNC = 1 };
long wxExecute(const wxString &command, int flags = wxEXEC_ASYNC, wxProcess *callback = nullptr,
               const wxExecuteEnv *env = nullptr);
bool wxShell(const wxString &command = wxString());
bool wxLaunchDefaultBrowser(const wxString &url, int flags = 0);
bool wxLaunchDefaultApplication(const wxString &path, int flags = 0);
bool wxGetEnvMap(wxEnvVariableHashMap *);
bool wxGetEnv(const wxString &name, wxString *value);
bool wxSetEnv(const wxString &name, const wxString &value);
bool wxUnsetEnv(const wxString &name);
