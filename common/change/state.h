#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/change/change.h"

namespace hoso::change {

/// A value in a place, with the change that wrote it.
struct Value {
  ChangeId id;
  std::string value;
  std::string author;
  std::int64_t at_ms = 0;     // The author's clock, for people.
  std::int64_t position = 0;  // Where the log has it; 0 while unsent.
  friend bool operator==(const Value&, const Value&) = default;
};

/// One place of a dossier: the value it holds, and while a conflict is open, the others.
/// Keys: "field.<key>", "component.<key>", "assignee".
struct Register {
  Value held;
  std::set<ChangeId> same;    // Changes that wrote the very same value at the same time.
  std::vector<Value> rivals;  // Open conflict: the other values, none of them lost.
  std::int64_t began = 0;     // Position where the open conflict began.

  bool HeldBy(const ChangeId& id) const { return held.id == id || same.contains(id); }
  friend bool operator==(const Register&, const Register&) = default;
};

struct Note {
  ChangeId id;
  std::string author;
  std::int64_t at_ms = 0;
  std::string text;
  friend bool operator==(const Note&, const Note&) = default;
};

/// A change that took no effect, kept with the reason until somebody settles it.
struct SetAside {
  ChangeId id;
  std::string kind, author, reason;
  std::int64_t at_ms = 0;
  std::int64_t position = 0;
  std::string settled;                  // "", "adopted" or "dismissed".
  std::vector<std::string> difference;  // Decisions: places changed since the author looked;
                                        // "stage" if the dossier itself went on.
  base::Bytes change;                   // As it came.
  friend bool operator==(const SetAside&, const SetAside&) = default;
};

/// Time that does not count: a supplement or a financial duty. Local times; `to` empty while open.
struct Pause {
  std::string kind, from, to;
  friend bool operator==(const Pause&, const Pause&) = default;
};

/// The last step or decision: which desk it came from and where the log has it.
struct Moved {
  std::string replica;
  std::int64_t position = 0;
  friend bool operator==(const Moved&, const Moved&) = default;
};

struct LastDecision {
  Decision decision = Decision::kApprove;
  std::string author, role, reason;
  std::int64_t at_ms = 0;
  friend bool operator==(const LastDecision&, const LastDecision&) = default;
};

/// What a dossier is after some prefix of its unit's log (and, on a desk, its own outbox).
/// A pure value: the same changes with the same verdicts give the same value everywhere.
struct DossierState {
  std::string id, unit, procedure, procedure_version, case_key;
  bool difficult = false;
  std::string received_at, code, provisional_code;
  int state = 0;         // National status 1..10; 0 for a shell that holds only set-aside changes.
  std::string stage;     // Within state 4: "", proposed, reviewed, signed, refused, returned.
  Moved moved;           // Since when it is where it is.
  std::string receiver;  // Who received it.
  std::set<std::string> proposers;  // Who proposed it since the last return.
  std::map<std::string, Register> registers;
  std::vector<Note> notes;
  std::vector<SetAside> set_aside;
  std::vector<Pause> pauses;
  int supplements = 0, extensions = 0;
  std::optional<LastDecision> decision;

  int OpenConflicts() const;
  int OpenSetAside() const;
  /// The held value of "field.<key>" and so on; "" where nothing was written.
  std::string Get(const std::string& register_key) const;
  /// After approval or refusal, and in the end states, content stays what it was.
  bool Locked() const;
  friend bool operator==(const DossierState&, const DossierState&) = default;
};

/// Canonical CBOR of the whole state, and back (kDamaged if it is not one).
base::Bytes EncodeState(const DossierState& state);
base::Result<DossierState> DecodeState(std::string_view bytes);

/// SHA-256 of EncodeState: what replicas compare.
base::Bytes StateDigest(const DossierState& state);
base::Bytes StateDigestOf(std::string_view encoded);  // The same from EncodeState's octets.

/// What a decision is taken on: places and their values, checklist, state, stage, open conflicts.
/// Not notes. Hexadecimal SHA-256.
std::string ContentDigest(const DossierState& state);

}  // namespace hoso::change
