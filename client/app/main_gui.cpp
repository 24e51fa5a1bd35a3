#include <wx/app.h>

#include "client/app/connect.h"
#include "client/app/program_folder.h"
#include "client/ui/language.h"
#include "client/ui/main_frame.h"
#include "client/ui/words.h"
#include "common/crypto/random.h"

#ifndef _WIN32
#include <csignal>
#endif

namespace {

/// Builds the objects and joins them. `hosoxa --data FOLDER`; without it, ~/.local/share/hosoxa.
class Program : public wxApp {
 public:
  bool Initialize(int& count, wxChar** words) override {
    // GTK takes the language when it starts; the frame knows which one it is to be.
    hoso::ui::SpeakInToolkit("vi");
    return wxApp::Initialize(count, words);
  }

  bool OnInit() override {
#ifndef _WIN32
    std::signal(SIGPIPE, SIG_IGN);  // A line that breaks is an error to handle, not an end.
#endif
    SetAppName("hosoxa");
    std::string folder;
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
                                                                  hoso::app::TestLine});
    frame->Show();
    return true;
  }

 private:
  hoso::base::SystemClock clock_;
  hoso::crypto::SystemRandom random_;
};

}  // namespace

wxIMPLEMENT_APP(Program);
