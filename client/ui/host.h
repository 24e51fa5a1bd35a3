#pragma once

#include <wx/string.h>

#include <functional>
#include <string>

#include "client/flows/explain.h"
#include "common/base/result.h"

namespace hoso::ui {

class SyncJob;

/// What a notice offers to do about what it tells; no button without a title.
struct Offer {
  wxString title;
  std::function<void()> run;
};

/// What the pages of an open desk may ask of the window around them. Window thread.
class Host {
 public:
  virtual ~Host() = default;

  /// After every act, done or refused: says so, counts again and offers to take it back.
  virtual void Acted(const base::Status& status) = 0;
  /// Says what this officer did last and offers to take it back: after steps and decisions.
  virtual void OfferUndo() = 0;
  /// After typed text was kept as a draft, or could not be.
  virtual void Kept(const base::Status& status) = 0;
  /// In the window's notice bar, never in a dialog: typing goes on.
  virtual void Tell(const flows::Message& message, const Offer& offer) = 0;
  void Tell(const flows::Message& message) { Tell(message, {}); }

  virtual void ShowDossier(const std::string& id) = 0;
  virtual void Receive(const std::string& draft_key) = 0;  ///< An intake; "" begins a new one.
  virtual void Synchronise() = 0;
  virtual SyncJob& Exchange() = 0;           ///< The window's one exchange, to watch or stop.
  virtual void Open(const char* place) = 0;  ///< The line of "my work" with that Vietnamese title.
};

}  // namespace hoso::ui
