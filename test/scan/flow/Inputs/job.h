struct job {
  char **argv;
  char **env;
};
int run_job(struct job *job);
