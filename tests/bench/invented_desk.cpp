#include "tests/bench/invented_desk.h"

#include <filesystem>

#include "client/flows/casework_flow.h"
#include "tests/bench/invented.h"
#include "tests/support/office.h"

namespace hoso::bench {
namespace {

constexpr int kNotes = 300, kDueDays = 60, kLateDays = 10;

std::string DueOn(domain::Day today, testing::SeededRandom& random) {
  const auto days = static_cast<int>(random.Below(kDueDays)) - kLateDays;
  return domain::ToText(today + std::chrono::days(days));
}

base::Status Fill(flows::OpenDesk& open, std::int64_t dossiers) {
  testing::SeededRandom random(1);
  const auto today = domain::LocalFromUtcMs(base::SystemClock().NowMs()).day;
  return open.store().database().Atomically([&]() -> base::Status {
    for (std::int64_t i = 0; i < dossiers; ++i) {
      store::StoredDossier dossier = MakeDossier(i, random);
      dossier.shown.receiver = open.officer();
      dossier.confirmed = dossier.shown;
      store::DossierRow row;
      row.due = DueOn(today, random);
      HOSO_TRY(open.store().Save(dossier, row));
    }
    return {};
  });
}

base::Status AddNotes(flows::OpenDesk& open, const std::string& dossier) {
  for (int i = 0; i < kNotes; ++i)
    HOSO_TRY(flows::CaseworkFlow(open).AddNote(
        dossier, "Đã gọi điện cho người nộp, lần " + std::to_string(i + 1)));
  return {};
}

base::Status Prepare(testing::Office& office, std::int64_t dossiers) {
  const flows::DeskFolder folder(office.Folder("desk"));
  // From now on as slow as the program's own.
  flows::Tools real{office.Tools().clock, office.Tools().random, {}};
  HOSO_TRY(flows::ChangePin(folder, "", testing::Office::kPin, kPin, real));
  HOSO_TRY_ASSIGN(const auto open, flows::OpenDesk::Unlock(folder, "", kPin, office.Tools()));
  HOSO_TRY(Fill(*open, dossiers));
  return AddNotes(*open, office.Receive("desk", "Trần Lắm Ghi Chú"));
}

}  // namespace

bool MakeDesk(const std::string& folder, std::int64_t dossiers) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(folder + "/desk.db", error)) return true;
  testing::Office office;
  office.Enrol("desk", "MC");
  if (!Prepare(office, dossiers)) return false;
  fs::create_directories(folder, error);
  fs::copy(office.Folder("desk"), folder, fs::copy_options::recursive, error);
  return !error;
}

}  // namespace hoso::bench
