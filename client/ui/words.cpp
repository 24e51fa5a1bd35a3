#include "client/ui/words.h"

#include <wx/wxcrt.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "common/text/format.h"

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace hoso::ui {
namespace {

/// "Còn 5 ngày" by way of "Còn %d ngày"; null if that is no message either.
std::optional<wxString> WithNumbers(const wxString& text) {
  wxString id;
  std::vector<wxString> numbers;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && wxIsdigit(text[end])) ++end;
    if (end > i) numbers.push_back(text.substr(i, end - i));
    id += end > i ? wxString("%d") : text.substr(i, 1);
    i = std::max(end, i + 1);
  }
  const wxString* found = wxTranslations::Get()->GetTranslatedString(id);
  if (found == nullptr) return std::nullopt;
  wxString filled = *found;
  for (const wxString& number : numbers) filled.Replace("%d", number, false);
  return filled;
}

}  // namespace

wxString T(const char* vietnamese) {
  const wxString text = wxString::FromUTF8(vietnamese);
  const wxTranslations* translations = wxTranslations::Get();
  if (translations == nullptr || !translations->IsLoaded("hosoxa")) return text;
  if (const wxString* found = translations->GetTranslatedString(text)) return *found;
  if (const auto filled = WithNumbers(text)) return *filled;
  for (const std::size_t at : {text.rfind(" ("), text.find_first_of("0123456789") - 1})
    if (at < text.size())
      if (const wxString* head = translations->GetTranslatedString(text.substr(0, at)))
        return *head + text.substr(at);
  return text;
}
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
