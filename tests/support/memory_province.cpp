#include "tests/support/memory_province.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hoso::testing {

using base::ErrorKind;

namespace {

std::size_t FirstFrame(const std::string& bytes) {
  std::size_t size = 0;
  for (std::size_t i = 1; i < 5 && i < bytes.size(); ++i)
    size = size << 8 | static_cast<unsigned char>(bytes[i]);
  return 5 + size;
}

}  // namespace

base::Result<std::size_t> CutSource::Read(char* into, std::size_t size) {
  if (meanwhile && at_ > 0 && at_ == FirstFrame(bytes_)) std::exchange(meanwhile, nullptr)();
  if (at_ == bytes_.size() && cut_) return base::Fail(ErrorKind::kUnreachable, "net.cut");
  const std::size_t n = std::min(size, bytes_.size() - at_);
  std::memcpy(into, bytes_.data() + at_, n);
  at_ += n;
  return n;
}

base::Status MemoryProvince::Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) {
  std::string sent;
  char piece[1024];
  const std::size_t limit = faults.cut_request.value_or(SIZE_MAX);
  bool cut = false;
  while (true) {
    HOSO_TRY_ASSIGN(const std::size_t got, request.Read(piece, sizeof piece));
    if (got == 0) break;
    sent.append(piece, got);
    if (sent.size() >= limit) {
      sent.resize(limit);
      cut = true;
      break;
    }
  }
  CutSource source(sent, cut);
  source.meanwhile = std::exchange(meanwhile, nullptr);
  StringSink reply;
  const base::Status served = reconciler_.Exchange(certificate_, source, reply);
  if (faults.repeat) {
    CutSource again(sent, cut);
    StringSink lost;
    if (const auto repeated = reconciler_.Exchange(certificate_, again, lost);
        !repeated && repeated.error().kind != ErrorKind::kUnreachable)
      return repeated.error();
  }
  HOSO_TRY(served);
  const std::size_t through = std::min(reply.text.size(), faults.cut_answer.value_or(SIZE_MAX));
  for (std::size_t at = 0; at < through; at += faults.piece)
    HOSO_TRY(answer.Write(
        std::string_view(reply.text).substr(at, std::min(faults.piece, through - at))));
  if (through < reply.text.size()) return base::Fail(ErrorKind::kUnreachable, "net.cut");
  return {};
}

base::Result<base::Bytes> MemoryProvince::Enrol(std::string_view) {
  return base::Fail(ErrorKind::kRefused, "enrol.not_here");
}

base::Result<std::string> MemoryProvince::Renew(std::string_view) {
  return base::Fail(ErrorKind::kRefused, "enrol.not_here");
}

base::Result<base::Bytes> MemoryProvince::Register(std::string_view registrations) {
  if (!registers) return base::Fail(ErrorKind::kNotFound, "path.unknown");
  return registers(registrations);
}

}  // namespace hoso::testing
