#pragma once

#include <string>
#include <string_view>

namespace hoso::text {

/// A key whose octet order is the Vietnamese alphabet (a ă â b c d đ e ê …), then tones in the
/// order ngang, huyền, hỏi, ngã, sắc, nặng, then case. Small table of our own, so that every
/// platform and database sorts alike.
std::string SortKey(std::string_view text);

/// For lists of people: by given name (the last word), then the names before it.
std::string NameSortKey(std::string_view full_name);

}  // namespace hoso::text
