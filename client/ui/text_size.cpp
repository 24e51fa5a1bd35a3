#include "client/ui/text_size.h"

#include <wx/frame.h>
#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/statusbr.h>
#include <wx/textctrl.h>

#include <memory>
#include <utility>

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace hoso::ui {
namespace {

#ifdef __WXGTK__
void ScaleSystem(int percent) {
  constexpr int kUsualDpi = 96 * 1024;
  constexpr int kWhole = 100;
  GtkSettings* settings = gtk_settings_get_default();
  gtk_settings_reset_property(settings, "gtk-xft-dpi");
  int dpi = 0;
  g_object_get(settings, "gtk-xft-dpi", &dpi, nullptr);
  if (dpi <= 0) dpi = kUsualDpi;
  g_object_set(settings, "gtk-xft-dpi", dpi / kWhole * percent, nullptr);
}
#endif

void MeasureAgain(wxWindow& window) {
  auto* field = dynamic_cast<wxTextCtrl*>(&window);
  // A field is measured once: GTK would add its padding to the height it was given, anew each time.
  if (field != nullptr && field->GetMinHeight() > 0) return;
  window.InvalidateBestSize();
  if (field != nullptr) field->SetMinSize(wxSize(field->GetMinWidth(), field->GetBestSize().y));
  for (wxWindow* child : window.GetChildren())
    if (!child->IsTopLevel()) MeasureAgain(*child);
  if (auto* scrolled = dynamic_cast<wxScrolledWindow*>(&window)) scrolled->FitInside();
  window.Layout();
}

void MeasureAll(wxWindow& top) {
  MeasureAgain(top);
  if (auto* frame = dynamic_cast<wxFrame*>(&top);
      frame != nullptr && frame->GetStatusBar() != nullptr)
    frame->GetStatusBar()->SetMinHeight(frame->GetStatusBar()->GetCharHeight());
  top.SendSizeEvent();
}

#ifndef __WXGTK__
void SetFonts(wxWindow& window, const wxFont& font) {
  window.SetFont(font);
  for (wxWindow* child : window.GetChildren())
    if (!child->IsTopLevel()) SetFonts(*child, font);
}
#endif

#ifdef __WXGTK__
/// GTK gives widgets their new text only with the next frame, so that is when they can be measured.
void StyleUpdated(GtkWidget* widget, gpointer window) {
  g_signal_handlers_disconnect_by_func(widget, reinterpret_cast<gpointer>(StyleUpdated), window);
  auto* top = static_cast<wxWindow*>(window);
  top->CallAfter([top] { MeasureAll(*top); });
}
#endif

}  // namespace

void ScaleText(wxWindow& top, int percent) {
#ifdef __WXGTK__
  g_signal_connect(top.GetHandle(), "style-updated", G_CALLBACK(StyleUpdated), &top);
  ScaleSystem(percent);
#else
  constexpr float kWhole = 100.0F;
  SetFonts(top, wxSystemSettings::GetFont(wxSYS_DEFAULT_GUI_FONT)
                    .Scaled(static_cast<float>(percent) / kWhole));
  MeasureAll(top);
#endif
}

void MeasureWhatIsMade(wxWindow& top) {
  const auto waits = std::make_shared<bool>(false);
  top.Bind(wxEVT_CREATE, [&top, waits](wxWindowCreateEvent& event) {
    event.Skip();
    if (std::exchange(*waits, true)) return;
    top.CallAfter([&top, waits] {
      *waits = false;
      MeasureAll(top);
    });
  });
}

}  // namespace hoso::ui
