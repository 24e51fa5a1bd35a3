#pragma once

#include <string>

#include "client/paper/page.h"
#include "common/base/result.h"

namespace hoso::paper {

/// A QR code of error correction level M (15 % may be lost). kUsage "qr.text": empty or too long.
base::Result<QrModules> MakeQr(const std::string& text);

}  // namespace hoso::paper
