#include "tests/bench/window.h"

#include <fcntl.h>
#include <gtk/gtk.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wx/app.h>
#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/textctrl.h>
#include <wx/timer.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "client/flows/list_flow.h"
#include "client/flows/list_rows.h"
#include "client/ui/main_frame.h"
#include "client/ui/words.h"
#include "common/crypto/random.h"
#include "tests/bench/invented.h"
#include "tests/bench/invented_desk.h"
#include "tests/support/loop_meter.h"

extern char** environ;

namespace hoso::bench {
namespace {

using Times = std::vector<double>;  // Milliseconds.

bool missed = false;

void Line(const char* what, double value, const char* unit, double target) {
  const bool good = value <= target;
  missed = missed || !good;
  std::printf("%-44s %9.1f %-3s target %6.1f  %s\n", what, value, unit, target,
              good ? "held" : "MISSED");
}

void Lines(const std::string& what, const Times& times, double target) {
  Line((what + ", p50").c_str(), Percentile(times, 0.5), "ms", target);
  Line((what + ", p95").c_str(), Percentile(times, 0.95), "ms", target);
  Line((what + ", max").c_str(), Percentile(times, 1), "ms", target);
}

double PeakMb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return static_cast<double>(std::atol(line.c_str() + 6)) / 1024;
  return 0;
}

// --- Starting: the programs as they are shipped, each with the module that tells when it is ready.

double StartMs(const std::vector<std::string>& words, int stalls) {
  constexpr int kMostMs = 60'000;
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const auto begin = g_get_monotonic_time();
  pid_t child = 0;
  if (::posix_spawn(&child, argv[0], nullptr, nullptr, argv.data(), environ) != 0) return 1e9;
  std::string told;
  for (pollfd ready{stalls, POLLIN, 0}; ::poll(&ready, 1, kMostMs) > 0;) {
    char text[256];
    const auto size = ::read(stalls, text, sizeof text);
    if (size > 0) told.append(text, static_cast<std::size_t>(size));
    if (told.find("quiet") != std::string::npos && told.ends_with('\n')) break;
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const auto quiet = told.find("quiet ");
  if (quiet == std::string::npos) return 1e9;  // It never came to rest.
  return static_cast<double>(std::atoll(told.c_str() + quiet + 6) - begin) / 1000;
}

struct Start {
  double ours_ms = 0, empty_ms = 0;
};

Start MeasureStart(const std::string& bin, const std::string& desk) {
  constexpr int kStarts = 7;
  const testing::TempFolder folder;
  const std::string stalls = folder / "stalls";
  // Both ends are ours, so that it stays open between two programs.
  if (::mkfifo(stalls.c_str(), 0600) != 0) return {1e9, 0};
  const int told = ::open(stalls.c_str(), O_RDWR | O_CLOEXEC);
  ::setenv("GTK_MODULES", (bin + "/stall_module.so").c_str(), 1);
  ::setenv("HOSOXA_STALLS", stalls.c_str(), 1);
  Times ours, empty;
  for (int i = 0; i < kStarts; ++i) {  // In turns, so that a busy moment hits both.
    empty.push_back(StartMs({bin + "/empty_frame"}, told));
    ours.push_back(StartMs({bin + "/hosoxa", "--data", desk}, told));
  }
  ::unsetenv("GTK_MODULES");
  ::unsetenv("HOSOXA_STALLS");
  ::close(told);
  const Start best{Percentile(ours, 0), Percentile(empty, 0)};
  std::printf(
      "start, best of %d: unlock page usable after %.0f ms, an empty window after %.0f ms, "
      "%.1f times\n",
      kStarts, best.ours_ms, best.empty_ms, best.ours_ms / best.empty_ms);
  return best;
}

// --- Working: the frame in this program, driven by a script.

double longest_ms = 0;
std::string longest_in;
const char* doing = "";
gint64 worked_us = 0;                   // When the last turn that took a while ended.
int waits = 0;                          // Since then.
gint64 painted_us = 0;                  // When the list was first painted with the rows it has.
constexpr double kWorthCountingMs = 1;  // Less is the script's own ticking.

void Turned(gint64 busy_us, bool will_wait) {
  const double ms = static_cast<double>(busy_us) / 1000;
  const bool working = ms > kWorthCountingMs;
  if (working) worked_us = g_get_monotonic_time();
  if (ms > longest_ms) {
    longest_ms = ms;
    longest_in = doing;
  }
  waits = working ? 0 : waits + (will_wait ? 1 : 0);
}

/// Tells when a list that was given other rows has been painted with them.
class Painted : public wxDataViewModelNotifier {
 public:
  static void Watch(wxDataViewCtrl& list) {
    auto* watch = new Painted;
    list.GetModel()->AddNotifier(watch);  // Owns it.
    g_signal_connect_after(list.GtkGetTreeView(), "draw", G_CALLBACK(Drawn), watch);
  }

  void Resort() override { changed_ = true; }
  bool ItemAdded(const wxDataViewItem&, const wxDataViewItem&) override { return Changed(); }
  bool ItemDeleted(const wxDataViewItem&, const wxDataViewItem&) override { return Changed(); }
  bool ItemChanged(const wxDataViewItem&) override { return Changed(); }
  bool ValueChanged(const wxDataViewItem&, unsigned) override { return Changed(); }
  bool Cleared() override { return Changed(); }

 private:
  static gboolean Drawn(GtkWidget*, void*, Painted* self) {
    if (self->changed_) painted_us = g_get_monotonic_time();
    self->changed_ = false;
    return FALSE;
  }
  bool Changed() { return changed_ = true; }

  bool changed_ = false;
};

struct Step {
  const char* what;
  std::function<void()> act;
  std::function<bool()> done;
  Times* times = nullptr;
  Times* painted = nullptr;
};

/// A step's time is from the act until all is quiet again, whoever worked for it; `painted` is
/// until the list shows what was asked for.
class Script : public wxTimer {
 public:
  void Add(Step step) { steps_.push_back(std::move(step)); }
  void Run() { Start(kTickMs); }

  void Notify() override {
    if (acted_) {
      const bool settled = waits >= kQuietTicks && g_get_monotonic_time() - at_us_ > kLeastUs;
      if (!settled || (steps_[next_].done && !steps_[next_].done())) return;
      if (steps_[next_].times != nullptr)
        steps_[next_].times->push_back(
            static_cast<double>(std::max<gint64>(worked_us - at_us_, 0)) / 1000);
      // Where nothing of the list changed, nothing is waited for.
      if (steps_[next_].painted != nullptr && painted_us > at_us_)
        steps_[next_].painted->push_back(static_cast<double>(painted_us - at_us_) / 1000);
      ++next_;
    }
    if (next_ == steps_.size()) {
      Stop();
      wxTheApp->GetTopWindow()->Close(true);
      return;
    }
    doing = steps_[next_].what;
    acted_ = true;
    waits = 0;
    at_us_ = g_get_monotonic_time();
    wxTheApp->CallAfter([act = steps_[next_].act] { act(); });
  }

 private:
  static constexpr int kTickMs = 10, kQuietTicks = 6;
  static constexpr gint64 kLeastUs = 200'000;  // While a worker finds rows, the loop is quiet too.

  std::vector<Step> steps_;
  std::size_t next_ = 0;
  bool acted_ = false;
  gint64 at_us_ = 0;
};

template <class Kind>
Kind* Named(const char* name) {
  return dynamic_cast<Kind*>(wxWindow::FindWindowByName(ui::T(name)));
}

struct Results {
  Times unlock, filter, filter_rest, sort, open, long_history;
  double key_ms = 0, unlock_ms = 0;
};

class Bench : public wxApp {
 public:
  Bench(std::string desk, Results& results) : desk_(std::move(desk)), results_(results) {}

  bool OnInit() override {
    testing::MeterLoop(Turned);
    // What blinks or fades away would count as work.
    g_object_set(gtk_settings_get_default(), "gtk-cursor-blink", FALSE, "gtk-enable-animations",
                 FALSE, nullptr);
    auto* frame = new ui::MainFrame(flows::DeskFolder(desk_), {clock_, random_, {}, {}});
    frame->Show();
    SetTopWindow(frame);
    Unlock();
    Open();
    Filter();
    Sort();
    script_.Run();
    return true;
  }

 private:
  static wxDataViewCtrl* List() { return Named<wxDataViewCtrl>("Danh sách hồ sơ"); }
  static unsigned Rows() {
    auto* model = dynamic_cast<wxDataViewVirtualListModel*>(List()->GetModel());
    return model == nullptr ? 0 : model->GetCount();
  }

  void Unlock() {
    script_.Add({"start", [] {}, [] { return Named<wxTextCtrl>("Mã PIN") != nullptr; }});
    script_.Add({"unlock",
                 [this] {
                   Named<wxTextCtrl>("Mã PIN")->SetValue(kPin);
                   began_us_ = g_get_monotonic_time();
                   wxCommandEvent enter(wxEVT_TEXT_ENTER);
                   Named<wxTextCtrl>("Mã PIN")->ProcessWindowEvent(enter);
                   ready_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
                     if (List() == nullptr || Rows() == 0) return;
                     results_.unlock_ms =
                         static_cast<double>(g_get_monotonic_time() - began_us_) / 1000;
                     ready_.Stop();
                   });
                   ready_.Start(1);
                 },
                 [this] { return !ready_.IsRunning(); }, &results_.unlock});
  }

