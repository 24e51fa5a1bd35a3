#include "client/ui/text_size.h"

#include <wx/settings.h>
#include <wx/toplevel.h>

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

void MeasureAgain(wxWindow& window, [[maybe_unused]] const wxFont& font) {
#ifndef __WXGTK__
  window.SetFont(font);
#endif
  window.InvalidateBestSize();
  for (wxWindow* child : window.GetChildren())
    if (!child->IsTopLevel()) MeasureAgain(*child, font);
  window.Layout();
}

}  // namespace

void ScaleText(wxWindow& top, int percent) {
  wxFont font = wxSystemSettings::GetFont(wxSYS_DEFAULT_GUI_FONT);
#ifdef __WXGTK__
  ScaleSystem(percent);
#else
  font.Scale(static_cast<float>(percent) / 100.0F);
#endif
  MeasureAgain(top, font);
  top.SendSizeEvent();
}

}  // namespace hoso::ui
