#include "orders/start.h"

#include <sys/wait.h>
#include <unistd.h>

namespace orders {

int start(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  // The fix: a worker gets what every program needs and nothing of the service's own settings.
  static const char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
  static const char locale[] = "LC_ALL=C.UTF-8";
  char* const environment[] = {const_cast<char*>(path), const_cast<char*>(locale), nullptr};

  pid_t child = fork();
  if (child == 0) {
    execve(arguments[0], arguments.data(), environment);
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) < 0) return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

}  // namespace orders
