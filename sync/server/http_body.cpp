#include "sync/server/http_body.h"

#include <algorithm>
#include <array>
#include <istream>
#include <ostream>

namespace hoso::server {

using base::ErrorKind;
using base::Fail;

base::Result<std::size_t> BodySource::Read(char* into, std::size_t size) {
  HOSO_TRY_ASSIGN(const std::size_t count, Next(into, size));
  taken_ += static_cast<std::int64_t>(count);
  return count;
}

base::Result<std::size_t> BodySource::Next(char* into, std::size_t size) {
  if (size == 0) return std::size_t{0};
  if (left_ == 0) {
    if (in_.peek() == std::istream::traits_type::eof()) return std::size_t{0};
    return Fail(ErrorKind::kRefused, "request.too_long");
  }
  in_.read(into, static_cast<std::streamsize>(std::min(size, left_)));
  const auto count = static_cast<std::size_t>(in_.gcount());
  left_ -= count;
  if (count == 0 && in_.bad()) return Fail(ErrorKind::kUnreachable, "net.cut");
  return count;
}

bool BodySource::Drain(std::size_t at_most) {
  left_ = std::min(left_, at_most);
  std::array<char, 16384> piece;
  for (;;) {
    const auto count = Next(piece.data(), piece.size());
    if (!count) return false;
    if (*count == 0) return true;
  }
}

base::Status AnswerSink::Write(std::string_view bytes) {
  if (out_ == nullptr) {
    if (!request_.Drain()) response_.setKeepAlive(false);
    response_.setContentType(kContentType);
    response_.setChunkedTransferEncoding(true);
    out_ = &response_.send();
  }
  if (!out_->write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    return Fail(ErrorKind::kUnreachable, "net.cut");
  return {};
}

}  // namespace hoso::server
