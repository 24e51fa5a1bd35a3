#include "common/store/desk_functions.h"

#include "common/change/state.h"
#include "common/store/sqlite_raw.h"
#include "common/text/sort.h"

namespace hoso::store {
namespace {

std::string NameSortKey(const std::vector<std::string_view>& arguments) {
  return text::NameSortKey(arguments[0]);
}

std::string RegisterIn(const std::vector<std::string_view>& arguments) {
  const auto state = change::DecodeState(arguments[0]);
  return state ? state->Get(std::string(arguments[1])) : "";
}

}  // namespace

void AddDeskFunctions(soci::session& sql) {
  AddFunction(sql, "name_sort_key", 1, NameSortKey);
  AddFunction(sql, "register_in", 2, RegisterIn);
}

}  // namespace hoso::store
