#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "tests/support/sim_world.h"

// The window and the sync thread, or the terminal beside the window: two programs, one desk.

namespace hoso::testing {
namespace {

/// Lets something happen between the province's answer and this desk's taking it.
class Meanwhile : public MemoryProvince {
 public:
  Meanwhile(MemoryProvince line, std::function<void()> what)
      : MemoryProvince(std::move(line)), what_(std::move(what)) {}
  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    StringSink whole;
    HOSO_TRY(MemoryProvince::Exchange(request, whole));
    what_();
    return answer.Write(whole.text);
  }

 private:
  std::function<void()> what_;
};

struct OneDesk : SimWorld {
  OneDesk() : SimWorld(11) {
    AddDesk("MC");
    other = AnotherProgram(0);
    id = Receive(0, "Nguyễn Văn An");
  }
  engine::Actor officer() const { return {member(0).user, &member(0).seed}; }
  base::Result<change::Change> ActInOther(change::Body body) {
    return other.desk->Record(officer(), id, std::move(body));
  }
  std::size_t Waiting() { return desk_store(0).Outbox(0, 1000)->size(); }

  Program other;
  std::string id;
};

TEST(TwoPrograms, EachJudgesWhatTheOtherHasDone) {
  OneDesk desk;
  ASSERT_TRUE(desk.other.desk->Load(desk.id));
  ASSERT_TRUE(desk.Step(0, desk.id, "transfer"));
  const auto again = desk.ActInOther(change::Step{"transfer", "", "2026-11-24T09:00"});
  EXPECT_EQ(again.error().reason, "step.not_allowed");
  const auto note = desk.ActInOther(change::AddNote{"ghi chú"});
  ASSERT_TRUE(note);
  EXPECT_EQ(note->id.sequence, 3);
  EXPECT_EQ(desk.Shown(0, desk.id).notes.size(), 1u);
}

TEST(TwoPrograms, ActsAtTheSameTimeGetNumbersOfTheirOwn) {
  OneDesk desk;
  const auto write = [&](engine::Desk& in, const char* text) {
    for (int i = 0; i < 40; ++i)
      if (!in.Record(desk.officer(), desk.id, change::AddNote{text})) return;
  };
  std::thread beside([&] { write(*desk.other.desk, "kia"); });
  SimWorld::Program here = desk.AnotherProgram(0);
  write(*here.desk, "này");
  beside.join();
  const auto rows = *desk.desk_store(0).Outbox(0, 1000);
  ASSERT_EQ(rows.size(), 81u);
  base::Bytes chain = change::ChainStart();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].sequence, static_cast<std::int64_t>(i) + 1);
    chain = change::ChainHash(chain, rows[i].change);
    EXPECT_EQ(rows[i].chain, chain);
  }
  EXPECT_EQ(desk.Shown(0, desk.id).notes.size(), 80u);
  ASSERT_TRUE(desk.Sync(0));
  EXPECT_EQ(desk.Waiting(), 0u);
}

TEST(TwoPrograms, WhatOneHearsOfThePeopleTheOtherKnowsAtOnce) {
  OneDesk desk;
  ASSERT_TRUE(desk.ActInOther(change::AddNote{"còn làm ở đây"}));
  const auto& member = desk.member(0);
  ASSERT_TRUE(desk.province_store().database().Atomically([&] {
    return desk.province_store().SaveUser(
        {member.user, "Cán bộ", OneDesk::kUnit, member.role, false});
  }));
  ASSERT_TRUE(desk.Sync(0));
  EXPECT_EQ(desk.ActInOther(change::AddNote{"đã chuyển đi"}).error().reason, "right.inactive");
}

TEST(TwoPrograms, BothMayExchangeAtOnce) {
  OneDesk desk;
  int times = 0;
  Meanwhile province(desk.Line(0), [&] {
    if (++times > 1) return;
    MemoryProvince line = desk.Line(0);
    ASSERT_TRUE(desk.other.desk->Sync(line));
    ASSERT_TRUE(desk.ActInOther(change::AddNote{"trong lúc đó"}));
  });
  SimWorld::Program here = desk.AnotherProgram(0);
  const auto report = here.desk->Sync(province);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(times, 2);
  EXPECT_EQ(desk.Waiting(), 0u);
  EXPECT_EQ(desk.Log().size(), 2u);
  EXPECT_EQ(desk.DigestOf(0), desk.DigestOfProvince());
}

TEST(TwoPrograms, SeveralActsAreRecordedTogetherOrNotAtAll) {
  OneDesk desk;
  auto& program = desk.other;
  const auto write = [](const char* key, const char* value) {
    return change::SetFields{{{key, value, std::nullopt}}};
  };
  const auto seen = desk.Shown(0, desk.id).registers.at("component.c1").held.id;
  const auto made =
      program.desk->RecordAll(desk.officer(), desk.id,
                              {write("summary", "nhà hai tầng"), write("parcel.number", "12"),
                               change::CheckItem{{"c1", "have", seen}}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->size(), 3u);
  EXPECT_EQ(desk.Shown(0, desk.id).Get("component.c1"), "have");

  const auto refused =
      program.desk->RecordAll(desk.officer(), desk.id,
                              {change::AddNote{"không được giữ riêng"},
                               change::CheckItem{{"c2", "chưa rõ", std::nullopt}}});
  EXPECT_EQ(refused.error().reason, "check.value");
  EXPECT_EQ(desk.Shown(0, desk.id).notes.size(), 0u);
  EXPECT_EQ(desk.Waiting(), 4u);
}

}  // namespace
}  // namespace hoso::testing
