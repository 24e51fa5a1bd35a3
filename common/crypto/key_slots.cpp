#include "common/crypto/key_slots.h"

#include <algorithm>
#include <utility>

#include "common/crypto/key_slots_limits.h"
#include "common/crypto/random.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::uint32_t kFreeTries = 5;
constexpr std::int64_t kMaxDelayMs = 15 * 60 * 1000;

std::int64_t DelayMs(std::uint32_t failures) {
  if (failures < kFreeTries) return 0;
  const std::uint32_t doublings = std::min(failures - kFreeTries, std::uint32_t{10});
  return std::min(std::int64_t{1000} << doublings, kMaxDelayMs);
}

// Binds a sealed payload to its slot: neither payloads nor costs can be swapped between slots.
Bytes SlotAad(const Slot& slot) {
  return "HSXK slot 1|" + slot.officer_id + "|" + base::ToHex(slot.salt) + "|" +
         std::to_string(slot.cost.mem_kib) + "|" + std::to_string(slot.cost.passes);
}

base::Result<Slot> MakeSlot(std::string_view officer_id, std::string_view pin,
                            const Secret& device_secret, const Unlocked& keys, base::Random& random,
                            const KdfCost& cost) {
  HOSO_CHECK(keys.database_key.size() == kKeySize && keys.officer_seed.size() == kSeedSize);
  HOSO_TRY(CheckPin(pin));
  Slot slot;
  slot.officer_id = officer_id;
  slot.salt = RandomBytes(random, kSaltSize);
  slot.cost = cost;
  HOSO_TRY_ASSIGN(const Secret key, DeriveFromPin(pin, slot.salt, device_secret, cost));
  Bytes both;
  both.reserve(kKeySize + kSeedSize);  // So that growing leaves no copy behind.
  both.append(keys.database_key.view()).append(keys.officer_seed.view());
  const Secret payload(std::move(both));
  slot.sealed = Seal(key, payload.view(), SlotAad(slot), random);
  return slot;
}

Slot* FindSlot(std::vector<Slot>& slots, std::string_view officer_id) {
  const auto found = std::find_if(slots.begin(), slots.end(),
                                  [&](const Slot& slot) { return slot.officer_id == officer_id; });
  return found == slots.end() ? nullptr : &*found;
}

base::Status CheckDelay(Slot& slot, std::int64_t now_ms) {
  const std::int64_t delay_ms = DelayMs(slot.failures);
  if (delay_ms == 0) return {};
  // Otherwise a clock once set far ahead by mistake would keep the officer out for years.
  slot.last_failure_ms = std::min(slot.last_failure_ms, now_ms);
  const std::int64_t left_ms = delay_ms - (now_ms - slot.last_failure_ms);
  if (left_ms <= 0) return {};
  return Fail(ErrorKind::kWrongPin, "pin.delay", std::to_string((left_ms + 999) / 1000));
}

}  // namespace

base::Status CheckPin(std::string_view pin) {
  if (!base::IsUtf8(pin)) return Fail(ErrorKind::kUsage, "pin.not_text");
  const auto characters = std::count_if(pin.begin(), pin.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
  if (characters < 4) return Fail(ErrorKind::kUsage, "pin.too_short");
  if (characters > 64) return Fail(ErrorKind::kUsage, "pin.too_long");
  return {};
}

const Slot* KeySlots::Find(std::string_view officer_id) const {
  const auto found = std::find_if(slots.begin(), slots.end(),
                                  [&](const Slot& slot) { return slot.officer_id == officer_id; });
  return found == slots.end() ? nullptr : &*found;
}

base::Status KeySlots::AddOfficer(std::string_view officer_id, std::string_view pin,
                                  const Secret& device_secret, const Unlocked& keys,
                                  base::Random& random, const KdfCost& cost) {
  if (officer_id.empty() || officer_id.size() > kMaxOfficerId) {
    return Fail(ErrorKind::kUsage, "officer.bad_id");
  }
  if (Find(officer_id) != nullptr) return Fail(ErrorKind::kRefused, "slot.exists");
  if (slots.size() >= kMaxSlots) return Fail(ErrorKind::kRefused, "slot.full");
  HOSO_TRY_ASSIGN(Slot slot, MakeSlot(officer_id, pin, device_secret, keys, random, cost));
  slots.push_back(std::move(slot));
  return {};
}

base::Status KeySlots::RemoveOfficer(std::string_view officer_id) {
  const auto gone =
      std::erase_if(slots, [&](const Slot& slot) { return slot.officer_id == officer_id; });
  if (gone == 0) return Fail(ErrorKind::kNotFound, "slot.missing");
  return {};
}

base::Result<Unlocked> KeySlots::OpenSlot(std::string_view officer_id, std::string_view pin,
                                          const Secret& device_secret, std::int64_t now_ms) {
  Slot* slot = FindSlot(slots, officer_id);
  if (slot == nullptr) return Fail(ErrorKind::kNotFound, "slot.missing");
  now_ms = std::max(now_ms, std::int64_t{0});
  HOSO_TRY(CheckDelay(*slot, now_ms));
  HOSO_TRY_ASSIGN(const Secret key, DeriveFromPin(pin, slot->salt, device_secret, slot->cost));
  auto opened = Open(key, slot->sealed, SlotAad(*slot));
  if (!opened) {
    slot->failures = std::min(slot->failures + 1, kMaxFailures);
    slot->last_failure_ms = now_ms;
    return Fail(ErrorKind::kWrongPin, "pin.wrong");
  }
  const Secret payload(*std::move(opened));
  HOSO_CHECK(payload.size() == kKeySize + kSeedSize);
  slot->failures = 0;
  slot->last_failure_ms = 0;
  return Unlocked{Secret(Bytes(payload.view().substr(0, kKeySize))),
                  Secret(Bytes(payload.view().substr(kKeySize)))};
}

base::Status KeySlots::ChangePin(std::string_view officer_id, std::string_view old_pin,
                                 std::string_view new_pin, const Secret& device_secret,
                                 std::int64_t now_ms, base::Random& random, const KdfCost& cost) {
  HOSO_TRY(CheckPin(new_pin));
  HOSO_TRY_ASSIGN(const Unlocked keys, OpenSlot(officer_id, old_pin, device_secret, now_ms));
  HOSO_TRY_ASSIGN(Slot slot, MakeSlot(officer_id, new_pin, device_secret, keys, random, cost));
  *FindSlot(slots, officer_id) = std::move(slot);
  return {};
}

base::Status KeySlots::SetRecovery(const Secret& database_key, std::string_view public_key) {
  HOSO_CHECK(database_key.size() == kKeySize);
  HOSO_TRY_ASSIGN(recovery, SealTo(public_key, database_key.view()));
  return {};
}

base::Result<Secret> KeySlots::OpenRecovery(std::string_view public_key,
                                            const Secret& secret_key) const {
  if (recovery.empty()) return Fail(ErrorKind::kNotFound, "recovery.missing");
  return OpenWith(public_key, secret_key, recovery);
}

}  // namespace hoso::crypto
