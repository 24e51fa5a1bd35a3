#include "sync/engine/own_log.h"

#include <deque>
#include <utility>

#include "common/change/entry.h"

namespace hoso::engine {
namespace {

constexpr std::int64_t kPage = 256;

class Walk {
 public:
  Walk(const std::string& replica, const std::function<base::Result<bool>(const OwnInLog&)>& take)
      : replica_(replica), take_(take) {
    own_.chain = change::ChainStart();
  }
  bool over() const { return over_; }

  base::Status Take(const base::Bytes& encoded) {
    // Most entries are others'; reading each would make a desk that comes back wait.
    const bool mine = encoded.find(replica_) != base::Bytes::npos;
    if (!mine && encoded.find(change::kMalformed) == base::Bytes::npos) return {};
    const auto entry = change::DecodeEntry(encoded);
    if (!entry || entry->verdict.reason == change::kNumberTaken) return {};
    auto change = change::Decode(entry->change);
    if (!change) {
      nameless_.push_back(entry->change);
      return {};
    }
    if (change->id.replica != replica_) return {};
    HOSO_TRY(Fill(change->id.sequence - 1));
    if (over_) return {};
    if (change->id.sequence != own_.sequence + 1)
      return base::Fail(base::ErrorKind::kDamaged, "replica.chain");
    return Give(entry->change, *std::move(change));
  }

  base::Status Fill(std::int64_t through) {
    while (own_.sequence < through && !nameless_.empty() && !over_) {
      HOSO_TRY(Give(nameless_.front(), std::nullopt));
      nameless_.pop_front();
    }
    return {};
  }

 private:
  base::Status Give(const base::Bytes& octets, std::optional<change::Change> change) {
    own_ = {own_.sequence + 1, octets, change::ChainHash(own_.chain, octets), std::move(change)};
    HOSO_TRY_ASSIGN(const bool more, take_(own_));
    over_ = !more;
    return {};
  }

  const std::string& replica_;
  const std::function<base::Result<bool>(const OwnInLog&)>& take_;
  std::deque<base::Bytes> nameless_;
  OwnInLog own_;
  bool over_ = false;
};

}  // namespace

base::Status ForEachOwnInLog(store::DeskStore& store, const std::string& replica,
                             std::int64_t expected,
                             const std::function<base::Result<bool>(const OwnInLog&)>& take) {
  Walk walk(replica, take);
  for (std::int64_t after = 0; !walk.over(); after += kPage) {
    HOSO_TRY_ASSIGN(const auto entries, store.Entries(after, kPage));
    if (entries.empty()) return walk.Fill(expected);
    for (auto entry = entries.begin(); entry != entries.end() && !walk.over(); ++entry)
      HOSO_TRY(walk.Take(*entry));
  }
  return {};
}

}  // namespace hoso::engine
