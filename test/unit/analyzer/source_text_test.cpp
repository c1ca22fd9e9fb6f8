#include "analyzer/prefilter/source_text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace envleak::analyzer {
namespace {

bool names(const std::string& text, const char* name) {
  return std::ranges::count(readSourceText(text).names, nameHash(name)) > 0;
}
bool executes(const std::string& text, const char* name) {
  return std::ranges::count(readSourceText(text).executed, nameHash(name)) > 0;
}

TEST(SourceText, NamesAreOutsideCommentsAndText) {
  EXPECT_TRUE(names("int f() { return run(); }", "run"));
  EXPECT_FALSE(names("// run\n/* run\n run */ int x;", "run"));
  EXPECT_FALSE(names("const char *s = \"please run it\"; char c = '\"'; // \"\n", "run"));
  EXPECT_TRUE(names("p = dlsym(h, \"execve\");", "execve"));
  EXPECT_FALSE(names("auto s = R\"x(\" run )\" run)x\";", "run"));
  EXPECT_TRUE(names("auto s = R\"x(\")x\"; run();", "run"));
  EXPECT_TRUE(names("// ends here \\\\\n\nrun();", "run"));
  EXPECT_FALSE(names("// goes on \\\nrun();", "run"));
  EXPECT_TRUE(names("int n = 1'000'000; run();", "run"));
}

TEST(SourceText, DeclarationsExecuteNothing) {
  EXPECT_FALSE(executes("int run(const char *);", "run"));
  EXPECT_FALSE(executes("namespace a { class B : public C { public: int run(std::string); }; }", "run"));
  EXPECT_FALSE(executes("extern \"C\" {\nint run(void);\n}\nstruct s { int (*run)(void); };", "run"));
  EXPECT_TRUE(executes("namespace a { class B : public C { }; }", "C"));
}

TEST(SourceText, BodiesAndInitialisersDo) {
  EXPECT_TRUE(executes("static inline int f(void) { if (1) { run(); } return 0; }", "run"));
  EXPECT_TRUE(executes("struct ops o = { run };", "run"));
  EXPECT_TRUE(executes("int (*p)(void) = run;", "run"));
  EXPECT_TRUE(executes("struct A { A() : x(run()) {} int x; int y = 2; };", "run"));
  EXPECT_TRUE(executes("struct A { int f() { return run(); } };", "run"));
  EXPECT_TRUE(executes("Process p{run};", "run"));
  EXPECT_TRUE(executes("struct D : Base { using Base::Base; };", "Base"));
}

TEST(SourceText, BranchesOfConditionsDoNotAddUp) {
  std::string twice = "int f(void) {\n#if A\n if (a) {\n#else\n if (b) {\n#endif\n }\n}\nint run(void);\n";
  EXPECT_FALSE(executes(twice, "run"));
  EXPECT_TRUE(executes("int f(void) { \nint run(void);\n", "run"));  // not closed: all counts
  EXPECT_TRUE(executes("} int run(void);", "run"));
  EXPECT_TRUE(executes("int f(int; int run(void);", "run"));
}

TEST(SourceText, MacrosKeepTheirBodies) {
  SourceText text = readSourceText("#define RUN(a) \\\n  run_all(a) /* x */\n#define EMPTY\n#undef RUN\n");
  ASSERT_EQ(text.macros.size(), 1U);
  EXPECT_EQ(text.macros[0].name, nameHash("RUN"));
  EXPECT_EQ(std::ranges::count(text.macros[0].body, nameHash("run_all")), 1);
  EXPECT_EQ(std::ranges::count(text.names, nameHash("run_all")), 0);
}

TEST(SourceText, UsesAreToldApart) {
  auto has = [](const std::string& text, NameHash hash) {
    return std::ranges::count(readSourceText(text).names, hash) > 0;
  };
  EXPECT_TRUE(has("int f(void) { o.run = g; }", assignedHash(nameHash("run"))));
  EXPECT_FALSE(has("int f(void) { o.run = g; }", nameHash("run")));
  EXPECT_TRUE(has("int f(void) { return o.run == g; }", nameHash("run")));
  EXPECT_TRUE(has("int f(void) { o.run(g); }", nameHash("run")));
}

TEST(SourceText, FieldsAndArgumentsAreToldFromOtherNames) {
  auto has = [](const std::string& text, NameHash hash) {
    return std::ranges::count(readSourceText(text).names, hash) > 0;
  };
  const NameHash run = nameHash("run");
  EXPECT_TRUE(has("int f(void) { return o.run; }", fieldHash(run)));
  EXPECT_TRUE(has("int f(void) { return o -> /* of o */ run; }", fieldHash(run)));
  EXPECT_TRUE(has("struct ops o = {.run = 0};", fieldHash(assignedHash(run))));
  EXPECT_FALSE(has("int f(int run) { return o > run; }", fieldHash(run)));
  EXPECT_TRUE(has("int f(void) { return FIELD(o, run); }", argumentHash(run)));
  EXPECT_FALSE(has("int f(void) { return g(o, run + 1); }", argumentHash(run)));
  EXPECT_TRUE(has("struct job job = {run};", bracedHash(nameHash("job"))));
  EXPECT_TRUE(has("void f(void) { struct job all[] = {{run}}; }", bracedHash(nameHash("job"))));
  EXPECT_TRUE(has("void f(void) { g(&(struct job){run}); }", bracedHash(nameHash("job"))));
  EXPECT_FALSE(has("int f(struct job *job) { if (job) { } }", bracedHash(nameHash("job"))));
  auto macro = [](const std::string& text) { return readSourceText(text).macros.at(0); };
  EXPECT_TRUE(macro("#define FIELD(x, f) ((x)->f)\n").accesses);
  EXPECT_FALSE(macro("#define RUN(x) ((x)->run)\n").accesses);
  EXPECT_EQ(std::ranges::count(macro("#define RUN(x) ((x)->run)\n").body, fieldHash(run)), 1);
}

TEST(SourceText, DeclarationsTellTypesAndWhatHasThem) {
  // The first declaration that has both, in this order.
  auto declared = [](const std::string& text, const char* type, const char* name) {
    for (const SourceText::Declaration& one : readSourceText(text).declarations) {
      auto at = std::ranges::find(one.names, nameHash(type));
      if (at != one.names.end() && std::find(at, one.names.end(), nameHash(name)) != one.names.end()) return true;
    }
    return false;
  };
  EXPECT_TRUE(declared("extern struct job *a, *b[2];", "job", "b"));
  EXPECT_TRUE(declared("struct job *first(int count);", "job", "first"));
  EXPECT_FALSE(declared("struct job *first(int count, char *name);", "job", "name"));
  EXPECT_FALSE(declared("int run(struct job *job);", "job", "job"));
  EXPECT_TRUE(declared("struct job *(*maker)(int count);", "job", "maker"));
  EXPECT_TRUE(declared("struct all { int n; job_t *jobs; };", "job_t", "jobs"));
  EXPECT_TRUE(declared("typedef struct job { int n; } job_t;", "job", "job_t"));
  EXPECT_TRUE(declared("TAILQ_HEAD(jobs, job);", "TAILQ_HEAD", "job"));
  EXPECT_TRUE(readSourceText("TAILQ_HEAD(jobs, job);").declarations.at(0).unsure);
  EXPECT_TRUE(readSourceText("typedef struct job job_t;").declarations.at(0).is_typedef);
  EXPECT_EQ(readSourceText("struct job { struct job *next; };").declarations.at(0).owner, nameHash("job"));
}

TEST(SourceText, BodiesAreKnownByTheirNames) {
  auto defines = [](const std::string& text, const char* name) {
    return std::ranges::count(readSourceText(text).defined, definedHash(nameHash(name))) > 0;
  };
  EXPECT_TRUE(defines("static int __attribute__((x)) run(int a) {\n}", "run"));
  EXPECT_FALSE(defines("static int __attribute__((x)) run(int a) {\n}", "__attribute__"));
  EXPECT_TRUE(defines("A::run(int a) : b(a) {}", "run"));
  EXPECT_TRUE(defines("int run(a, b) int a; char *b; {}", "run"));
  EXPECT_FALSE(defines("int run(int);\nint f(void) { return run(1); }", "run"));
}

TEST(SourceText, BodiesKnowWhatTheyCall) {
  SourceText text = readSourceText("int f(void) { a (1); return b; }\n#ifdef X\nint g(int x) {\n#else\nint g(long x) {\n#endif\nc(); }\n");
  ASSERT_EQ(text.bodies.size(), 3U);
  EXPECT_EQ(text.bodies[0].called, std::vector<NameHash>{nameHash("a")});
  EXPECT_EQ(std::ranges::count(text.bodies[0].used, nameHash("b")), 1);
  EXPECT_EQ(text.bodies[2].called, std::vector<NameHash>{nameHash("c")});
}

TEST(SourceText, Includes) {
  SourceText text = readSourceText("#include \"a.h\"\n # include <b/c.h>\n#include NAME\n// envleak-x\n");
  ASSERT_EQ(text.includes.size(), 3U);
  EXPECT_TRUE(text.includes[0].quoted);
  EXPECT_EQ(text.includes[1].name, "b/c.h");
  EXPECT_TRUE(text.includes[2].computed);
  EXPECT_EQ(text.includes[2].name, "NAME");
  EXPECT_EQ(readSourceText("#define NAME \"a.h\"\n").macros.at(0).file, "\"a.h\"");
  EXPECT_EQ(readSourceText("#define NAME <a.h> // x\n").macros.at(0).file, "<a.h>");
  EXPECT_TRUE(text.suppresses);
}

TEST(SourceText, AnyBytesAreRead) {
  for (const char* text : {"\"", "'", "R\"", "R\"x(", "/*", "//\\", "#", "#define", "#include \"", "\\", "\"\\", "(",
                           "}", "#if\n}\n#else\n#endif", "#else\n#endif\n#elif"})
    readSourceText(text);
  std::string all;
  for (int i = 0; i < 65536; ++i) all += static_cast<char>((i * 31 + i / 7) % 256);
  for (std::size_t length = 0; length < all.size(); length += 97) readSourceText(std::string_view(all).substr(length));
}

}  // namespace
}  // namespace envleak::analyzer
