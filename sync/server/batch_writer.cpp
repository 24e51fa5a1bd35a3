#include "sync/server/batch_writer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "common/crypto/sign.h"
#include "common/domain/code.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

/// "2026-11-23T08:30" to "261123", the day as codes write it.
std::string CodeDay(const std::string& received_at) {
  return received_at.substr(2, 2) + received_at.substr(5, 2) + received_at.substr(8, 2);
}

/// The receiving that takes effect with this change: its own, or one it adopts.
std::optional<change::Create> ReceivedBy(const change::Change& change,
                                         const change::DossierState& state) {
  if (const auto* create = std::get_if<change::Create>(&change.body)) return *create;
  const auto* settle = std::get_if<change::Settle>(&change.body);
  if (settle == nullptr || !settle->adopt) return std::nullopt;
  for (const change::SetAside& aside : state.set_aside) {
    if (aside.id != settle->change) continue;
    const auto adopted = change::Decode(aside.change);
    const auto* create = adopted ? std::get_if<change::Create>(&adopted->body) : nullptr;
    if (create != nullptr) return *create;
  }
  return std::nullopt;
}

}  // namespace

BatchWriter::BatchWriter(store::ProvinceStore& store, const Published& published,
                         std::int64_t now_ms, store::Device& device, store::UnitHead& head)
    : store_(store), published_(published), now_ms_(now_ms), device_(device), head_(head) {}

base::Status BatchWriter::Take(const base::Bytes& octets, std::int64_t sequence) {
  device_.chain = change::ChainHash(device_.chain, octets);
  device_.accepted_through = sequence;
  const auto change = change::Decode(octets);
  if (!change) return Append("", octets, {change::Outcome::kSetAside, "change.malformed"}, "", "");
  if (change->id != change::ChangeId{device_.replica, sequence})
    return Fail(ErrorKind::kRefused, "change.not_yours");

  HOSO_TRY_ASSIGN(const change::Context context, ContextFor(*change, octets));
  HOSO_TRY_ASSIGN(change::DossierState * state, StateOf(change->dossier));
  const change::Verdict verdict =
      change::Judge(state->id.empty() ? nullptr : state, *change, context);
  std::string code;
  if (verdict.outcome != change::Outcome::kSetAside) {
    if (const auto received = ReceivedBy(*change, *state)) {
      HOSO_TRY_ASSIGN(code, NextCode(*received));
    }
  }
  const std::string role = context.role ? domain::ToString(*context.role) : "";
  HOSO_TRY(Append(change->dossier, octets, verdict, code, role));
  change::Apply(*state, *change, {head_.position, verdict, code, role, octets},
                published_.transitions);
  return {};
}

base::Status BatchWriter::Finish() {
  for (const auto& [id, state] : states_)
    HOSO_TRY(
        store_.SaveState(device_.unit, id, change::EncodeState(state), change::StateDigest(state)));
  HOSO_TRY(store_.SetHead(device_.unit, head_));
  return store_.SaveAccepted(device_);
}

base::Result<change::Context> BatchWriter::ContextFor(const change::Change& change,
                                                      const base::Bytes& octets) {
  change::Context context;
  context.transitions = &published_.transitions;
  context.unit = device_.unit;
  HOSO_TRY_ASSIGN(const auto user, store_.FindUser(change.author));
  HOSO_TRY_ASSIGN(const auto officers, store_.OfficersOf(device_.replica));
  const auto by_author = [&](const auto& key) { return key.user == change.author; };
  if (!user || std::none_of(officers.begin(), officers.end(), by_author)) return context;
  if (const auto role = domain::ParseRole(user->role)) context.role = *role;
  context.active = user->active && user->unit == device_.unit;
  // Any of the author's keys: the one of before a forgotten PIN may have signed what waited.
  const auto signed_with = [&](const auto& key) {
    return by_author(key) &&
           crypto::Verify(key.signing_key, change::SignedPartOf(octets), change.signature);
  };
  context.signature_valid =
      !change::NeedsSignature(change) || std::any_of(officers.begin(), officers.end(), signed_with);
  return context;
}

base::Result<change::DossierState*> BatchWriter::StateOf(const std::string& id) {
  const auto known = states_.find(id);
  if (known != states_.end()) return &known->second;
  HOSO_TRY_ASSIGN(const auto bytes, store_.State(device_.unit, id));
  change::DossierState state;
  if (bytes) {
    HOSO_TRY_ASSIGN(state, change::DecodeState(*bytes));
  }
  return &(states_[id] = std::move(state));
}

base::Result<std::string> BatchWriter::NextCode(const change::Create& create) {
  const std::string org = published_.catalogue.UnitOrgCode(create.unit);
  const std::string day = CodeDay(create.received_at);
  HOSO_TRY_ASSIGN(const std::int64_t number, store_.NextCodeNumber(org, day));
  return domain::FormatCode(org, day, number);
}

base::Status BatchWriter::Append(const std::string& dossier, const base::Bytes& octets,
                                 const change::Verdict& verdict, const std::string& code,
                                 const std::string& role) {
  if (head_.position == 0) head_.hash = change::LogStart(device_.unit);
  ++head_.position;
  const base::Bytes entry = change::EncodeEntry(
      {head_.position, now_ms_, verdict, code, role, change::kRulesVersion, octets});
  head_.hash = change::LogHash(head_.hash, entry);
  return store_.AppendEntry(device_.unit, head_.position, dossier, entry, head_.hash);
}

}  // namespace hoso::server
