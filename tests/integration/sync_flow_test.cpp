// What an officer sees of an exchange, without a window.
#include <gtest/gtest.h>

#include <vector>

#include "client/flows/enrol_flow.h"
#include "client/flows/explain.h"
#include "client/flows/line_test.h"
#include "client/flows/pin_words.h"
#include "client/flows/sync_flow.h"
#include "client/flows/sync_outcome.h"
#include "client/flows/sync_words.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using engine::LineStep;
using engine::SyncProgress;
using State = flows::LineStepView::State;

std::unique_ptr<flows::OpenDesk> Open(testing::Office& office, const std::string& desk) {
  return *flows::OpenDesk::Unlock(flows::DeskFolder(office.Folder(desk)), "", office.kPin,
                                  office.Tools());
}

/// A dossier with so many notes: as many changes that wait.
void Write(testing::Office& office, const std::string& desk, int notes) {
  const std::string id = office.Receive(desk);
  const auto open = Open(office, desk);
  for (int i = 0; i < notes; ++i)
    ASSERT_TRUE(open->Record(id, change::AddNote{"Ghi chú " + std::to_string(i)}));
}

TEST(SyncWatch, TellsHowFarItIsAndEndsLevel) {
  testing::Office office;
  office.Enrol("mc", "MC");
  office.Enrol("cv", "CV");
  Write(office, "mc", 100);
  const auto open = Open(office, "mc");
  const auto waiting = *flows::Waiting(*open, 3);
  EXPECT_EQ(waiting.lines.size(), 3u);
  EXPECT_NE(waiting.lines[0].find("tiếp nhận hồ sơ – Nguyễn Văn An"), std::string::npos);

  std::vector<SyncProgress> seen;
  const auto done = flows::Synchronise(*open, {[&](const auto& p) { seen.push_back(p); }, {}});
  ASSERT_TRUE(done);
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.front().sent, 0);
  EXPECT_EQ(seen.back().to_send, waiting.more + 3);
  EXPECT_EQ(seen.back().sent, seen.back().to_send);
  EXPECT_EQ(seen.back().position, done->position);
  EXPECT_EQ(seen.back().head, done->position);
  EXPECT_EQ(seen.back().received, done->received);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_GE(seen[i].bytes_up, seen[i - 1].bytes_up);
  EXPECT_EQ(flows::ProgressPercent(seen.back()), 100);

  const auto outcome = *flows::LastOutcome(*Open(office, "mc"));
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->error);
  EXPECT_EQ(outcome->report.sent, done->sent);
  EXPECT_EQ(outcome->at, "2026-11-23T08:30");
}

TEST(SyncWatch, StopKeepsWhatCameAndTheNextGoesOn) {
  testing::Office office;
  office.Enrol("mc", "MC");
  office.Enrol("cv", "CV");
  Write(office, "mc", 300);
  office.Do("mc", {"sync"});
  const auto open = Open(office, "cv");
  std::stop_source stop;
  const auto stopped = flows::Synchronise(*open, {[&](const SyncProgress& progress) {
                                                    if (progress.received > 0) stop.request_stop();
                                                  },
                                                  stop.get_token()});
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error(), base::Fail(base::ErrorKind::kUnreachable, "sync.stopped"));
  EXPECT_EQ((*flows::LastOutcome(*open))->error->reason, "sync.stopped");
  const auto kept = open->store().Head()->position;
  EXPECT_GT(kept, 0);
  const auto rest = flows::Synchronise(*open);
  ASSERT_TRUE(rest);
  EXPECT_GT(rest->received, 0);
  EXPECT_EQ(rest->position, kept + rest->received);
  EXPECT_EQ(office.ProvinceDigest().at("position"), rest->position);
}

TEST(SyncWatch, AFailureIsKeptWithTheDesk) {
  testing::Office office;
  office.Enrol("mc", "MC");
  const auto open = Open(office, "mc");
  EXPECT_FALSE(*flows::LastOutcome(*open));
  office.online = false;
  EXPECT_FALSE(flows::Synchronise(*open));
  EXPECT_EQ((*flows::LastOutcome(*Open(office, "mc")))->error->reason, "net.refused");

  const base::Error boxed =
      base::Fail(base::ErrorKind::kUnreachable, "tls.inspected", "Hộp Chặn, tinh.vn:443");
  ASSERT_TRUE(flows::KeepOutcome(*open, boxed));
  const base::Error kept = *(*flows::LastOutcome(*open))->error;
  EXPECT_EQ(kept, boxed);
  const flows::Message words = flows::Explain(kept);
  EXPECT_TRUE(words.why.ends_with("(Hộp Chặn, tinh.vn:443)")) << words.why;
  EXPECT_TRUE(words.todo.starts_with("Báo cán bộ mạng miễn máy chủ tỉnh khỏi kiểm tra TLS"));
}

