#include "sync/engine/handed.h"

#include "common/base/number.h"

namespace hoso::engine {
namespace {

constexpr const char* kMeta = "handed";

}  // namespace

base::Result<std::int64_t> HandedThrough(store::DeskStore& store) {
  HOSO_TRY_ASSIGN(const auto text, store.Meta(kMeta));
  return text ? base::ToNumber(*text).value_or(0) : 0;
}

base::Status SetHandedThrough(store::DeskStore& store, std::int64_t sequence) {
  return store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const std::int64_t before, HandedThrough(store));
    return sequence > before ? store.SetMeta(kMeta, std::to_string(sequence)) : base::Status();
  });
}

base::Status ForgetHanded(store::DeskStore& store) {
  return store.SetMeta(kMeta, "0");
}

}  // namespace hoso::engine
