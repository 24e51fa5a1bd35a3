#include "client/ui/words.h"

#include "common/text/format.h"

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace hoso::ui {
#ifdef __WXGTK__
namespace {

/// wx exports no names to ATK itself; a text of several lines sits inside a scrolled window.
AtkObject* AccessibleOf(const wxWindow& window) {
  GtkWidget* widget = window.GetHandle();
  if (GTK_IS_SCROLLED_WINDOW(widget)) {
    GtkWidget* inner = gtk_bin_get_child(GTK_BIN(widget));
    if (inner != nullptr) widget = inner;
  }
  return gtk_widget_get_accessible(widget);
}

}  // namespace
#endif

wxString ScreenTime(const std::string& iso) {
  constexpr std::size_t kDay = 10;
  const std::string day = text::DateToScreen(iso.substr(0, kDay));
  return Wx(iso.size() > kDay ? day + " " + iso.substr(kDay + 1) : day);
}

void SetAccessibleName(wxWindow& window, const wxString& name) {
  window.SetName(name);
#ifdef __WXGTK__
  atk_object_set_name(AccessibleOf(window), name.utf8_str());
#endif
}

void SetAccessibleDescription([[maybe_unused]] wxWindow& window,
                              [[maybe_unused]] const wxString& text) {
#ifdef __WXGTK__
  atk_object_set_description(AccessibleOf(window), text.utf8_str());
#endif
}

}  // namespace hoso::ui
