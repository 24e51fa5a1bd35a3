#pragma once

#include <string>

#include "client/flows/dossier_view.h"

namespace hoso::flows {

// Words for what a dossier goes through, in Vietnamese, which are also the message ids of
// translations. A key that is not known comes back as it is.

std::string StepText(const std::string& step);  ///< "transfer": "Chuyển xử lý"; decisions too.
std::string StageText(const std::string& stage);  ///< "proposed": "đã trình".
std::string KindText(const std::string& kind);    ///< "set": "sửa nội dung".

}  // namespace hoso::flows
