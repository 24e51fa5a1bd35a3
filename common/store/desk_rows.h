#pragma once

#include <string>

#include "common/store/desk_store.h"
#include "common/store/soci.h"

namespace hoso::store {

/// The columns of a list, in the order in which DossierRows takes them.
inline constexpr const char* kRowColumns =
    "d.id, d.code, d.provisional_code, d.applicant, d.procedure, d.assignee, d.receiver, "
    "d.received_at, d.state, d.stage, d.due, d.sheet, d.parcel, d.unsent, d.conflicts, "
    "d.set_aside";

/// Where lists of rows come from: give a statement its columns, run it, take the rows.
class DossierRows {
 public:
  explicit DossierRows(soci::session& sql) : statement_(sql) {}

  template <class T>
  void Bind(const T& value, const char* name) {
    statement_.exchange(soci::use(value, name));
  }
  std::vector<DossierRow> Read(const std::string& query) {
    DossierRow& r = row_;
    for (std::string* text : {&r.id, &r.code, &r.provisional_code, &r.applicant, &r.procedure,
                              &r.assignee, &r.receiver, &r.received_at})
      statement_.exchange(soci::into(*text));
    statement_.exchange(soci::into(state_));
    for (std::string* text : {&r.stage, &r.due, &r.sheet, &r.parcel})
      statement_.exchange(soci::into(*text));
    for (long long* count : {&unsent_, &conflicts_, &set_aside_})
      statement_.exchange(soci::into(*count));
    statement_.alloc();
    statement_.prepare(query);
    statement_.define_and_bind();
    statement_.execute();
    std::vector<DossierRow> rows;
    while (statement_.fetch()) {
      r.state = static_cast<int>(state_);
      r.unsent = static_cast<int>(unsent_);
      r.conflicts = static_cast<int>(conflicts_);
      r.set_aside = static_cast<int>(set_aside_);
      rows.push_back(r);
    }
    return rows;
  }

 private:
  soci::statement statement_;
  DossierRow row_;
  long long state_ = 0, unsent_ = 0, conflicts_ = 0, set_aside_ = 0;
};

/// The rows of these numbers, in an order that SQL gives: " ORDER BY …" over d and one.key, the
/// place in `numbers`.
inline std::vector<DossierRow> ReadNumbers(soci::session& sql, const RowNumbers& numbers,
                                           const std::string& order) {
  std::string list = "[";
  for (const std::int64_t number : numbers)
    list.append(list.size() > 1 ? "," : "").append(std::to_string(number));
  list += ']';
  DossierRows rows(sql);
  rows.Bind(list, "list");
  return rows.Read("SELECT " + std::string(kRowColumns) +
                   " FROM json_each(:list) one JOIN dossier d ON d.number = one.value" + order);
}

}  // namespace hoso::store
