#include "client/flows/draft_view.h"

#include "client/flows/casework_flow.h"
#include "client/flows/dossier_view.h"
#include "client/flows/draft_flow.h"
#include "client/flows/edit_draft.h"
#include "client/flows/intake_form.h"

namespace hoso::flows {
namespace {

base::Status FillIntake(OpenDesk& open, const Draft& draft, DraftView& view) {
  HOSO_TRY_ASSIGN(const IntakeForm form, IntakeForm::Open(open, draft.key));
  view.title = form.Get("applicant.name");
  view.missing = form.Missing();
  return {};
}

base::Status FillEdit(OpenDesk& open, const Draft& draft, DraftView& view) {
  view.dossier = DraftFlow::DossierOf(draft.key);
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open, view.dossier));
  const change::DossierState& state = stored.shown;
  view.title = (state.code.empty() ? state.provisional_code : state.code) + " – " +
               state.Get("field.applicant.name");
  if (draft.key == DraftFlow::ReasonKey(view.dossier)) {
    view.labels.push_back("Lý do");
    return {};
  }
  if (draft.key == DraftFlow::ConflictKey(view.dossier)) {
    view.place = "Xung đột";
    view.labels.push_back("Giá trị mới");
    return {};
  }
  if (draft.key == DraftFlow::AsideKey(view.dossier)) {
    view.place = "Để riêng";
    view.labels.push_back("Lý do");
    return {};
  }
  HOSO_TRY_ASSIGN(const EditDraft edit, EditDraft::Open(open, view.dossier));
  for (const std::string& place : edit.Places())
    view.labels.push_back(place == EditDraft::kNote     ? "Ghi chú"
                          : place == EditDraft::kReason ? "Lý do"
                                                        : LabelOf(open, state, place));
  return {};
}

}  // namespace

base::Result<std::vector<DraftView>> DraftViews(OpenDesk& open) {
  HOSO_TRY_ASSIGN(const auto drafts, DraftFlow(open).All());
  std::vector<DraftView> views;
  for (const Draft& draft : drafts) {
    DraftView view;
    view.key = draft.key;
    view.at = draft.at;
    // One that can't be read in full is still shown: its officer must know that it is there.
    (void)(draft.IsIntake() ? FillIntake(open, draft, view) : FillEdit(open, draft, view))
        .has_value();
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace hoso::flows