  static wxDataViewItem Row(unsigned row) {
    return dynamic_cast<wxDataViewVirtualListModel*>(List()->GetModel())->GetItem(row);
  }
  void Choose(unsigned row) {
    const wxDataViewItem item = Row(row);
    List()->Select(item);
    wxDataViewEvent event(wxEVT_DATAVIEW_SELECTION_CHANGED, List(), item);
    List()->ProcessWindowEvent(event);
  }

  void Open() {
    constexpr int kOpened = 40;
    for (int i = 0; i < kOpened; ++i) {
      script_.Add({"scroll",
                   [this] {
                     row_ = static_cast<unsigned>(pick_.Below(Rows()));
                     List()->EnsureVisible(Row(row_));
                   },
                   {}});
      script_.Add({"open a dossier", [this] { Choose(row_); }, {}, &results_.open});
    }
  }

  void Type(const std::string& text, Times* rest, Times* painted) {
    script_.Add({"filter",
                 [text] { Named<wxTextCtrl>("Lọc nhanh")->SetValue(ui::Wx(text)); },
                 {},
                 rest,
                 painted});
  }

  void Filter() {
    script_.Add({"watch", [] { Painted::Watch(*List()); }, {}});
    // As officers type: a word common to all, names with and without accents, a code.
    for (const char* whole : {"cấp giấy phép xây dựng", "nguyen duc an", "Đặng Thị Ánh",
                              "H49.06.994-261123-1", "thon 7"}) {
      const wxString typed = wxString::FromUTF8(whole);
      for (std::size_t length = 1; length <= typed.size(); ++length)
        Type(ui::Utf8(typed.substr(0, length)), &results_.filter_rest, &results_.filter);
      Type("", &results_.filter_rest, &results_.filter);
    }
    Type("lắm ghi", nullptr, nullptr);
    script_.Add({"open a long history", [this] { Choose(0); }, {}, &results_.long_history});
    Type("", nullptr, nullptr);
  }

