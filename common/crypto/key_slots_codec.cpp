#include <utility>

#include "common/crypto/hash.h"
#include "common/crypto/key_slots.h"
#include "common/crypto/key_slots_limits.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::string_view kMagic = "HSXK";
constexpr std::size_t kMaxFile = 64 * 1024;

void PutNumber(Bytes& out, std::uint64_t value, unsigned octets) {
  for (unsigned shift = octets * 8; shift > 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> (shift - 8)) & 0xFFU));
  }
}

void PutBytes(Bytes& out, std::string_view bytes) {
  PutNumber(out, bytes.size(), 2);
  out.append(bytes);
}

/// Once a read fails every later one does; the outcome is asked for once, at the end.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  std::uint64_t Number(unsigned octets) {
    std::uint64_t value = 0;
    for (const char c : Take(octets)) value = (value << 8) | static_cast<unsigned char>(c);
    return value;
  }
  Bytes Block(std::size_t min, std::size_t max) {
    const std::size_t size = Number(2);
    Require(size >= min && size <= max);
    return Bytes(Take(size));
  }
  void Require(bool condition) { good_ = good_ && condition; }
  bool good() const { return good_; }
  bool AtEnd() const { return good_ && rest_.empty(); }

 private:
  std::string_view Take(std::size_t size) {
    Require(size <= rest_.size());
    if (!good_) return {};
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool good_ = true;
};

Slot ReadSlot(Reader& reader) {
  Slot slot;
  slot.officer_id = reader.Block(1, kMaxOfficerId);
  slot.salt = reader.Block(kSaltSize, kSaltSize);
  slot.cost.mem_kib = static_cast<std::uint32_t>(reader.Number(4));
  slot.cost.passes = static_cast<std::uint32_t>(reader.Number(4));
  slot.sealed = reader.Block(kSlotSealed, kSlotSealed);
  slot.failures = static_cast<std::uint32_t>(reader.Number(4));
  slot.last_failure_ms = static_cast<std::int64_t>(reader.Number(8));
  reader.Require(IsSaneCost(slot.cost) && slot.failures <= kMaxFailures &&
                 slot.last_failure_ms >= 0);
  return slot;
}

}  // namespace

Bytes KeySlots::Encode() const {
  HOSO_CHECK(version == kVersion && device_info.size() <= kMaxDeviceInfo);
  Bytes out(kMagic);
  PutNumber(out, version, 2);
  PutBytes(out, device_info);
  PutNumber(out, slots.size(), 2);
  for (const Slot& slot : slots) {
    PutBytes(out, slot.officer_id);
    PutBytes(out, slot.salt);
    PutNumber(out, slot.cost.mem_kib, 4);
    PutNumber(out, slot.cost.passes, 4);
    PutBytes(out, slot.sealed);
    PutNumber(out, slot.failures, 4);
    PutNumber(out, static_cast<std::uint64_t>(slot.last_failure_ms), 8);
  }
  PutBytes(out, recovery);
  return out + Sha256(out);
}

base::Result<KeySlots> KeySlots::Decode(std::string_view file) {
  const auto damaged = Fail(ErrorKind::kDamaged, "keyfile.damaged");
  if (file.size() < kMagic.size() + 2 + kSha256Size || file.size() > kMaxFile) return damaged;
  if (!file.starts_with(kMagic)) return damaged;
  const std::string_view body = file.substr(0, file.size() - kSha256Size);
  if (Sha256(body) != file.substr(body.size())) return damaged;

  Reader reader(body.substr(kMagic.size()));
  KeySlots key_slots;
  key_slots.version = static_cast<std::uint16_t>(reader.Number(2));
  if (key_slots.version > kVersion) return Fail(ErrorKind::kNewer, "keyfile.newer");
  reader.Require(key_slots.version == kVersion);
  key_slots.device_info = reader.Block(0, kMaxDeviceInfo);
  const std::uint64_t count = reader.Number(2);
  reader.Require(count <= kMaxSlots);
  for (std::uint64_t i = 0; reader.good() && i < count; ++i) {
    Slot slot = ReadSlot(reader);
    reader.Require(key_slots.Find(slot.officer_id) == nullptr);
    key_slots.slots.push_back(std::move(slot));
  }
  key_slots.recovery = reader.Block(0, kRecoverySealed);
  reader.Require(key_slots.recovery.empty() || key_slots.recovery.size() == kRecoverySealed);
  if (!reader.AtEnd()) return damaged;
  return key_slots;
}

}  // namespace hoso::crypto
