#include "common/change/entry.h"

#include "common/change/cbor.h"
#include "common/crypto/hash.h"

namespace hoso::change {

using nlohmann::json;

std::string ToText(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccepted:
      return "accepted";
    case Outcome::kAcceptedWithConflicts:
      return "accepted_with_conflicts";
    case Outcome::kSetAside:
      return "set_aside";
  }
  return {};
}

std::optional<Outcome> ParseOutcome(std::string_view text) {
  for (const Outcome outcome :
       {Outcome::kAccepted, Outcome::kAcceptedWithConflicts, Outcome::kSetAside})
    if (ToText(outcome) == text) return outcome;
  return std::nullopt;
}

base::Bytes EncodeEntry(const Entry& entry) {
  return ToCbor(json{{"p", entry.position},
                     {"t", entry.province_ms},
                     {"o", ToText(entry.verdict.outcome)},
                     {"w", entry.verdict.reason},
                     {"n", entry.code},
                     {"a", entry.author_role},
                     {"u", entry.rules},
                     {"c", json::binary({entry.change.begin(), entry.change.end()})}});
}

base::Result<Entry> DecodeEntry(std::string_view bytes) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "entry.malformed");
  const auto value = FromCbor(bytes, kMaxChangeBytes + 1024);
  if (!value || !value->is_object()) return bad;
  const auto position = Integer(*value, "p"), at = Integer(*value, "t"),
             rules = Integer(*value, "u");
  const std::string *outcome = Text(*value, "o"), *reason = Text(*value, "w"),
                    *code = Text(*value, "n"), *role = Text(*value, "a");
  const auto change = value->find("c");
  if (!position || *position < 1 || !at || !rules || *rules < 1 || *rules > 1'000'000 || !outcome ||
      !reason || !code || !role || change == value->end() || !change->is_binary())
    return bad;
  const auto parsed = ParseOutcome(*outcome);
  if (!parsed) return bad;
  const auto& raw = change->get_binary();
  return Entry{*position,
               *at,
               {*parsed, *reason},
               *code,
               *role,
               static_cast<int>(*rules),
               base::Bytes(raw.begin(), raw.end())};
}

base::Result<Logged> DecodeLogged(std::string_view bytes) {
  Logged logged;
  HOSO_TRY_ASSIGN(logged.entry, DecodeEntry(bytes));
  HOSO_TRY_ASSIGN(logged.change, Decode(logged.entry.change));
  return logged;
}

base::Bytes LogHash(std::string_view previous, std::string_view encoded_entry) {
  return crypto::Sha256(base::Bytes(previous) + base::Bytes(encoded_entry));
}

base::Bytes LogStart(std::string_view unit) {
  return crypto::Sha256("hosoxa log " + std::string(unit));
}

base::Bytes LogHashAt(std::string_view unit, std::int64_t position, const base::Bytes& hash) {
  return position == 0 ? LogStart(unit) : hash;
}

void ApplyEntry(DossierState& state, const Change& change, const Entry& entry,
                const std::vector<domain::Transition>& transitions) {
  Apply(state, change, {entry.position, entry.verdict, entry.code, entry.author_role, entry.change},
        transitions);
}

}  // namespace hoso::change
