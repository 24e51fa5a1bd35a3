#pragma once

#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// A draft as its officer finds it again.
struct DraftView {
  std::string key;      // Of the draft.
  std::string dossier;  // Its id, where text was being typed into one; "" for an intake.
  std::string title;    // The applicant, or the dossier's code and applicant; "" if there is none.
  std::string at;       // Local time of the last keystroke.
  std::vector<std::string> missing;  // Of an intake: reason keys of what it still needs.
  std::vector<std::string> labels;   // Of a dossier: the places in which text was typed.
  const char* place = "";            // Of "my work", where that text is; "" for the dossier's own.
};
/// This officer's drafts, newest first.
base::Result<std::vector<DraftView>> DraftViews(OpenDesk& open);

}  // namespace hoso::flows