  void Sort() {
    const unsigned shown = 6;
    for (unsigned i = 0; i < 2 * shown; ++i)
      script_.Add({"sort",
                   [i] {
                     for (unsigned j = 0; j < List()->GetColumnCount(); ++j)
                       List()->GetColumn(j)->UnsetAsSortKey();
                     List()->GetColumn(i / 2)->SetSortOrder(i % 2 == 0);
                     List()->GetModel()->Resort();
                   },
                   {},
                   &results_.sort});
  }

  std::string desk_;
  Results& results_;
  base::SystemClock clock_;
  crypto::SystemRandom random_;
  testing::SeededRandom pick_{3};
  unsigned row_ = 0;
  Script script_;
  wxTimer ready_;
  gint64 began_us_ = 0;
};

double KeyMs(const std::string& desk) {
  base::SystemClock clock;
  crypto::SystemRandom random;
  const auto begin = g_get_monotonic_time();
  if (!flows::TryPin(flows::DeskFolder(desk), "u-MC0", kPin, {clock, random, {}, {}})) return -1;
  return static_cast<double>(g_get_monotonic_time() - begin) / 1000;
}

/// What of all that is reading, without a window: tells where to look when a target is missed.
void MeasureData(const std::string& desk) {
  base::SystemClock clock;
  crypto::SystemRandom random;
  std::unique_ptr<flows::OpenDesk> open;
  const auto time = [](const char* what, const std::function<void()>& act) {
    const auto begin = g_get_monotonic_time();
    act();
    std::printf("    %-40s %9.1f ms\n", what,
                static_cast<double>(g_get_monotonic_time() - begin) / 1000);
  };
  time("unlock", [&] {
    auto unlocked =
        flows::OpenDesk::Unlock(flows::DeskFolder(desk), "", kPin, {clock, random, {}, {}});
    if (unlocked) open = std::move(*unlocked);
  });
  if (open == nullptr) return;
  flows::ListFinder finder(*open);
  flows::ListRows rows(*open);
  const auto show = [&](store::View view, store::Order order) {
    return [&, view, order] {
      finder.Forget();
      if (auto found = finder.Find({view, order})) rows.Take(std::move(*found));
    };
  };
  time("what is in sight of my list",
       [&] { (void)finder.First({store::View::kMine}).has_value(); });
  time("another connection", [&] { (void)open->Again().has_value(); });
  time("my list", show(store::View::kMine, store::Order::kDue));
  time("its first page", [&] { (void)rows.At(0); });
  time("a page of its middle", [&] { (void)rows.At(rows.count() / 2); });
  time("my list by name", show(store::View::kMine, store::Order::kApplicant));
  time("my list by name again", show(store::View::kMine, store::Order::kApplicant));
  time("my list by procedure", show(store::View::kMine, store::Order::kProcedure));
  time("all counts", [&] {
    (void)flows::CountDossiers(
        *open, {store::View::kMine, store::View::kOverdue, store::View::kToday, store::View::kSoon,
                store::View::kApproval, store::View::kDrafts, store::View::kConflicts,
                store::View::kSetAside, store::View::kAll})
        .has_value();
  });
  time("status line", [&] { (void)flows::StatusOf(*open).has_value(); });
  for (const char* words : {"c", "cap", "cấp", "cap giay phep xay dung", "cấp giấy phép xây dựng"})
    time(words, [&] {
      (void)finder.Find({store::View::kMine, store::Order::kDue, false, words}).has_value();
    });
}

