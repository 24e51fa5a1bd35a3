#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/flows/dossier_view.h"
#include "client/flows/open_desk.h"
#include "client/ui/choice_place.h"
#include "client/ui/host.h"

class wxSizer;

namespace hoso::ui {

/// Conflicts, one after another: what all had seen, and each value with its author. Alt and a digit
/// keeps the value of that place, Ctrl+Enter the one the dossier holds now.
class ConflictsPanel : public ChoicePlace {
 public:
  ConflictsPanel(wxWindow* parent, flows::OpenDesk& open, Host& host);

 private:
  Rows Read() override;
  bool Look(const Row& row) override;
  void Fill() override;
  void AddValue(wxSizer* columns, const wxString& title, const flows::ValueView* value);
  void AddNewValue();
  void Type(const std::string& text);
  void Keep(std::size_t number);
  void Resolve(const std::optional<std::string>& keep, const std::optional<std::string>& value);
  void Key(wxKeyEvent& event);
  wxString TitleOf(const flows::ValueView& value) const;

  flows::OpenDesk& open_;
  Host& host_;
  flows::ConflictView conflict_;  // Values in the order of the screen: own ones first.
  std::string held_;              // The id of the value that the dossier holds now.
  std::string typed_;             // The new value, so far.
};

}  // namespace hoso::ui
