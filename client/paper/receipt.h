#pragma once

#include <vector>

#include "client/flows/receipt_facts.h"
#include "client/paper/page.h"

namespace hoso::paper {

/// Mẫu 01 of Circular 03/2025/TT-VPCP, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả". Whatever the
/// length of the facts nothing is cut: it goes on over as many pages as it takes. A provisional
/// code and a reprint are marked as such. Pure.
std::vector<Page> Receipt(const flows::ReceiptFacts& facts, const QrModules& qr,
                          const TextMeasure& measure, PageSize size = kA4);

}  // namespace hoso::paper