bool MakeDeskApart(const std::string& folder, std::int64_t dossiers) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(MakeDesk(folder, dossiers) ? 0 : 1);
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

void Report(const Start& start, const Results& results) {
  std::printf("the PIN's key alone %.0f ms\n", results.key_ms);
  const double unlock_ms = results.unlock_ms - results.key_ms;
  Line("from the PIN to the list, beyond its key", unlock_ms, "ms", 300);
  Line("and the start before it", unlock_ms + start.ours_ms, "ms", 300 + 1.5 * start.empty_ms);
  Lines("filter, a keystroke until its rows are shown", results.filter, 50);
  std::printf("    until all is at rest: p95 %.1f ms, max %.1f ms\n",
              Percentile(results.filter_rest, 0.95), Percentile(results.filter_rest, 1));
  Lines("open a dossier", results.open, 50);
  Line("open a dossier with 300 notes", Percentile(results.long_history, 1), "ms", 100);
  Lines("sort by another column", results.sort, 100);
  Line("longest turn of the main loop", longest_ms, "ms", 100);
  std::printf("    it was in: %s\n", longest_in.c_str());
  Line("memory at its peak", PeakMb(), "MB", 200);
}

}  // namespace

int MeasureWindow(int argc, char** argv, std::int64_t dossiers) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const testing::TempFolder temporary;
  std::string desk = temporary / "desk";
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--keep") desk = argv[i + 1];
  if (!MakeDeskApart(desk, dossiers)) return 1;
  const std::string bin = std::filesystem::absolute(argv[0]).parent_path().string();
  std::printf("%lld dossiers\n", static_cast<long long>(dossiers));
  const Start start = MeasureStart(bin, desk);
  Results results;
  results.key_ms = KeyMs(desk);
  MeasureData(desk);
  ::setenv("GTK_OVERLAY_SCROLLING", "0", 1);
  wxApp::SetInstance(new Bench(desk, results));
  int none = 1;
  wxEntry(none, argv);
  Report(start, results);
  return missed ? 1 : 0;
}

}  // namespace hoso::bench
