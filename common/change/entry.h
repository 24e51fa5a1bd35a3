#pragma once

#include <cstdint>
#include <string>

#include "common/change/judge.h"

namespace hoso::change {

/// One line of a unit's log, as the province wrote it.
struct Entry {
  std::int64_t position = 0;     // Dense, from 1.
  std::int64_t province_ms = 0;  // For people and for doubt about a desk's clock.
  Verdict verdict;
  std::string code;         // Official code, with an accepted create.
  std::string author_role;  // Role the author had when it was judged.
  int rules = 1;            // Version of Judge that spoke.
  base::Bytes change;       // Canonical octets, as they came.
  friend bool operator==(const Entry&, const Entry&) = default;
};

inline constexpr int kRulesVersion = 1;

/// The reason of an entry whose change bears a number that its replica has given to another change
/// in this log: both were acknowledged, before and after a loss. It counts for no chain.
inline constexpr const char* kNumberTaken = "return.number_taken";
/// The reason of an entry whose octets are no change.
inline constexpr const char* kMalformed = "change.malformed";

base::Bytes EncodeEntry(const Entry& entry);
base::Result<Entry> DecodeEntry(std::string_view bytes);

/// An entry together with the change in it; an error where either can't be read.
struct Logged {
  Entry entry;
  Change change;
};
base::Result<Logged> DecodeLogged(std::string_view bytes);

/// The unit's chain: SHA-256(previous ‖ encoded entry), starting from LogStart(unit).
base::Bytes LogHash(std::string_view previous, std::string_view encoded_entry);
base::Bytes LogStart(std::string_view unit);
/// What the entry after `position` is chained to: `hash`, or LogStart where there is none yet.
base::Bytes LogHashAt(std::string_view unit, std::int64_t position, const base::Bytes& hash);

/// Applies one entry to the dossier it names. Undecodable changes leave the state alone.
void ApplyEntry(DossierState& state, const Change& change, const Entry& entry,
                const std::vector<domain::Transition>& transitions);

}  // namespace hoso::change
