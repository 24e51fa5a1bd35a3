#pragma once

#include <wx/dataview.h>

#include <map>
#include <string>

#include "client/flows/due_words.h"
#include "client/flows/list_rows.h"

namespace hoso::ui {

/// The rows of a list of dossiers as words for its cells. A column of the model is a store::Order.
class DossierRows : public wxDataViewVirtualListModel {
 public:
  DossierRows(flows::OpenDesk& open, const wxDataViewCtrl& list)
      : wxDataViewVirtualListModel(0), open_(open), list_(list), rows_(open) {}

  flows::ListRows& rows() { return rows_; }
  /// Shows these rows instead, in the cheapest way that is right. Whatever was chosen has to be
  /// chosen again.
  void Take(flows::ListFound found);
  void MarkChosen(const std::string& id) { chosen_ = id; }

  void GetValueByRow(wxVariant& value, unsigned row, unsigned column) const override;
  bool SetValueByRow(const wxVariant&, unsigned, unsigned) override { return false; }
  bool GetAttrByRow(unsigned row, unsigned column, wxDataViewItemAttr& attr) const override;

 private:
  flows::DueWords Due(const store::DossierRow& row) const;
  wxString Cell(const store::DossierRow& row, store::Order column) const;

  flows::OpenDesk& open_;
  const wxDataViewCtrl& list_;
  mutable flows::ListRows rows_;
  std::string chosen_;
  std::map<std::string, std::string> people_;  // Names by id.
  // Of the deadlines that press; asking for the list's background is slow, and every cell would.
  std::map<flows::DueLevel, wxColour> colours_;
};

}  // namespace hoso::ui
