#pragma once

#include <string_view>

#include "common/store/desk_store.h"
#include "sync/engine/province.h"

namespace hoso::engine {

struct Actor;

/// Whether this desk holds the province's statement that `present` works here, with the key he has
/// now. True for one who signs nothing.
base::Result<bool> IsRegistered(store::DeskStore& store, const Actor& present);

/// Gives the province what it has said of who works at this desk, in case it has lost that, and
/// keeps what it says now beside it. kRefused with the province's reason; kDamaged
/// "registration.answer" when what it says is not about this desk or not signed.
base::Status Register(store::DeskStore& store, Province& province);
/// Keeps what the province says of this desk (EncodeRegistrations) beside what is held. Errors as
/// above. Inside the caller's transaction.
base::Status KeepSaid(store::DeskStore& store, std::string_view told);

}  // namespace hoso::engine
