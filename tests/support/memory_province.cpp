#include "tests/support/memory_province.h"

#include <algorithm>
#include <cstring>

namespace hoso::testing {

using base::ErrorKind;

base::Result<std::size_t> CutSource::Read(char* into, std::size_t size) {
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
