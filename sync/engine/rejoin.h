#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "common/change/change.h"
#include "common/store/desk_store.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {

struct Actor;

/// Who can sign anew what waits.
struct Signers {
  const Actor& present;
  std::set<std::string> others;  // Who may still come and do it: the unit's officers at work.
};

/// How a desk finds back after its file was put back from an older copy. The province then holds
/// changes of this replica that the desk has forgotten, and the desk may have given their numbers
/// to new ones. While the mark stands the desk offers nothing; it pulls the log, and at its end
/// continues from what the log holds of it and issues again what is still only here.
/// A copy that nobody spoke of may have the other one at work beside it: it moves to an identity of
/// its own (sync/engine/identity.h), and what waits is issued under that.
///
/// All but Together run inside the caller's transaction. Those that give dossiers have renumbered
/// changes of them: their shown state must be made anew.
class Rejoin {
 public:
  explicit Rejoin(store::DeskStore& store) : store_(store) {}

  /// `work` in one transaction.
  base::Status Together(const std::function<base::Status()>& work);

  base::Result<bool> Marked();
  /// What the province has signed, or its log, shows that this is not the only copy.
  base::Status Mark();
  /// It was only said. If nothing signed says the same by the end of the log, this is no copy; what
  /// waits is chained anew.
  base::Status MarkSaid();
  /// By `backup restore`: this is the desk itself, put back, and no copy beside it.
  base::Status MarkTold();
  /// Marked by Mark.
  base::Result<bool> IsCopy();

  /// At the first number that the log holds with other content, or that this desk never gave: moves
  /// every waiting change, and every one to come, beyond all numbers of the log. From there on no
  /// number means two changes, so what an officer records before the log has come to its end refers
  /// to the right ones.
  base::Result<std::set<std::string>> Park();

  /// At the end of the log: checks that the chain over the replica's own entries is the one the
  /// province signed for, goes on after them, and gives what still waits the numbers that follow.
  /// What the log already has under another number, or another name that this desk or a copy of it
  /// had, is not issued again. What an officer signed is
  /// signed anew by him: kRefused "replica.reissue_officer" names who is missing. In Together,
  /// what the one present has signed is kept then, so that officers can come one after the other.
  /// Nobody signs what he had not signed with the key he has now, and nobody waits for one who
  /// works here no more: that goes on without a signature, and the province says so.
  base::Result<std::set<std::string>> IssueAgain(const protocol::Receipt& receipt,
                                                 const Signers& signers);
  /// The same for a copy that becomes a desk of its own: what still waits is issued again from
  /// number 1 of `replica`; references to changes that the log has stay as they are.
  base::Result<std::set<std::string>> IssueUnder(const std::string& replica,
                                                 const protocol::Receipt& receipt,
                                                 const Signers& signers);
  std::int64_t issued() const { return issued_; }  // Under another number than before.

 private:
  struct Held;
  using Acts = std::unordered_multimap<base::Bytes, change::ChangeId>;
  base::Status ReadSigned();
  base::Status KeepSigned();
  base::Status Finish(const store::OutboxRow& last);
  base::Result<Held> HeldInLog(const protocol::Receipt& receipt);
  base::Status FindUnderOthers(Held& held);
  base::Result<std::set<std::string>> Issue(Held& held, const std::string& replica,
                                            store::OutboxRow last, const Signers& signers);
  base::Result<base::Bytes> Signed(base::Bytes change, const base::Bytes& made,
                                   const Signers& signers);

  store::DeskStore& store_;
  std::int64_t issued_ = 0;
  std::map<base::Bytes, base::Bytes> signed_;  // By what was signed, as its SHA-256.
  std::string missing_;                        // Whose signature is not to be had now.
};

}  // namespace hoso::engine