TEST(SyncWords, SayNumbersAsPeopleReadThem) {
  EXPECT_EQ(flows::ProgressText({3, 40, 1200, 1200, 5000, 1000, 326'000}),
            "Đã gửi 3 / 40 việc · Đã nhận 1.200 / 5.000 dòng nhật ký · 320 KB");
  EXPECT_EQ(flows::ProgressText({0, 0, 7, 7, 0, 0, 0}), "Đã nhận 7 dòng nhật ký · 0 KB");
  EXPECT_EQ(flows::ProgressPercent({0, 0, 7, 7, 0, 0, 0}), std::nullopt);
  EXPECT_EQ(flows::ProgressPercent({0, 0, 50, 150, 200, 0, 0}), 50);
  EXPECT_EQ(flows::BytesText(1'572'864), "1,5 MB");
  EXPECT_EQ(flows::DurationText(185'900), "3 phút 5 giây");
  EXPECT_EQ(flows::ReportLines({}), std::vector<std::string>{"Hai bên đã khớp, không có gì mới."});
}

TEST(PinWords, SayHowGoodAPinIs) {
  using flows::PinInWords;
  using flows::PinStrength;
  EXPECT_EQ(PinInWords("12").strength, PinStrength::kRefused);
  EXPECT_EQ(PinInWords("12").text, "Yếu: mã PIN quá ngắn (ít nhất 4 ký tự)");
  EXPECT_EQ(PinInWords(std::string(65, 'x')).strength, PinStrength::kRefused);
  EXPECT_EQ(PinInWords("000000").text, "Yếu: toàn một ký tự");
  EXPECT_EQ(PinInWords("123456").text, "Yếu: các ký tự liền nhau");
  EXPECT_EQ(PinInWords("987654").text, "Yếu: các ký tự liền nhau");
  EXPECT_EQ(PinInWords("868686").text, "Yếu: một đoạn lặp lại");
  EXPECT_EQ(PinInWords("20111985").text, "Yếu: giống ngày hoặc năm sinh");
  EXPECT_EQ(PinInWords("1985").text, "Yếu: giống ngày hoặc năm sinh");
  EXPECT_EQ(PinInWords("4829").text, "Yếu: nên có từ 6 ký tự");
  EXPECT_EQ(PinInWords("482913").text, "Được");
  EXPECT_EQ(PinInWords("xã48nhà2").text, "Mạnh");
  EXPECT_EQ(PinInWords("4829137506").text, "Mạnh");
}

TEST(LineWords, NameTheStepThatFailedAndTheOnesNotTried) {
  const auto fine = flows::LineInWords({{}, "", "tinh.vn:443", "", 3});
  for (const auto& step : fine) EXPECT_EQ(step.state, State::kFine) << step.key;
  EXPECT_EQ(fine[0].sentence, "Tìm thấy máy chủ tinh.vn:443 trên mạng.");
  EXPECT_NE(fine[4].sentence.find("lệch 3 giây"), std::string::npos);

  const auto blocked =
      flows::LineInWords({LineStep::kCertificate, "tls.untrusted", "tinh.vn:443", "Firewall", 0});
  EXPECT_EQ(blocked[2].state, State::kFine);
  EXPECT_EQ(blocked[3].state, State::kFailed);
  EXPECT_TRUE(blocked[3].sentence.starts_with("Có thiết bị chặn giữa đường"));
  EXPECT_NE(blocked[3].sentence.find("Firewall"), std::string::npos);
  EXPECT_NE(blocked[3].todo.find("tinh.vn:443"), std::string::npos);
  EXPECT_EQ(blocked[4].state, State::kNotReached);

  const auto around =
      flows::LineInWords({LineStep::kPort, "net.proxy_auth", "tinh.vn:443", "", 0, "xa.vn:8080"});
  EXPECT_EQ(around[0].sentence, "Tìm thấy máy trung gian xa.vn:8080.");
  EXPECT_TRUE(around[1].sentence.starts_with("Máy trung gian xa.vn:8080 đòi tên và mật khẩu"));
  const auto inspected =
      flows::LineInWords({LineStep::kCertificate, "tls.inspected", "tinh.vn:443", "Hộp", 0});
  EXPECT_TRUE(inspected[3].todo.starts_with("Báo cán bộ mạng miễn tinh.vn:443 khỏi kiểm tra TLS"));

  const auto clock = flows::LineInWords({LineStep::kClock, "clock.off", "", "", -720});
  EXPECT_EQ(clock[4].sentence, "Đồng hồ máy này chậm 12 phút 0 giây so với đồng hồ của tỉnh.");
  for (int step = 0; step < engine::kLineSteps; ++step)  // Words for whatever may come.
    EXPECT_FALSE(flows::LineInWords({static_cast<LineStep>(step), "x.y", "", "",
                                     0})[static_cast<std::size_t>(step)]
                     .todo.empty());
}

TEST(Enrolment, TheFileSaysForWhomItIsBeforeItIsUsed) {
  testing::Office office;
  const std::string user = office.Hire("MC");
  const auto facts = flows::LookAtEnrolment(office.CodeFor(user));
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->user, user);
  EXPECT_FALSE(facts->unit_name.empty());
  EXPECT_EQ(flows::LookAtEnrolment(office.PinFile("1234")).error().reason, "enrol.file");
  EXPECT_EQ(flows::LookAtEnrolment(office.Folder("none")).error().reason, "file.missing");
}

}  // namespace
}  // namespace hoso
