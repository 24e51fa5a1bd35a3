#include "client/ui/words.h"

#include "common/text/format.h"

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace hoso::ui {

wxString ScreenTime(const std::string& iso) {
  constexpr std::size_t kDay = 10;
  const std::string day = text::DateToScreen(iso.substr(0, kDay));
  return Wx(iso.size() > kDay ? day + " " + iso.substr(kDay + 1) : day);
}

void SetAccessibleName(wxWindow& window, const wxString& name) {
  window.SetName(name);
#ifdef __WXGTK__
  // wx exports no names to ATK itself; a text of several lines sits inside a scrolled window.
  GtkWidget* widget = window.GetHandle();
  if (GTK_IS_SCROLLED_WINDOW(widget)) {
    GtkWidget* inner = gtk_bin_get_child(GTK_BIN(widget));
    if (inner != nullptr) widget = inner;
  }
  atk_object_set_name(gtk_widget_get_accessible(widget), name.utf8_str());
#endif
}

}  // namespace hoso::ui
