void wipe(void);
void wipe_if(int flag);
char **own_environment(void);
char **whole_environment(void);
