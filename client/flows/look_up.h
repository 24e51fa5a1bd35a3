#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/flows/dossier_view.h"
#include "common/catalog/catalog.h"

namespace hoso::flows {

/// When something received then would be due. Needs no desk and no PIN.
struct DeadlineAsked {
  std::string procedure, case_key;  // Either these,
  bool difficult = false;
  std::optional<int> limit;  // or a limit with its unit: wd, d, h, m.
  std::string unit;
  std::string received;             // "2026-11-23T08:30", or a day.
  std::vector<std::string> pauses;  // "2026-11-26/2026-11-30"; without an end it is still running.
};
/// The set this program was built with.
base::Result<catalog::Catalog> BuiltInCatalogue();

/// kUsage "procedure.unknown", "case.unknown", "limit.form", "limit.range", "received.form",
/// "pause.form", "pause.range".
base::Result<DueView> Deadline(const catalog::Catalog& catalogue, const DeadlineAsked& asked);

/// kNotFound "procedure.unknown".
base::Result<const catalog::Procedure*> ShowProcedure(const catalog::Catalog& catalogue,
                                                      const std::string& code);
struct UnitView {
  std::string code, name, kind, province, province_name, org_code;
};
base::Result<UnitView> ShowUnit(const catalog::Catalog& catalogue, const std::string& code);

}  // namespace hoso::flows
