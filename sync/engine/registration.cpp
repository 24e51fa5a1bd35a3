#include "sync/engine/registration.h"

#include <algorithm>

#include "common/crypto/sign.h"
#include "sync/engine/desk.h"
#include "sync/protocol/registration.h"

namespace hoso::engine {
namespace {

using protocol::Registration;

constexpr const char* kMeta = "registrations";

/// What is held about this desk. Under the name that a copied desk had before, it is of no use.
base::Result<std::vector<Registration>> Held(store::DeskStore& store) {
  HOSO_TRY_ASSIGN(const auto kept, store.Meta(kMeta));
  HOSO_TRY_ASSIGN(const auto replica, store.Meta("replica"));
  auto all = protocol::DecodeRegistrations(kept.value_or(""));
  if (!all || !replica) return std::vector<Registration>();
  std::erase_if(*all, [&](const Registration& one) { return one.replica != *replica; });
  return *std::move(all);
}

bool Names(const std::vector<Registration>& all, const std::string& user,
           const base::Bytes& officer_key) {
  return std::any_of(all.begin(), all.end(), [&](const Registration& one) {
    return one.person.id == user && one.officer_key == officer_key;
  });
}

}  // namespace

base::Result<bool> IsRegistered(store::DeskStore& store, const Actor& present) {
  if (present.signing_seed == nullptr) return true;
  HOSO_TRY_ASSIGN(const auto held, Held(store));
  return Names(held, present.user, crypto::PublicKey(*present.signing_seed));
}

base::Status Register(store::DeskStore& store, Province& province) {
  HOSO_TRY_ASSIGN(const auto held, Held(store));
  HOSO_TRY_ASSIGN(const base::Bytes told, province.Register(protocol::EncodeRegistrations(held)));
  return store.database().Atomically([&] { return KeepSaid(store, told); });
}

base::Status KeepSaid(store::DeskStore& store, std::string_view told) {
  HOSO_TRY_ASSIGN(auto held, Held(store));
  HOSO_TRY_ASSIGN(const auto said, protocol::DecodeRegistrations(told));
  HOSO_TRY_ASSIGN(const auto replica, store.Meta("replica"));
  HOSO_TRY_ASSIGN(const auto key, store.Meta("receipt_key"));
  for (const Registration& one : said) {
    if (!replica || one.replica != *replica ||
        !crypto::Verify(key.value_or(""), protocol::RegistrationSigned(one), one.signature))
      return base::Fail(base::ErrorKind::kDamaged, "registration.answer");
    if (!Names(held, one.person.id, one.officer_key) && held.size() < protocol::kMaxRegistrations)
      held.push_back(one);
  }
  return store.SetMeta(kMeta, protocol::EncodeRegistrations(held));
}

}  // namespace hoso::engine
