#include <launch.h>
#include <unistd.h>

int Launcher::run(char **argv) { return runIn(argv, environ); }
int Launcher::runIn(char **argv, char **environment) { return execve(argv[0], argv, environment); }
