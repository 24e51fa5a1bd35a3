/// empty_frame: a window of wxWidgets with nothing in it, to compare starting with.

#include <wx/app.h>
#include <wx/frame.h>

namespace {

class Program : public wxApp {
 public:
  bool OnInit() override {
    auto* frame = new wxFrame(nullptr, wxID_ANY, "");
    frame->Maximize();
    return frame->Show();
  }
};

}  // namespace

wxIMPLEMENT_APP(Program);
