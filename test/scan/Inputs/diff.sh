# diff.sh ENVLEAK FOLDER: makes a repository there, changes it in several ways, and scans with --diff.
envleak=$1
cd "$2" || exit 1
umlaut=$(printf '\303\244')
inner="sub dir/$umlaut/in.c"
mkdir -p "sub dir/$umlaut"
quiet() { "$@" > quiet.log 2>&1 || cat quiet.log; }
scan() {
  title=$1
  shift
  "$envleak" scan -p . --root . --fail-on warning "$@" > scan.out 2>&1
  echo "$title: $?"
  cat scan.out
}
database() {
  printf '[' > compile_commands.json
  comma=
  for file in "$@"; do
    printf '%s{"directory": "%s", "file": "%s", "arguments": ["cc", "-c", "%s"]}' "$comma" "$PWD" "$file" "$file" >> compile_commands.json
    comma=,
  done
  printf ']' >> compile_commands.json
}
reset() { quiet git checkout -q -f main && quiet git checkout -q -B work && rm -f fresh.c; }

printf '#include <stdlib.h>\nint in(char *x) {\n  return system(x);\n}\n' > "$inner"
printf '#include <unistd.h>\nstatic int run(char **a) { return execv(a[0], a); }\nint outer(char **a) { return run(a); }\n' > wrap.c
printf '#include <stdlib.h>\nint old(char *x) {\n  clearenv();\n\n  return system(x);\n}\n' > old.c
printf '/compile_commands.json\n/*.out\n/*.log\n/*.diff\n/config\n/out\n' > .gitignore
database wrap.c "$inner" old.c
sed -i 's/  clearenv();/  (void)0;/' old.c
quiet git init -q . && quiet git add . && quiet git commit -q -m first
quiet git checkout -q -b work

scan "unchanged" --diff main
sed -i 's/return system(x);/return  system(x);/' "$inner"
scan "changed line" --diff main
quiet git commit -q -a -m second
reset
sed -i 's/return run(a)/return (run(a))/' wrap.c
git diff --no-ext-diff --no-color > change.diff  # without prefixes, by the settings
scan "the caller" --diff main
reset
sed -i '4d' old.c
scan "deleted before" --diff main
reset
quiet git mv old.c new.c && quiet git commit -q -m rename
database wrap.c "$inner" new.c
scan "renamed only" --diff main
database wrap.c "$inner" old.c
reset
printf '#include <stdlib.h>\nint fresh(void) { return system("a"); }\n' > fresh.c
database wrap.c "$inner" old.c fresh.c
scan "not added" --diff main
database wrap.c "$inner" old.c
reset
scan "by file" --diff change.diff
scan "by standard input" --diff - < change.diff
scan "no change" --diff - < /dev/null
scan "unknown" --diff no-such-branch
scan "option" --diff=--output=x
echo 'no diff' > text.diff
scan "no diff" --diff text.diff
head -n 5 change.diff > cut.diff
scan "cut" --diff cut.diff
rm -rf .git
export GIT_CEILING_DIRECTORIES=$(dirname "$PWD")
scan "no repository" --diff main
