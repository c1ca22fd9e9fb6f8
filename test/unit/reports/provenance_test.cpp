#include "reports/crosscheck/provenance.h"

#include "reports/crosscheck/flow.h"

#include <gtest/gtest.h>

namespace envleak::reports {
namespace {

using facts::WriteKind;

// Three images in a row; each test says what they received, wrote and read of the one variable N.
class Row : public testing::Test {
 protected:
  Row() {
    run_.directory = "/";
    for (const char* id : {"p1", "p2", "p3"}) {
      facts::Image& image = run_.images.emplace_back();
      image.id = id;
      image.program = std::string("/bin/") + id;
    }
    connect("e1", "p1", "p2", 10);
    connect("e2", "p2", "p3", 20);
  }

  void connect(const char* id, const char* parent, const char* child, std::uint64_t order) {
    facts::Edge& edge = run_.edges.emplace_back();
    edge.id = id;
    edge.parent = parent;
    edge.child = child;
    edge.order = order;
    edge.compared = true;
  }
  void receive(Index image, std::uint64_t hash) {
    run_.images[image].received = {{"N", hash, "", std::nullopt}};
  }
  void crosses(Index edge) { run_.edges[edge].crossed = {"N"}; }
  void write(Index image, WriteKind kind, std::uint64_t hash, std::uint64_t order) {
    run_.images[image].writes.push_back({kind, kind == WriteKind::clear ? "" : "N", hash, "setenv", order, {}});
  }
  void read(Index image, std::uint64_t order) {
    run_.images[image].reads.push_back({facts::ReadKind::read, "N", true, "getenv", 1, order, {}});
  }
  void file(Index image, std::uint64_t hash) { run_.images[image].files.push_back({"/.env", 5, {{"N", 3, hash}}, {}}); }

  History history() {
    runs_list_ = {run_};
    runs_ = std::make_unique<Runs>(runs_list_);
    SourceFiles files(run_.directory);
    return Provenance(*runs_, files).of(*runs_->find("N"));
  }

  facts::RuntimeFacts run_;
  std::vector<facts::RuntimeFacts> runs_list_;
  std::unique_ptr<Runs> runs_;
};

TEST_F(Row, OneOriginForAValueThatCrossesTwice) {
  for (Index i : {0, 1, 2}) receive(i, 7);
  crosses(0);
  crosses(1);
  History result = history();
  ASSERT_EQ(result.origins.size(), 1u);
  EXPECT_EQ(result.origins[0].kind, Origin::Kind::outside);
  ASSERT_EQ(result.carriers.size(), 3u);
  EXPECT_FALSE(result.carriers[0].edge);
  EXPECT_EQ(result.carriers[2].edge, Index{1});
}

TEST_F(Row, AWriteOfTheValueIsTheOriginOfWhatCrossed) {
  receive(0, 7);
  write(0, WriteKind::set, 8, 3);
  receive(1, 8);
  crosses(0);
  History result = history();
  ASSERT_EQ(result.origins.size(), 2u);
  EXPECT_EQ(result.origins[1].kind, Origin::Kind::write);
  EXPECT_EQ(result.origins[1].image, Index{0});
}

TEST_F(Row, ALaterWriteIsNoOrigin) {
  write(0, WriteKind::set, 8, 15);
  receive(1, 8);
  EXPECT_EQ(history().origins.at(0).kind, Origin::Kind::edge);
}

TEST_F(Row, AValueThatAppearedWithoutACall) {
  receive(1, 8);
  crosses(0);
  EXPECT_EQ(history().origins.at(0).kind, Origin::Kind::unseen);
}

TEST_F(Row, AnEdgeThatWasNotComparedIsJudgedByTheValueOnly) {
  run_.edges[0].compared = run_.edges[1].compared = false;
  receive(0, 7);
  receive(1, 7);
  receive(2, 9);
  History result = history();
  ASSERT_EQ(result.origins.size(), 2u);
  EXPECT_EQ(result.carriers[1].origin, result.carriers[0].origin);
  EXPECT_EQ(result.origins[1].kind, Origin::Kind::unknown);
}

TEST_F(Row, ReadsAfterAWriteAreOfTheImagesOwnValue) {
  receive(0, 7);
  read(0, 2);
  write(0, WriteKind::set, 8, 3);
  read(0, 4);
  History result = history();
  ASSERT_EQ(result.reads.size(), 2u);
  EXPECT_TRUE(result.reads[0].origin);
  EXPECT_FALSE(result.reads[1].origin);
}

TEST_F(Row, AClearIsAWriteOfEverything) {
  receive(0, 7);
  write(0, WriteKind::clear, 0, 3);
  read(0, 4);
  EXPECT_FALSE(history().reads.at(0).origin);
}

TEST_F(Row, AFileIsShadowedByAnotherInheritedValue) {
  receive(0, 7);
  receive(1, 7);
  crosses(0);
  file(1, 8);
  History result = history();
  ASSERT_EQ(result.shadowed.size(), 1u);
  EXPECT_EQ(result.shadowed[0].second.image, Index{1});
  EXPECT_EQ(result.shadowed[0].second.line, 3u);
}

TEST_F(Row, TheFirstImagesOutsideValueShadowsToo) {
  receive(0, 7);
  file(0, 8);
  EXPECT_EQ(history().shadowed.size(), 1u);
}

TEST_F(Row, NothingIsShadowedByTheSameValueAGivenOneOrAnOverwrittenOne) {
  receive(0, 7);
  file(0, 7);     // the same
  receive(1, 9);  // given on the edge
  file(1, 8);
  receive(2, 9);
  crosses(1);
  file(2, 8);
  write(2, WriteKind::put, 8, 30);  // applied by the program
  EXPECT_TRUE(history().shadowed.empty());
}

}  // namespace
}  // namespace envleak::reports
