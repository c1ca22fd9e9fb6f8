#include "analyzer/knowledge/knowledge.h"

#include "facts/error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace envleak::analyzer {
namespace {

class KnowledgeFolder : public testing::Test {
 protected:
  KnowledgeFolder() {
    std::string name = testing::TempDir() + "envleak-knowledge-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~KnowledgeFolder() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ + "/" + name) << text; }
  std::string error() const {
    try {
      Knowledge::load(folder_);
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  }
  std::string folder_;
};

constexpr const char* entry = "format: 1\nspawn:\n  - {name: run, program: 0, environment: none, source: here}\n";

TEST_F(KnowledgeFolder, FilesAddUp) {
  write("a.yaml", entry);
  write("b.yaml",
        "format: 1\nread:\n  - {name: 'ns::look', variable: 1, source: here}\n"
        "functions:\n  allocates: [fresh]\n  returns_twice: [again]\n");
  write("c.txt", "not read");
  Knowledge knowledge = Knowledge::load(folder_);
  ASSERT_NE(knowledge.spawns("run"), nullptr);
  EXPECT_EQ(knowledge.spawns("run")->front().program, 0U);
  EXPECT_FALSE(knowledge.spawns("run")->front().environment);
  ASSERT_NE(knowledge.reader("ns::look"), nullptr);
  EXPECT_EQ(knowledge.reader("ns::look")->variable, 1U);
  EXPECT_TRUE(knowledge.mentions("look"));
  EXPECT_FALSE(knowledge.mentions("ns"));
  EXPECT_TRUE(knowledge.allocates("fresh"));
  EXPECT_TRUE(knowledge.returnsTwice("again"));
  EXPECT_FALSE(knowledge.neverReturns("again"));
}

TEST_F(KnowledgeFolder, EntriesOfOneNameHaveIds) {
  write("a.yaml",
        "format: 1\nspawn:\n"
        "  - {name: run, program: 0, environment: none, when: {argument: 1, values: [1]}, source: here}\n"
        "  - {name: run, program: 2, environment: none, source: here}\n");
  Knowledge knowledge = Knowledge::load(folder_);
  EXPECT_EQ(knowledge.spawnById(Knowledge::idOf("run", 0))->program, 0U);
  EXPECT_EQ(knowledge.spawnById(Knowledge::idOf("run", 1))->program, 2U);
  EXPECT_EQ(knowledge.spawnById("run#2"), nullptr);
  EXPECT_EQ(knowledge.spawnById("other"), nullptr);
}

TEST_F(KnowledgeFolder, ErrorsNameFileAndLine) {
  EXPECT_NE(error().find("the knowledge base is empty"), std::string::npos);
  write("a.yaml", "format: 1\nspawn:\n  - {name: run, program: 0, environment: none}\n");
  EXPECT_NE(error().find("a.yaml:3:"), std::string::npos) << error();
  EXPECT_NE(error().find("source"), std::string::npos) << error();
  write("a.yaml", "format: 1\nspawn:\n  - {name: run, program: 0, environment: some, source: s}\n");
  EXPECT_NE(error().find("not 'some'"), std::string::npos) << error();
  write("a.yaml", "format: 1\nspawn:\n  - {name: run, program: 0, environment: 2, source: s}\n");
  EXPECT_NE(error().find("'null' must be"), std::string::npos) << error();
  write("a.yaml", "format: 1\nspawn:\n  - {name: run, environment: none, source: s}\n");
  EXPECT_NE(error().find("needs 'program' or 'command'"), std::string::npos) << error();
  write("a.yaml", "format: 1\nspan: []\n");
  EXPECT_NE(error().find("unknown key 'span'"), std::string::npos) << error();
  write("a.yaml", "format: 2\n");
  EXPECT_NE(error().find("format 1"), std::string::npos) << error();
  write("a.yaml", "format: [\n");
  EXPECT_NE(error().find("a.yaml:"), std::string::npos) << error();
}

// The message without the folder's name.
class KnowledgeErrors : public KnowledgeFolder {
 protected:
  std::string of(const std::string& text) {
    write("a.yaml", text);
    std::string message = error();
    return message.starts_with(folder_ + "/") ? message.substr(folder_.size() + 1) : message;
  }
  std::string ofSpawn(const std::string& rest) {
    return of("format: 1\nspawn:\n  - {name: run, program: 0, source: s, " + rest + "}\n");
  }
  std::string ofChange(const std::string& rest) {
    return of("format: 1\nchange:\n  - {name: edit, object: receiver, source: s, " + rest + "}\n");
  }
};

#define EXPECT_SAYS(message, part) EXPECT_NE((message).find(part), std::string::npos) << (message)

TEST_F(KnowledgeErrors, PlacesOfTheEnvironment) {
  EXPECT_SAYS(ofSpawn("environment: {argument: 1}"), "a.yaml:3:");
  EXPECT_SAYS(ofSpawn("environment: {argument: 1}"), "{object: N} or {argument: N, field: NAME} is expected");
  EXPECT_SAYS(ofSpawn("environment: {object: 1, field: f}"), "{object: N} or");
  EXPECT_SAYS(ofSpawn("environment: [1]"), "a.yaml:3:");
  EXPECT_SAYS(ofSpawn("environment: {argument: 1, feld: env}"), "unknown key 'feld'");
  EXPECT_SAYS(ofSpawn("environment: {object: 99}"), "counted from 0 to 61");
  EXPECT_SAYS(ofSpawn("environment: 99, 'null': empty"), "too great");
  EXPECT_SAYS(ofSpawn("environment: types"), "needs a list 'types'");
  EXPECT_SAYS(ofSpawn("environment: none, types: [{type: T, effect: empty}]"), "'environment: types' only");
  EXPECT_SAYS(ofSpawn("environment: {argument: 1, field: env}"), "'null' or 'if_empty' must be");
  EXPECT_SAYS(ofSpawn("environment: last, 'null': empty"), "needs 'variadic: true'");
  EXPECT_SAYS(of("format: 1\nspawn:\n  - {name: run, program: some, environment: none, source: s}\n"),
              "program: the number");
}

TEST_F(KnowledgeErrors, MeaningsOfTheEnvironment) {
  EXPECT_SAYS(ofSpawn("environment: 1, 'null': other"), "not 'other'");
  EXPECT_SAYS(ofSpawn("environment: object, if_empty: other"), "not 'other'");
  EXPECT_SAYS(ofSpawn("environment: none, 'null': empty"), "'null' has no meaning");
  EXPECT_SAYS(ofSpawn("environment: none, if_empty: empty"), "'if_empty' has no meaning");
  EXPECT_SAYS(ofSpawn("environment: none, effect: extends"), "'effect' has no meaning");
  EXPECT_SAYS(ofSpawn("environment: object, effect: add"), "'replaces' or 'extends' is expected, not 'add'");
  EXPECT_SAYS(ofSpawn("environment: object, replaces_if: {argument: 0, bit: 1}"), "needs 'effect: extends'");
  EXPECT_SAYS(ofSpawn("environment: object, overruled_by: 1"), "needs an environment argument");
  EXPECT_SAYS(ofSpawn("environment: types, types: [{type: T, effect: some}]"), "unknown enumerated scalar");
}

TEST_F(KnowledgeErrors, ConditionsAndVariants) {
  EXPECT_SAYS(ofSpawn("environment: none, when: {argument: 1}"), "a condition needs one of");
  EXPECT_SAYS(ofSpawn("environment: none, when: {names: [A]}"), "missing required key 'argument'");
  EXPECT_SAYS(ofSpawn("environment: none, when: {argument: 1, bit: 0}"), "must not be 0");
  EXPECT_SAYS(ofSpawn("environment: none, when: {argument: 1, values: [x]}"), "invalid number");
  EXPECT_SAYS(ofSpawn("environment: none, variant: {macro: V}"), "'at_least' or 'below' is needed");
  EXPECT_SAYS(ofSpawn("environment: none, variant: {macro: '', below: 1}"), "must not be empty");
}

TEST_F(KnowledgeErrors, NamesAndSources) {
  EXPECT_SAYS(of("format: 1\nread:\n  - {name: '', variable: 0, source: s}\n"), "name: must not be empty");
  EXPECT_SAYS(of("format: 1\nread:\n  - {name: 'f()', variable: 0, source: s}\n"), "without parameters");
  EXPECT_SAYS(of("format: 1\nread:\n  - {name: f, variable: 0, source: ''}\n"), "needs the source");
  EXPECT_SAYS(of("format: 1\nread:\n  - {name: f, variable: 62, source: s}\n"), "argument 62");
  EXPECT_SAYS(of("format: 1\nobjects:\n  - {type: 'map<int>', initial: empty, source: s}\n"), "template arguments");
  EXPECT_EQ(
      of("format: 1\nchange:\n  - {name: 'E::operator[]', object: receiver, effect: set, variable: 0, source: s}\n"),
      "");
  EXPECT_SAYS(of("read: []\n"), "begin the file with 'format: 1'");
  EXPECT_SAYS(of(""), "begin the file with 'format: 1'");
  EXPECT_SAYS(of("format: 1\n---\nformat: 1\n"), "more than one document");
  EXPECT_SAYS(of("*alias"), "unknown node kind");
  EXPECT_SAYS(of("- a\n"), "not a mapping");
}

TEST_F(KnowledgeErrors, ObjectsChangesAndProducers) {
  EXPECT_SAYS(of("format: 1\nobjects:\n  - {type: T, initial: same, source: s}\n"), "initial: a fresh 'T'");
  EXPECT_SAYS(ofChange("effect: set"), "needs 'variable'");
  EXPECT_SAYS(ofChange("effect: pass"), "needs 'variable' or 'names'");
  EXPECT_SAYS(ofChange("effect: replace"), "needs 'value'");
  EXPECT_SAYS(ofChange("effect: clear, 'null': empty"), "'replace' and 'extend' only");
  EXPECT_SAYS(ofChange("effect: replace, value: 0, 'null': all"), "not 'all'");
  EXPECT_SAYS(of("format: 1\nchange:\n  - {name: e, object: some, effect: clear, source: s}\n"),
              "'receiver' or the number");
  EXPECT_SAYS(of("format: 1\nproduce:\n  - {name: p, gives: same, source: s}\n"), "needs 'of'");
  EXPECT_SAYS(of("format: 1\nproduce:\n  - {name: p, gives: empty, of: 0, source: s}\n"), "'of' has a meaning");
  EXPECT_SAYS(of("format: 1\nproduce:\n  - {name: p, gives: extends, of: 0, source: s}\n"), "needs 'variable'");
}

TEST_F(KnowledgeErrors, DescribedTwice) {
  std::string always = "  - {name: run, program: 0, environment: none, source: s}\n";
  EXPECT_SAYS(of("format: 1\nspawn:\n" + always + always), "a.yaml:4: 'run' is described twice; only the last");
  std::string reader = "  - {name: look, variable: 0, source: s}\n";
  EXPECT_SAYS(of("format: 1\nread:\n" + reader + reader), "a.yaml:4: 'look' is described twice; remove");
}

TEST_F(KnowledgeFolder, EveryKindOfEntry) {
  write("a.yaml",
        "format: 1\nspawn:\n"
        "  - {name: 'P::start', program: object, environment: object, if_empty: inherited,\n"
        "     variant: {macro: V, at_least: 0x10, below: 0x20}, trap: t, source: s}\n"
        "  - {name: 'P::start', program: {argument: 0, field: a.file}, environment: {argument: 0, field: env},\n"
        "     'null': inherited, effect: extends, replaces_if: {argument: 0, field: clear, values: [1]}, source: s}\n"
        "  - {name: pack, program: 0, environment: types, types: [{type: 'ns::Env', effect: replaces}], "
        "source: s}\n"
        "  - {name: flags, program: 0, environment: empty, when: {argument: 1, without_bit: 2}, source: s}\n"
        "  - {name: attr, program: 0, environment: 1, 'null': empty, overruled_by: 2, source: s}\n"
        "objects:\n  - {type: P, initial: inherited, source: s}\n"
        "change:\n  - {name: 'P::operator[]', object: receiver, effect: set, variable: 0, value: 1, source: s}\n"
        "  - {name: edit, object: 1, effect: replace, value: 0, 'null': forwarded, if_empty: inherited, source: s}\n"
        "produce:\n  - {name: with, gives: extends, of: 0, variable: 1, value: 2, source: s}\n"
        "  - {name: 'P::list', gives: same, of: receiver, source: s}\n");
  Knowledge knowledge = Knowledge::load(folder_);
  const SpawnApi& start = *knowledge.spawnById("P::start");
  EXPECT_EQ(start.program_in, Operand{});
  EXPECT_EQ(start.environment_in, Operand{});
  EXPECT_FALSE(start.program || start.environment || start.extends);
  EXPECT_EQ(start.if_empty, "inherited");
  EXPECT_EQ(start.variant->at_least, 16);
  EXPECT_EQ(start.trap, "t");
  EXPECT_EQ(start.line, 3U);
  const SpawnApi& other = *knowledge.spawnById("P::start#1");
  EXPECT_EQ(other.program_in, (Operand{0, "a.file"}));
  EXPECT_EQ(other.environment_in, (Operand{0, "env"}));
  EXPECT_TRUE(other.extends);
  EXPECT_EQ(other.replaces_if->field, "clear");
  EXPECT_EQ(knowledge.spawns("pack")->front().types.front().type, "ns::Env");
  EXPECT_TRUE(knowledge.spawns("pack")->front().environmentIsHeld());
  EXPECT_TRUE(knowledge.spawns("flags")->front().environment_is_empty);
  EXPECT_EQ(knowledge.spawns("attr")->front().overruled_by, 2U);
  EXPECT_EQ(knowledge.objectTypes("P")->front().initial, GivenEnvironment::inherited);
  EXPECT_FALSE(knowledge.changes("P::operator[]")->front().object.argument);
  EXPECT_EQ(knowledge.changes("edit")->front().object.argument, 1U);
  EXPECT_EQ(knowledge.changes("edit")->front().null, "forwarded");
  EXPECT_EQ(knowledge.producers("with")->front().of, (Operand{0, {}}));
  EXPECT_EQ(knowledge.producers("P::list")->front().of, Operand{});
  EXPECT_TRUE(knowledge.mentions("list") && knowledge.mentions("edit"));
  EXPECT_EQ(knowledge.variantMacros(), std::vector<std::string>{"V"});
}

TEST_F(KnowledgeFolder, ModelsReplaceWhatTheFolderSays) {
  write("a.yaml", std::string(entry) + "read:\n  - {name: look, variable: 0, source: s}\n");
  std::string models = folder_ + "/models";
  write("models",
        "ambient: [A]\nmodels:\n  spawn:\n    - {name: run, command: 3, environment: none, source: s}\n"
        "  read:\n    - {name: look, variable: 2, source: s}\n");
  Knowledge knowledge = Knowledge::load(folder_, models);
  ASSERT_EQ(knowledge.spawns("run")->size(), 1U);
  EXPECT_EQ(knowledge.spawns("run")->front().command, 3U);
  EXPECT_EQ(knowledge.reader("look")->variable, 2U);
  EXPECT_NE(knowledge.fingerprint(), Knowledge::load(folder_).fingerprint());
  EXPECT_TRUE(Knowledge::hasModels(models));
  write("models", "format: 1\nspawn:\n  - {name: run, command: 4, environment: none, source: s}\n");
  EXPECT_EQ(Knowledge::load(folder_, models).spawns("run")->front().command, 4U);
  write("models", "ambient: [A]\n");
  EXPECT_FALSE(Knowledge::hasModels(models));
  EXPECT_EQ(Knowledge::load(folder_, models).fingerprint(), Knowledge::load(folder_).fingerprint());
}

TEST(ShippedKnowledge, Loads) {
  std::filesystem::path folder = std::filesystem::path(__FILE__).parent_path() / "../../../analyzer/knowledge";
  Knowledge knowledge = Knowledge::load(folder);
  EXPECT_NE(knowledge.spawns("execve"), nullptr);
}

}  // namespace
}  // namespace envleak::analyzer
