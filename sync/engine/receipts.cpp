#include "sync/engine/receipts.h"

#include "common/crypto/sign.h"

namespace hoso::engine {

base::Result<std::vector<HeldReceipt>> HeldReceipts(store::DeskStore& store, std::int64_t limit) {
  HOSO_TRY_ASSIGN(const auto key, store.Meta("receipt_key"));
  HOSO_TRY_ASSIGN(const auto rows, store.Receipts(limit));
  std::vector<HeldReceipt> held;
  for (const base::Bytes& octets : rows) {
    HOSO_TRY_ASSIGN(protocol::Receipt receipt, protocol::DecodeReceipt(octets));
    const bool valid =
        key && crypto::Verify(*key, protocol::ReceiptSigned(receipt), receipt.signature);
    held.push_back({std::move(receipt), valid});
  }
  return held;
}

}  // namespace hoso::engine
