"""Writes a project with two programs and what they share into a folder: FOLDER. 'server' starts 'worker'."""
import os
import sys

files = {
    "server/main.c": '#include <stdlib.h>\n#include <unistd.h>\n#include "../shared/log.h"\n'
                     'int main(int c, char **v) {\n  log_level();\n  getenv("SERVER_PORT");\n'
                     '  execv("/opt/bin/worker", v);\n  return system("worker --once");\n}\n',
    "worker/main.c": '#include <stdlib.h>\n#include "../shared/log.h"\nvoid run(void);\n'
                     'int main(void) {\n  log_level();\n  run();\n  return 0;\n}\n',
    "worker/run.c": '#include <stdlib.h>\nstatic const char *get(const char *n) { return getenv(n); }\n'
                    'static void hook(void) { getenv("HOOKED"); }\nvoid (*hooks[])(void) = {hook};\n'
                    'void run(void) { get("DB_DATABASE"); }\nvoid never(char *x) { getenv(x); }\n',
    "shared/log.h": 'int log_level(void);\nint unused(void);\n',
    "shared/log.c": '#include <stdlib.h>\n#include "log.h"\nint log_level(void) { return getenv("LOG") != 0; }\n'
                    'int unused(void) { return getenv("UNUSED") != 0; }\n',
    "shared/other.c": '#include <stdlib.h>\nvoid run(void) { getenv("ANOTHER_RUN"); }\n',
}
for name, text in files.items():
    path = os.path.join(sys.argv[1], name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
