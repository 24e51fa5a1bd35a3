#include "client/ui/caps_lock.h"

#include <wx/utils.h>

#ifdef __WXGTK__
#include <gdk/gdk.h>
#endif

namespace hoso::ui {

bool IsCapsLockOn() {
#ifdef __WXGTK__
  // wx would say whether the key is down just now.
  return gdk_keymap_get_caps_lock_state(gdk_keymap_get_for_display(gdk_display_get_default())) !=
         FALSE;
#else
  return wxGetKeyState(WXK_CAPITAL);
#endif
}

}  // namespace hoso::ui
