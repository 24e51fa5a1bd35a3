#include <zstd.h>

#include <array>
#include <memory>

#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/messages.h"

namespace hoso::protocol {
namespace {

constexpr int kLevel = 12;         // Small batches: a higher level costs little and saves much.
constexpr int kMaxWindowLog = 23;  // 8 MB: what a decoder may be made to keep.

base::Bytes Compress(std::string_view plain) {
  base::Bytes out(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), kLevel);
  HOSO_CHECK(!ZSTD_isError(size));
  out.resize(size);
  return out;
}

base::Result<base::Bytes> Decompress(std::string_view packed) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "frame.compression");
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) return bad;
  if (size > kMaxFrameUnpacked) return base::Fail(base::ErrorKind::kDamaged, "frame.too_big");
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog)))
    return bad;
  base::Bytes out(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(context.get(), out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) || got != out.size()) return bad;
  return out;
}

}  // namespace

base::Bytes EncodeFrame(const Message& message) {
  const base::Bytes body = Compress(change::ToCbor(ToJson(message)));
  HOSO_CHECK(body.size() <= kMaxFrameBytes);
  base::Bytes out;
  out += static_cast<char>(message.index() + 1);
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(body.size() >> shift & 255);
  return out + body;
}

base::Status FrameReader::ReadExactly(char* into, std::size_t size) {
  while (size > 0) {
    HOSO_TRY_ASSIGN(const std::size_t got, source_.Read(into, size));
    if (got == 0) return base::Fail(base::ErrorKind::kUnreachable, "net.cut");
    into += got;
    size -= got;
  }
  return {};
}

base::Result<Message> FrameReader::Next() {
  std::array<char, 5> head{};
  HOSO_TRY(ReadExactly(head.data(), head.size()));
  const auto kind = static_cast<unsigned char>(head[0]);
  std::size_t size = 0;
  for (std::size_t i = 1; i < head.size(); ++i)
    size = size << 8 | static_cast<unsigned char>(head[i]);
  if (kind < 1 || kind > std::variant_size_v<Message>)
    return base::Fail(base::ErrorKind::kDamaged, "frame.kind");
  if (size > kMaxFrameBytes) return base::Fail(base::ErrorKind::kDamaged, "frame.too_big");
  base::Bytes packed(size, '\0');
  HOSO_TRY(ReadExactly(packed.data(), packed.size()));
  HOSO_TRY_ASSIGN(const base::Bytes plain, Decompress(packed));
  const auto value = change::FromCbor(plain, kMaxFrameUnpacked);
  if (!value) return base::Fail(base::ErrorKind::kDamaged, "frame.encoding");
  return FromJson(kind - 1u, *value);
}

}  // namespace hoso::protocol
