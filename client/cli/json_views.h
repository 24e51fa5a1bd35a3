#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "client/flows/attention_flow.h"
#include "client/flows/dossier_view.h"
#include "client/flows/list_flow.h"
#include "client/flows/look_up.h"
#include "client/flows/sync_flow.h"

namespace hoso::cli {

/// What flows give, in the shapes other programs rely on (README, "the terminal"). Members are
/// only ever added. A text that is not known yet is null.
using Json = nlohmann::ordered_json;

Json ToJson(const flows::DossierView& view);
Json ToJson(const flows::ChangeView& change);
Json ToJson(const flows::DueView& due);
Json ToJson(const flows::ConflictView& conflict);
Json ToJson(const flows::SetAsideView& aside);
Json ToJson(const flows::DeskStatus& status);
Json ToJson(const flows::ReceiptView& receipt);
Json ToJson(const engine::SyncReport& report);
Json ToJson(const store::DossierList& list);
Json ToJson(const catalog::Procedure& procedure, const catalog::Catalog& catalogue);
Json ToJson(const flows::UnitView& unit);

Json OrNull(const std::string& text);
Json Warnings(const std::vector<std::string>& reasons);  // [{key, text}]

template <class T>
Json ToArray(const std::vector<T>& all) {
  Json array = Json::array();
  for (const T& one : all) array.push_back(ToJson(one));
  return array;
}

}  // namespace hoso::cli
