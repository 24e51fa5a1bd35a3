#include "client/ui/session_lock.h"

#include <wx/window.h>

#include <utility>

#ifdef __WXGTK__
#include <gio/gio.h>
#endif
#ifdef __WXMSW__
#include <wx/msw/wrapwin.h>
#include <wx/power.h>
// After the system's header: it uses its types.
#include <wtsapi32.h>
#endif

namespace hoso::ui {

#ifdef __WXGTK__
class SessionLock::Watch {
 public:
  Watch(wxWindow&, std::function<void()> locked)
      : locked_(std::move(locked)), stop_(g_cancellable_new()) {
    g_bus_get(G_BUS_TYPE_SYSTEM, stop_, GotSystemBus, this);
    g_bus_get(G_BUS_TYPE_SESSION, stop_, GotSessionBus, this);
  }
  ~Watch() {
    g_cancellable_cancel(stop_);
    for (const auto& [bus, id] : heard_) {
      if (bus == nullptr) continue;
      g_dbus_connection_signal_unsubscribe(bus, id);
      g_object_unref(bus);
    }
    g_object_unref(stop_);
  }

 private:
  void Listen(GDBusConnection* bus, const char* interface, const char* signal) {
    const guint id =
        g_dbus_connection_signal_subscribe(bus, nullptr, interface, signal, nullptr, nullptr,
                                           G_DBUS_SIGNAL_FLAGS_NONE, Heard, this, nullptr);
    heard_.emplace_back(static_cast<GDBusConnection*>(g_object_ref(bus)), id);
  }
  static void GotSystemBus(GObject*, GAsyncResult* result, gpointer self) {
    // Cancelled, `self` may be gone already: only a bus says that it is not.
    if (GDBusConnection* bus = g_bus_get_finish(result, nullptr)) {
      auto* watch = static_cast<Watch*>(self);
      watch->Listen(bus, "org.freedesktop.login1.Session", "Lock");
      watch->Listen(bus, "org.freedesktop.login1.Manager", "PrepareForSleep");
      g_object_unref(bus);
    }
  }
  static void GotSessionBus(GObject*, GAsyncResult* result, gpointer self) {
    if (GDBusConnection* bus = g_bus_get_finish(result, nullptr)) {
      auto* watch = static_cast<Watch*>(self);
      watch->Listen(bus, "org.freedesktop.ScreenSaver", "ActiveChanged");
      watch->Listen(bus, "org.gnome.ScreenSaver", "ActiveChanged");
      g_object_unref(bus);
    }
  }
  static void Heard(GDBusConnection*, const char*, const char*, const char*, const char*,
                    GVariant* values, gpointer self) {
    gboolean begins = TRUE;  // "Lock" says nothing more; the others say whether it begins.
    if (g_variant_is_of_type(values, G_VARIANT_TYPE("(b)"))) g_variant_get(values, "(b)", &begins);
    if (begins) static_cast<Watch*>(self)->locked_();
  }

  std::function<void()> locked_;
  GCancellable* stop_;
  std::vector<std::pair<GDBusConnection*, guint>> heard_;
};
#elif defined(__WXMSW__)
class SessionLock::Watch {
 public:
  Watch(wxWindow& window, std::function<void()> locked)
      : window_(window), locked_(std::move(locked)) {
    WTSRegisterSessionNotification(window_.GetHWND(), NOTIFY_FOR_THIS_SESSION);
    now_ = this;
    wxWindow::MSWRegisterMessageHandler(WM_WTSSESSION_CHANGE, Heard);
    window_.Bind(wxEVT_POWER_SUSPENDED, &Watch::Suspended, this);
  }
  ~Watch() {
    window_.Unbind(wxEVT_POWER_SUSPENDED, &Watch::Suspended, this);
    wxWindow::MSWUnregisterMessageHandler(WM_WTSSESSION_CHANGE, Heard);
    now_ = nullptr;
    WTSUnRegisterSessionNotification(window_.GetHWND());
  }

 private:
  static bool Heard(wxWindow*, WXUINT, WXWPARAM what, WXLPARAM) {
    if (what == WTS_SESSION_LOCK && now_ != nullptr) now_->locked_();
    return false;
  }
  void Suspended(wxPowerEvent&) { locked_(); }

  inline static Watch* now_ = nullptr;  // The handler of a message gets no data of ours.
  wxWindow& window_;
  std::function<void()> locked_;
};
#else
class SessionLock::Watch {
 public:
  Watch(wxWindow&, std::function<void()>) {}
};
#endif

SessionLock::SessionLock(wxWindow& window, std::function<void()> locked)
    : watch_(std::make_unique<Watch>(window, std::move(locked))) {}

SessionLock::~SessionLock() = default;

}  // namespace hoso::ui
