#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/result.h"

namespace hoso::change {

/// Names one change for ever: the replica that made it and its dense number there, from 1.
struct ChangeId {
  std::string replica;  // UUID of one installed database.
  std::int64_t sequence = 0;

  std::string ToText() const { return replica + ":" + std::to_string(sequence); }
  static std::optional<ChangeId> Parse(std::string_view text);
  friend auto operator<=>(const ChangeId&, const ChangeId&) = default;
};

/// For people and for doubt; never for order. UTC milliseconds.
struct Times {
  std::int64_t desk_ms = 0;
  std::int64_t trusted_ms = 0;  // Last province time the desk knew; 0 if none.
  std::int64_t since_ms = -1;   // Monotonic distance from it; -1 if unknown.
  friend bool operator==(const Times&, const Times&) = default;
};

/// One value written, and the change whose value its author saw in that place.
struct Write {
  std::string key;
  std::string value;
  std::optional<ChangeId> seen;  // None: the author saw an empty place.
  friend bool operator==(const Write&, const Write&) = default;
};

struct Create {
  std::string unit, procedure, procedure_version, case_key;
  std::string received_at;  // Local time, "2026-11-23T08:30".
  std::string provisional_code;
  bool difficult = false;
  std::map<std::string, std::string> fields;
  std::vector<std::string> components;  // Keys of the case's checklist, all "missing" at first.
  friend bool operator==(const Create&, const Create&) = default;
};
struct SetFields {
  std::vector<Write> fields;
  friend bool operator==(const SetFields&, const SetFields&) = default;
};
struct CheckItem {
  Write item;  // Key of a component; value have, copy or missing.
  friend bool operator==(const CheckItem&, const CheckItem&) = default;
};
struct AddNote {
  std::string text;
  friend bool operator==(const AddNote&, const AddNote&) = default;
};
struct Assign {
  Write to;  // Key is empty; value is a user's id.
  friend bool operator==(const Assign&, const Assign&) = default;
};
struct Step {
  std::string name;
  std::string reason;
  std::string at;  // Local time the officer gives the step, for the clock of the dossier.
  friend bool operator==(const Step&, const Step&) = default;
};
enum class Decision { kApprove, kReturn, kRefuse };
struct Decide {
  Decision decision = Decision::kApprove;
  std::string digest;              // ContentDigest of what the author decided on, hexadecimal.
  std::int64_t seen_position = 0;  // How far the author's log went; only to show the difference.
  std::string reason;
  friend bool operator==(const Decide&, const Decide&) = default;
};
struct Resolve {
  std::string field;                 // Register key, as in DossierState.
  std::int64_t began = 0;            // Position where the conflict began.
  std::vector<ChangeId> seen;        // The values its author saw.
  std::optional<ChangeId> keep;      // One of them, or
  std::optional<std::string> value;  // a new value.
  friend bool operator==(const Resolve&, const Resolve&) = default;
};
struct Settle {
  ChangeId change;
  bool adopt = false;  // Otherwise dismiss.
  std::string reason;
  friend bool operator==(const Settle&, const Settle&) = default;
};
/// A kind this program does not know. Its bytes are kept and passed on.
struct Unknown {
  std::string kind;
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

using Body = std::variant<Create, SetFields, CheckItem, AddNote, Step, Assign, Decide, Resolve,
                          Settle, Unknown>;

/// One recorded act of one officer on one dossier; the unit of sync. Never edited, never deleted.
struct Change {
  ChangeId id;
  std::string author;   // User's id.
  std::string dossier;  // UUID.
  Times times;
  Body body;
  base::Bytes signature;  // The officer's Ed25519 over SignedPart; decide, resolve and settle only.
  friend bool operator==(const Change&, const Change&) = default;
};

/// The word for a body in protocol, log and screens: "create", "set", "check", "note", "step",
/// "assign", "decide", "resolve", "settle", or the unknown kind's own.
std::string KindOf(const Change& change);
/// Decide, resolve and settle count only with the officer's own signature.
bool NeedsSignature(const Change& change);

inline constexpr std::size_t kMaxChangeBytes = 256 * 1024;
inline constexpr std::size_t kMaxValueBytes = 64 * 1024;
inline constexpr std::size_t kMaxWrites = 256;

/// The one canonical encoding: CBOR (RFC 8949) with definite lengths, shortest integers, no floats,
/// map keys in the order of their octets. The hash chain runs over it, whatever the wire packs.
base::Bytes Encode(const Change& change);
/// The octets an officer signs: the encoding without the signature.
base::Bytes SignedPart(const Change& change);
/// The same, taken from octets as they came, members of a newer program included.
base::Bytes SignedPartOf(std::string_view encoded);
/// Refuses (kDamaged) what is not canonical, over a limit, or not UTF-8. Members it does not know
/// are ignored here and survive because the octets themselves are stored and forwarded.
base::Result<Change> Decode(std::string_view bytes);

/// The replica's chain: SHA-256(previous ‖ encoded change); starts from 32 zero octets.
base::Bytes ChainHash(std::string_view previous, std::string_view encoded);
base::Bytes ChainStart();

}  // namespace hoso::change
