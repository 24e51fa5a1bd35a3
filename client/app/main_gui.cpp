#include <wx/app.h>
#include <wx/iconbndl.h>

#include "client/app/connect.h"
#include "client/app/program_folder.h"
#include "client/config/machine.h"
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
    auto* frame =
        new hoso::ui::MainFrame(hoso::flows::DeskFolder(folder), {clock_,
                                                                  random_,
                                                                  hoso::app::Connect,
                                                                  {},
                                                                  hoso::app::FontFolder(),
                                                                  hoso::app::LocaleFolder(),
                                                                  hoso::app::TestLine,
                                                                  "",
                                                                  keeper});
#ifdef __WXMSW__
    frame->SetIcons(wxIconBundle("appicon", nullptr));  // The program file's own, in all its sizes.
#endif
    frame->Show();
    return true;
  }

 private:
  hoso::base::SystemClock clock_;
  hoso::crypto::SystemRandom random_;
};

}  // namespace

wxIMPLEMENT_APP(Program);
