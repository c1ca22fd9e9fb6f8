#pragma GCC system_header
int launch_in(char **argv, char **environment);
