#include "sync/server/batch_writer.h"

#include <algorithm>
#include <utility>

#include "common/crypto/sign.h"

namespace hoso::server {

using base::ErrorKind;
using base::Fail;

BatchWriter::BatchWriter(store::ProvinceStore& store, const Published& published,
                         std::int64_t now_ms, store::Device& device, store::UnitHead& head)
    : store_(store),
      published_(published),
      now_ms_(now_ms),
      device_(device),
      log_(store, published, device.unit, head) {}

base::Status BatchWriter::Take(const base::Bytes& octets, std::int64_t sequence) {
  device_.chain = change::ChainHash(device_.chain, octets);
  device_.accepted_through = sequence;
  change::Entry entry{0, now_ms_, {}, "", "", change::kRulesVersion, octets};
  const auto change = change::Decode(octets);
  if (!change) {
    entry.verdict = {change::Outcome::kSetAside, change::kMalformed};
    return log_.Append(std::move(entry), std::nullopt);
  }
  if (change->id != change::ChangeId{device_.replica, sequence})
    return Fail(ErrorKind::kRefused, "change.not_yours");

  HOSO_TRY_ASSIGN(const change::Context context, ContextFor(*change, octets));
  HOSO_TRY_ASSIGN(change::DossierState * state, log_.StateOf(change->dossier));
  entry.verdict = change::Judge(state->id.empty() ? nullptr : state, *change, context);
  if (entry.verdict.outcome != change::Outcome::kSetAside) {
    HOSO_TRY_ASSIGN(entry.code, log_.NewCode(*change, *state));
  }
  entry.author_role = context.role ? domain::ToString(*context.role) : "";
  return log_.Append(std::move(entry), *change);
}

base::Status BatchWriter::Finish() {
  HOSO_TRY(log_.Finish());
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

}  // namespace hoso::server
