#include "client/paper/qr.h"

#include <qrencode.h>

#include <memory>

namespace hoso::paper {

base::Result<QrModules> MakeQr(const std::string& text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      text.empty() ? nullptr : QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1),
      QRcode_free);
  if (code == nullptr) return base::Fail(base::ErrorKind::kUsage, "qr.text");
  QrModules modules{code->width, {}};
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  for (std::size_t i = 0; i < count; ++i) modules.dark.push_back((code->data[i] & 1) != 0);
  return modules;
}

}  // namespace hoso::paper
