#include "sync/server/accepted.h"

namespace hoso::server {
namespace {

constexpr std::int64_t kEntriesPerRead = 256;

}  // namespace

void MoveAccepted(store::Device& device, const change::Change& change, const base::Bytes& octets,
                  std::vector<base::Bytes>& nameless) {
  if (change.id.sequence <= device.accepted_through) return;
  while (device.accepted_through + 1 < change.id.sequence && !nameless.empty()) {
    device.chain = change::ChainHash(device.chain, nameless.front());
    ++device.accepted_through;
    nameless.erase(nameless.begin());
  }
  device.chain = change::ChainHash(device.chain, octets);
  device.accepted_through = change.id.sequence;
}

base::Status CountAccepted(store::ProvinceStore& store, store::Device& device) {
  device.accepted_through = 0;
  device.chain = change::ChainStart();
  std::vector<base::Bytes> nameless;
  for (std::int64_t after = 0;; after += kEntriesPerRead) {
    HOSO_TRY_ASSIGN(const auto rows, store.Entries(device.unit, after, kEntriesPerRead));
    if (rows.empty()) return {};
    for (const base::Bytes& row : rows) {
      HOSO_TRY_ASSIGN(const change::Entry entry, change::DecodeEntry(row));
      if (entry.verdict.reason == change::kNumberTaken) continue;  // It counts for no chain.
      const auto change = change::Decode(entry.change);
      if (!change) {
        nameless.push_back(entry.change);
      } else if (change->id.replica == device.replica) {
        MoveAccepted(device, *change, entry.change, nameless);
      }
    }
  }
}

}  // namespace hoso::server
