#include "client/ui/text_size.h"

#include <wx/frame.h>
#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/statusbr.h>
#include <wx/textctrl.h>

#include <memory>
#include <set>
#include <utility>

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace hoso::ui {
namespace {

#ifdef __WXGTK__
/// False if the system has this size already: to set it again would lay out every window anew.
bool ScaleSystem(int percent) {
  constexpr int kUsualDpi = 96 * 1024;
  constexpr int kWhole = 100;
  constexpr const char* kNow = "hosoxa-percent";
  GtkSettings* settings = gtk_settings_get_default();
  const int now = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(settings), kNow));
  if (percent == (now == 0 ? kWhole : now)) return false;
  g_object_set_data(G_OBJECT(settings), kNow, GINT_TO_POINTER(percent));
  gtk_settings_reset_property(settings, "gtk-xft-dpi");
  int dpi = 0;
  g_object_get(settings, "gtk-xft-dpi", &dpi, nullptr);
  if (dpi <= 0) dpi = kUsualDpi;
  g_object_set(settings, "gtk-xft-dpi", dpi / kWhole * percent, nullptr);
  return true;
}
#endif

void Measure(wxWindow& window) {
  auto* field = dynamic_cast<wxTextCtrl*>(&window);
  // A field is measured once: GTK would add its padding to the height it was given, anew each time.
  if (field != nullptr && field->GetMinHeight() > 0) return;
  window.InvalidateBestSize();
  if (field != nullptr) field->SetMinSize(wxSize(field->GetMinWidth(), field->GetBestSize().y));
}

void LayOut(wxWindow& window) {
  if (auto* scrolled = dynamic_cast<wxScrolledWindow*>(&window)) scrolled->FitInside();
  window.Layout();
}

void MeasureAgain(wxWindow& window) {
  Measure(window);
  for (wxWindow* child : window.GetChildren())
    if (!child->IsTopLevel()) MeasureAgain(*child);
  LayOut(window);
}

/// Only these windows, and what holds them; whether there is any. Those that are gone again are
/// not met, so that they may be named.
bool MeasureSome(wxWindow& window, const std::set<const wxWindow*>& which) {
  bool any = which.contains(&window);
  if (any) Measure(window);
  for (wxWindow* child : window.GetChildren())
    if (!child->IsTopLevel() && MeasureSome(*child, which)) any = true;
  if (any) LayOut(window);
  return any;
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
  if (ScaleSystem(percent))
    g_signal_connect(top.GetHandle(), "style-updated", G_CALLBACK(StyleUpdated), &top);
#else
  constexpr float kWhole = 100.0F;
  SetFonts(top, wxSystemSettings::GetFont(wxSYS_DEFAULT_GUI_FONT)
                    .Scaled(static_cast<float>(percent) / kWhole));
  MeasureAll(top);
#endif
}

void MeasureWhatIsMade(wxWindow& top) {
  const auto made = std::make_shared<std::set<const wxWindow*>>();
  top.Bind(wxEVT_CREATE, [&top, made](wxWindowCreateEvent& event) {
    event.Skip();
    if (!made->insert(event.GetWindow()).second || made->size() > 1) return;
    top.CallAfter([&top, made] { MeasureSome(top, std::exchange(*made, {})); });
  });
}

}  // namespace hoso::ui
