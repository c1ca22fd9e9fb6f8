#include "job.h"
#include <unistd.h>

int run_job(struct job *job) { return execve("/a", job->argv, job->env); }
