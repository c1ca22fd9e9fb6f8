"""Writes units that begin with the same headers, a database, and the summary of each: FOLDER ENVLEAK."""
import json
import os
import subprocess
import sys

folder, envleak = sys.argv[1:]
START = '/* The first comment. */\n#include <stdlib.h> // more\n#  include "common.h"\n'
BODY = "int f%d(const char *c) { return LIMIT + helper(c); }\n"
texts = [START + BODY % i for i in range(12)]
texts[3] = "#define LIMIT 7\n" + texts[3]
texts[4] = START + '#include "each.h"\n' + "enum { more = EACH };\n" + BODY % 4
texts[5] = START + '#include "each.h"\n' + BODY % 5
texts[6] = START + '#include "each.h"\n' + BODY % 6
texts[7] = START + "int broken(void) { return nothing_of_the_kind; }\n" + BODY % 7
texts[8] = START + "#undef LIMIT\n#define LIMIT 1\n" + BODY % 8
texts[9] = START + "#include <unistd.h>\nint g(char **a) { return execv(a[0], a); }\n" + BODY % 9
headers = {
    "common.h": "#ifndef COMMON\n#define COMMON\n#ifndef LIMIT\n#define LIMIT 3\n#endif\n"
                "static inline int helper(const char *c) { return system(c); }\n#endif\n",
    "each.h": "#ifndef EACH\n#define EACH 1\n#else\n#undef EACH\n#define EACH 2\n#endif\n",
}
for name, text in headers.items():
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
entries = []
for number, text in enumerate(texts):
    name = f"u{number:02}.c"
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
    command = ["cc", "-c", name]
    entries.append({"directory": folder, "file": name, "arguments": command})
    summary = os.path.join(folder, name[:-2] + ".summary")
    subprocess.run([envleak, "summarize", "-o", summary, "--", *command], cwd=folder, check=False)
with open(os.path.join(folder, "db.json"), "w", encoding="utf-8") as file:
    json.dump(entries, file)
