#pragma once

#include <string>
#include <vector>

#include "client/paper/page.h"

namespace hoso::paper {

/// Each A5 page twice on a lying A4 sheet, left and right of the cut: one half for the office, one
/// for the person. Pure.
std::vector<Page> TwoUp(const std::vector<Page>& a5);

/// What a page says, line by line, for somebody who hears it read.
std::string TextOf(const Page& page);

}  // namespace hoso::paper
