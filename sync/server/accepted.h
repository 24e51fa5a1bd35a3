#pragma once

#include <vector>

#include "common/change/change.h"
#include "common/change/entry.h"
#include "common/store/province_store.h"

namespace hoso::server {

/// Moves how far the changes of `device` are accepted past one of them, found in the log of its
/// unit; one it is past already changes nothing. Numbers between that no entry names were those of
/// octets that are no change: they are taken from `nameless`, which holds those of the log so far.
void MoveAccepted(store::Device& device, const change::Change& change, const base::Bytes& octets,
                  std::vector<base::Bytes>& nameless);

/// How far the log of its unit goes with the changes of a device, for one that no row knew.
/// Inside the caller's transaction, with the unit locked.
base::Status CountAccepted(store::ProvinceStore& store, store::Device& device);

}  // namespace hoso::server
