#include "sync/engine/other_log.h"

#include <string>
#include <utility>

#include "common/base/number.h"
#include "common/change/entry.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 256;
constexpr const char* kGivenThrough = "given_through";
constexpr const char* kGivenReceipt = "given_receipt";

}  // namespace

base::Result<store::LogHead> OtherLog::Head() {
  return store_.OtherHead();
}

base::Result<bool> OtherLog::Has(const store::LogHead& at, std::int64_t common) {
  HOSO_TRY_ASSIGN(auto hash, store_.OtherHashAt(at.position));
  if (!hash && at.position <= common) {
    HOSO_TRY_ASSIGN(hash, store_.HashAt(at.position));
  }
  return hash && *hash == at.hash;
}

base::Status OtherLog::Take(const store::LogHead& before, const std::vector<base::Bytes>& entries,
                            const base::Bytes& end) {
  HOSO_TRY_ASSIGN(const auto unit, store_.Meta("unit"));
  std::vector<base::Bytes> hashes;
  base::Bytes hash = change::LogHashAt(unit.value_or(""), before.position, before.hash);
  for (const base::Bytes& entry : entries) hashes.push_back(hash = change::LogHash(hash, entry));
  if (hash != end) return Fail(ErrorKind::kDamaged, "log.mismatch");

  const auto last = before.position + static_cast<std::int64_t>(entries.size());
  HOSO_TRY_ASSIGN(const auto known, store_.OtherHashAt(last));
  if (known && *known == end) return {};  // Another connection, or an exchange before, had it.
  HOSO_TRY_ASSIGN(const auto joined, store_.OtherHashAt(before.position));
  HOSO_TRY(store_.RemoveOtherAfter(joined && *joined == before.hash ? before.position : 0));
  std::int64_t position = before.position;
  for (std::size_t i = 0; i < entries.size(); ++i)
    HOSO_TRY(store_.AppendOther(++position, entries[i], hashes[i]));
  return {};
}

base::Status OtherLog::ForEach(const std::function<base::Status(const protocol::Entries&)>& work) {
  for (std::int64_t after = 0;;) {
    HOSO_TRY_ASSIGN(auto rows, store_.OtherEntries(after, kPage));
    if (rows.empty()) return {};
    protocol::Entries piece{rows.front().first, {}};
    after = rows.back().first;
    for (auto& [position, entry] : rows) piece.entries.push_back(std::move(entry));
    HOSO_TRY(work(piece));
  }
}

base::Result<std::optional<OtherLog::GivenBack>> OtherLog::Given() {
  HOSO_TRY_ASSIGN(const auto through, store_.Meta(kGivenThrough));
  HOSO_TRY_ASSIGN(const auto receipt, store_.Meta(kGivenReceipt));
  if (!through || !receipt || receipt->empty()) return std::optional<GivenBack>();
  GivenBack given;
  given.through = base::ToNumber(*through).value_or(0);
  auto read = protocol::DecodeReceipt(*receipt);
  if (!read) return std::optional<GivenBack>();  // Then all of it is given back anew.
  given.receipt = *std::move(read);
  return std::optional(std::move(given));
}

base::Status OtherLog::SetGiven(const GivenBack& given) {
  HOSO_TRY(store_.SetMeta(kGivenThrough, std::to_string(given.through)));
  return store_.SetMeta(kGivenReceipt, protocol::EncodeReceipt(given.receipt));
}

base::Status OtherLog::Forget() {
  HOSO_TRY(store_.RemoveOtherAfter(0));
  HOSO_TRY_ASSIGN(const auto receipt, store_.Meta(kGivenReceipt));
  return receipt && !receipt->empty() ? store_.SetMeta(kGivenReceipt, "") : base::Status();
}

}  // namespace hoso::engine
