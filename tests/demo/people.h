#pragma once

#include <map>
#include <string>

namespace hoso::demo {

/// Fields of an invented applicant: the same number gives the same person. Pure.
std::map<std::string, std::string> Person(int number);

}  // namespace hoso::demo
