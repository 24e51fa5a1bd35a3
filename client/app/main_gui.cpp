#include <wx/app.h>
#include <wx/iconbndl.h>

#include <functional>

#include "client/app/connect.h"
#include "client/app/program_folder.h"
#include "client/config/machine.h"
#include "client/events/event_log.h"
#include "client/flows/support_info.h"
#include "client/flows/tell.h"
#include "client/ui/language.h"
#include "client/ui/main_frame.h"
#include "client/ui/words.h"
#include "common/base/program.h"
#include "common/crypto/random.h"

namespace {

/// Builds the objects and joins them. `hosoxa --data FOLDER`; without it, app::DataFolder().
class Program : public wxApp {
 public:
  bool Initialize(int& count, wxChar** words) override {
    // GTK takes the language when it starts; the frame knows which one it is to be.
    hoso::ui::SpeakInToolkit("vi");
    return wxApp::Initialize(count, words);
  }

  bool OnInit() override {
    hoso::base::BeginProgram();
    SetAppName("hosoxa");
    const hoso::config::Layers keeper = hoso::config::ReadMachine();
    std::string folder = hoso::app::DataFolder(keeper);
    for (int i = 1; i + 1 < argc; ++i)
      if (argv[i] == "--data") folder = hoso::ui::Utf8(argv[i + 1]);
    if (folder.empty()) return false;
    const hoso::flows::Tools tools{
        clock_,
        random_,
        hoso::app::Connect,
        {},
        hoso::app::FontFolder(),
        hoso::app::LocaleFolder(),
        hoso::app::TestLine,
        "",
        keeper,
        std::make_shared<hoso::events::EventLog>(clock_, "hosoxa/" + hoso::flows::ProgramVersion(),
                                                 hoso::events::MakeSystemLog())};
    const hoso::flows::DeskFolder desk(folder);
    hoso::flows::TellStart(tools, desk);
    tell_end_ = [tools, desk] { hoso::flows::Tell(tools, desk, {hoso::events::Id::kStopped}); };
    auto* frame = new hoso::ui::MainFrame(desk, tools);
#ifdef __WXMSW__
    frame->SetIcons(wxIconBundle("appicon", nullptr));  // The program file's own, in all its sizes.
#endif
    frame->Show();
    return true;
  }

  int OnExit() override {
    tell_end_();
    return wxApp::OnExit();
  }

 private:
  hoso::base::SystemClock clock_;
  hoso::crypto::SystemRandom random_;
  std::function<void()> tell_end_;
};

}  // namespace

wxIMPLEMENT_APP(Program);
