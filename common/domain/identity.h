#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoso::domain {

/// What looks odd about a personal identity number; never a reason to refuse it.
/// Keys: id.length, id.digits, id.place, id.old_number, id.birth_year.
/// `birth_date`: ISO or empty.
std::vector<std::string> CheckCitizenId(std::string_view id, std::string_view birth_date);

/// Ten digits with the right check digit, or ten, a dash and three.
bool IsTaxCode(std::string_view text);

/// A Vietnamese mobile or landline number, spaces and dots allowed.
bool IsPhone(std::string_view text);

}  // namespace hoso::domain
