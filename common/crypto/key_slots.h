#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/ids.h"
#include "common/crypto/derive.h"
#include "common/crypto/secret.h"

namespace hoso::crypto {

/// 4 to 64 characters of UTF-8: kUsage "pin.too_short", "pin.too_long" or "pin.not_text".
/// Callers pass every PIN in Unicode form NFC, so that each keyboard gives the same octets.
base::Status CheckPin(std::string_view pin);

/// One officer's way in. `sealed` holds the database key and the officer's signing seed.
struct Slot {
  std::string officer_id;  ///< 1 to 64 octets.
  Bytes salt;              ///< 16 octets.
  KdfCost cost;
  Bytes sealed;                      ///< Seal() of 64 octets.
  std::uint32_t failures = 0;        ///< Wrong PINs since the last right one.
  std::int64_t last_failure_ms = 0;  ///< Wall clock, UTC.
  friend bool operator==(const Slot&, const Slot&) = default;
};

/// What a right PIN gives; 32 octets each.
struct Unlocked {
  Secret database_key;
  Secret officer_seed;
};

/// The desk's key file in memory. No disk: after OpenSlot or ChangePin, failed ones too, the
/// caller writes Encode() back, else the count of wrong tries is lost. No verb destroys a slot
/// because of wrong PINs.
struct KeySlots {
  static constexpr std::uint16_t kVersion = 1;

  std::uint16_t version = kVersion;
  std::string device_info;  ///< At most 256 octets, readable without a PIN.
  std::vector<Slot> slots;  ///< At most 64.
  Bytes recovery;           ///< Empty, or the database key for the province's recovery key only.

  /// "HSXK", version, length-prefixed fields (big-endian), SHA-256 of all before it.
  Bytes Encode() const;
  /// kDamaged "keyfile.damaged"; kNewer "keyfile.newer" for an intact file of a later version
  /// (all versions keep the first 6 and the last 32 octets as they are).
  static base::Result<KeySlots> Decode(std::string_view file);

  const Slot* Find(std::string_view officer_id) const;

  /// Both keys 32 octets, checked. CheckPin's errors; kUsage "officer.bad_id"; kRefused
  /// "slot.exists" or "slot.full"; DeriveFromPin's errors.
  base::Status AddOfficer(std::string_view officer_id, std::string_view pin,
                          const Secret& device_secret, const Unlocked& keys, base::Random& random,
                          const KdfCost& cost = {});
  /// kNotFound "slot.missing". The officer's signing seed goes with the slot.
  base::Status RemoveOfficer(std::string_view officer_id);

  /// kNotFound "slot.missing"; kWrongPin "pin.wrong" (wrong PIN or other device; counted);
  /// kWrongPin "pin.delay", detail = whole seconds left, PIN not tried and not counted;
  /// DeriveFromPin's errors. From the 5th wrong try on the delay is 1, 2, 4 ... 900 seconds.
  /// A clock set back starts the running delay anew.
  base::Result<Unlocked> OpenSlot(std::string_view officer_id, std::string_view pin,
                                  const Secret& device_secret, std::int64_t now_ms);

  /// Same keys under the new PIN, with fresh salt; other slots untouched. OpenSlot's errors for
  /// the old PIN, CheckPin's for the new one; on any error the old PIN stays good.
  base::Status ChangePin(std::string_view officer_id, std::string_view old_pin,
                         std::string_view new_pin, const Secret& device_secret, std::int64_t now_ms,
                         base::Random& random, const KdfCost& cost = {});

  /// Replaces `recovery`. `public_key` from MakeBoxKey; kDamaged "seal.public_key".
  base::Status SetRecovery(const Secret& database_key, std::string_view public_key);
  /// The database key. kNotFound "recovery.missing"; kDamaged "seal.open".
  base::Result<Secret> OpenRecovery(std::string_view public_key, const Secret& secret_key) const;
};

}  // namespace hoso::crypto
