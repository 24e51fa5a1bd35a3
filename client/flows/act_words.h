#pragma once

#include <string>

#include "client/flows/dossier_view.h"

namespace hoso::flows {

// What changes say, in an officer's Vietnamese.

/// One sentence without a full stop: "Sửa «Số điện thoại» thành «0912…»", "Chuyển xử lý".
std::string ActText(OpenDesk& open, const change::DossierState& state, const change::Body& body);
/// A place's value as people read it: "Bản chính" for a paper, a name for an officer, "(trống)".
std::string ValueText(OpenDesk& open, const std::string& place, const std::string& value);
/// A person's name, or the account where no name is known.
std::string PersonText(OpenDesk& open, const std::string& user);
/// The official code, or the provisional one.
std::string CodeText(const change::DossierState& state);
std::string PaperText(const std::string& status);  ///< "have": "Bản chính".

}  // namespace hoso::flows
