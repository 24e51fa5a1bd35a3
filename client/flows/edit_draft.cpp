#include "client/flows/edit_draft.h"

#include "client/flows/casework_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/intake_flow.h"

namespace hoso::flows {
namespace {

constexpr std::string_view kSeen = "seen:";
constexpr std::string_view kField = "field.";

}  // namespace

base::Result<EditDraft> EditDraft::Open(OpenDesk& open, const std::string& dossier) {
  EditDraft draft(open, dossier);
  HOSO_TRY_ASSIGN(draft.values_, DraftFlow(open).Of(DraftFlow::EditKey(dossier)));
  return draft;
}

std::optional<std::string> EditDraft::Typed(const std::string& place) const {
  const auto found = values_.find(place);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> EditDraft::Places() const {
  std::vector<std::string> places;
  for (const auto& [place, text] : values_)
    if (!place.starts_with(kSeen)) places.push_back(place);
  return places;
}

base::Status EditDraft::Type(const std::string& place, const std::string& text) {
  if (place.starts_with(kField) && !values_.contains(place)) {
    HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(*open_, dossier_));
    const auto held = stored.shown.registers.find(place);
    values_[std::string(kSeen) + place] =
        held == stored.shown.registers.end() ? "" : held->second.held.id.ToText();
  }
  values_[place] = text;
  return Keep();
}

base::Result<std::vector<std::string>> EditDraft::Commit(const std::string& place) {
  const auto typed = Typed(place);
  if (!typed || !place.starts_with(kField)) return std::vector<std::string>{};
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(*open_, dossier_));
  std::vector<std::string> warnings;
  if (*typed != stored.shown.Get(place)) {
    const std::string key = place.substr(kField.size());
    HOSO_TRY_ASSIGN(
        const auto clean,
        CleanFields(open_->catalogue(), open_->ProcedureOf(stored.shown), {{key, *typed}}));
    const auto seen = change::ChangeId::Parse(values_[std::string(kSeen) + place]);
    HOSO_TRY(open_->Record(dossier_, change::SetFields{{{key, clean.at(key), seen}}}));
    warnings = WarningsOf(clean);
  }
  HOSO_TRY(Drop(place));
  return warnings;
}

base::Status EditDraft::Drop(const std::string& place) {
  if (values_.erase(place) == 0) return {};
  values_.erase(std::string(kSeen) + place);
  return Keep();
}

base::Status EditDraft::Keep() {
  return DraftFlow(*open_).Keep(DraftFlow::EditKey(dossier_), values_);
}

}  // namespace hoso::flows
