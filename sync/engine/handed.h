#pragma once

#include <cstdint>

#include "common/store/desk_store.h"

namespace hoso::engine {

// How far this desk's changes have been handed to a connection, by their numbers. Written after the
// connection has taken a batch whole, so that it never claims what a crash kept from happening.

base::Result<std::int64_t> HandedThrough(store::DeskStore& store);
/// Never goes back by itself: what went once on a line stays sent.
base::Status SetHandedThrough(store::DeskStore& store, std::int64_t sequence);
/// The numbers will mean other changes. Inside the caller's transaction.
base::Status ForgetHanded(store::DeskStore& store);

}  // namespace hoso::engine
