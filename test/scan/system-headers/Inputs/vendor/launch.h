#ifndef LAUNCH_H
#define LAUNCH_H
#ifdef __cplusplus
struct Launcher {
  int run(char **argv);
  int runIn(char **argv, char **environment);
};
extern "C" {
#endif
int launch(char **argv);
int launch_in(char **argv, char **environment);
void forget(void);
void bring_back(void);
char **own_variables(void);
void fill(char **into);
int elsewhere(const char *name);
const char *setting(const char *name);
#ifdef __cplusplus
}
#endif
#endif
