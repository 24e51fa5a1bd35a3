#pragma once

namespace soci {
class session;
}

namespace hoso::store {

/// What the desk's schema calls: name_sort_key(name), and register_in(state, key), the value that a
/// register of an encoded state holds, "" if none. Throws SOCI's error.
void AddDeskFunctions(soci::session& sql);

}  // namespace hoso::store
