#pragma once

#include <map>
#include <optional>
#include <string>

#include "client/flows/attention_flow.h"
#include "client/ui/choice_place.h"
#include "client/ui/host.h"

namespace hoso::ui {

/// Changes that took no effect: what they wanted, why they wait, what the dossier holds now; taking
/// one after all or letting it be, each with a reason.
class SetAsidePanel : public ChoicePlace {
 public:
  SetAsidePanel(wxWindow* parent, flows::OpenDesk& open, Host& host);

 private:
  Rows Read() override;
  bool Look(const Row& row) override;
  void Fill() override;
  void FillLine();
  void AddPlaces();
  void AddButtons();
  void Type(const std::string& text);
  void Settle(bool adopt);

  flows::OpenDesk& open_;
  Host& host_;
  std::map<std::string, std::string> dossiers_;  // By change.
  flows::AttentionFlow::Settling one_;
  std::map<std::string, flows::AttentionFlow::Unreadable> lines_;  // By the id of their row.
  std::optional<flows::AttentionFlow::Unreadable> line_;           // Chosen instead of a change.
  std::string typed_;                                              // The reason, so far.
};

}  // namespace hoso::ui
