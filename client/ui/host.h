#pragma once

#include <string>

#include "client/flows/explain.h"
#include "common/base/result.h"

namespace hoso::ui {

/// What a page of the window may ask of the window.
class Host {
 public:
  virtual ~Host() = default;
  /// After every act, done or refused: status bar, lists, an undo offer.
  virtual void Acted(const base::Status& status) = 0;
  /// In the notice bar of the window, never a dialog.
  virtual void Tell(const flows::Message& message) = 0;
  virtual void ShowDossier(const std::string& id) = 0;
  virtual void Synchronise() = 0;
};

}  // namespace hoso::ui
