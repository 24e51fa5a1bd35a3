#include "client/ui/dossier_rows.h"

#include <algorithm>
#include <utility>

#include "client/flows/step_words.h"
#include "client/ui/due_sign.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

using store::Order;

constexpr std::size_t kFewRows = 200;  // Added or removed one by one; more are cheaper at once.

wxString Signs(const store::DossierRow& row) {
  wxString signs;
  const auto add = [&](bool there, const char* word) {
    if (there) signs += (signs.empty() ? wxString() : wxString(", ")) + T(word);
  };
  add(row.conflicts > 0, "Xung đột");
  add(row.set_aside > 0, "Để riêng");
  add(row.unsent > 0, "Chờ gửi");
  return signs;
}

wxString Land(const store::DossierRow& row) {
  wxString land;
  if (!row.sheet.empty()) land = T("tờ") + " " + Wx(row.sheet);
  if (!row.parcel.empty())
    land += (land.empty() ? wxString() : wxString(", ")) + T("thửa") + " " + Wx(row.parcel);
  return land;
}

}  // namespace

void DossierRows::Take(flows::ListFound found) {
  rows_.Take(std::move(found));
  people_.clear();
  if (const auto people = open_.desk().People())
    for (const auto& person : *people) people_[person.id] = person.name;
  for (const auto level : {flows::DueLevel::kSoon, flows::DueLevel::kToday, flows::DueLevel::kLate})
    colours_[level] = DueColour(level, list_);
  const std::size_t now = rows_.count();
  std::size_t before = GetCount();
  if (before > now + kFewRows || now > before + kFewRows) {
    Reset(static_cast<unsigned>(now));
    return;
  }
  // In place: the list stays where it is scrolled to.
  for (; before > now; --before) RowDeleted(static_cast<unsigned>(before - 1));
  for (; before < now; ++before) RowAppended();
  if (now == 0) return;
  const wxDataViewItem top = list_.GetTopItem();
  const std::size_t first = top.IsOk() ? GetRow(top) : 0;
  const auto in_sight = static_cast<std::size_t>(std::max(list_.GetCountPerPage(), 0)) + 2;
  for (std::size_t row = first; row < std::min(now, first + in_sight); ++row)
    RowChanged(static_cast<unsigned>(row));
}

void DossierRows::GetValueByRow(wxVariant& value, unsigned row, unsigned column) const {
  const store::DossierRow* dossier = rows_.At(row);
  value = dossier == nullptr ? wxString() : Cell(*dossier, static_cast<Order>(column));
}

bool DossierRows::GetAttrByRow(unsigned row, unsigned column, wxDataViewItemAttr& attr) const {
  if (static_cast<Order>(column) != Order::kDue) return false;
  const store::DossierRow* dossier = rows_.At(row);
  // On the colour of a chosen row only the system's own text colour can be read for certain.
  if (dossier == nullptr || dossier->id == chosen_) return false;
  const auto level = Due(*dossier).level;
  const auto colour = colours_.find(level);
  if (colour == colours_.end()) return false;
  attr.SetColour(colour->second);
  return true;
}

flows::DueWords DossierRows::Due(const store::DossierRow& row) const {
  return flows::DueInWords(open_.catalogue().WorkingCalendar(), row.due, row.state,
                           open_.Now().day);
}

wxString DossierRows::Cell(const store::DossierRow& row, Order column) const {
  constexpr std::size_t kDay = 10;
  switch (column) {
    case Order::kCode:
      return Wx(row.code.empty() ? row.provisional_code : row.code);
    case Order::kApplicant:
      return Wx(row.applicant);
    case Order::kDue:
      return DueSign(Due(row));
    case Order::kStep:
      return Wx(open_.catalogue().StateName(row.state)) +
             (row.stage.empty() ? wxString() : ", " + T(flows::StageText(row.stage).c_str()));
    case Order::kSigns:
      return Signs(row);
    case Order::kProcedure: {
      const auto* procedure = open_.catalogue().FindProcedure(row.procedure);
      return Wx(procedure == nullptr ? row.procedure : procedure->name);
    }
    case Order::kAssignee: {
      const auto person = people_.find(row.assignee);
      return Wx(person == people_.end() || person->second.empty() ? row.assignee : person->second);
    }
    case Order::kReceived:
      return Wx(text::DateToScreen(row.received_at.substr(0, kDay)));
    case Order::kParcel:
      return Land(row);
  }
  return {};
}

}  // namespace hoso::ui
