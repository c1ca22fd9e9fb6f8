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
  write("a.yaml", std::string(entry) + "  - {name: run, program: 2, environment: none, source: here}\n");
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

}  // namespace
}  // namespace envleak::analyzer
