#include <algorithm>

#include "common/change/entry.h"
#include "common/crypto/sign.h"
#include "sync/protocol/messages.h"
#include "sync/server/audit.h"
#include "tests/support/oracle.h"
#include "tests/support/sim_life.h"

// What is promised, checked after events and when all is quiet. Numbers of the invariants are those
// of resources/docs/guarantees.md.

namespace hoso::testing {
namespace {

constexpr int kSessions = 3;  // After the last trouble, so many exchanges make a desk level (I11).

std::int64_t TimeOf(const base::Bytes& octets) {
  const auto change = change::Decode(octets);
  return change ? change->times.desk_ms : 0;
}

}  // namespace

std::string SimLife::FamilyOf(const std::string& replica) const {
  for (const auto& desk : desks_)
    if (desk->names().contains(replica)) return desk->member().replica;
  return {};
}

SimLife::Promise SimLife::Acknowledged(const std::string& family, std::int64_t at_ms) const {
  for (const auto& desk : desks_) {
    if (desk->member().replica != family) continue;
    const auto act = desk->acknowledged.find(at_ms);
    if (act != desk->acknowledged.end()) return {desk.get(), &act->second};
  }
  return {};
}

bool SimLife::BadlySigned(const std::string& family, std::int64_t at_ms) const {
  return std::any_of(desks_.begin(), desks_.end(), [&](const auto& desk) {
    return desk->member().replica == family && desk->badly_signed.contains(at_ms);
  });
}

std::vector<change::Entry> SimLife::Log() {
  std::vector<change::Entry> log;
  const FaultDisk::Spared spared(province_disk_);
  const FaultMemory::Spared remembered;
  const auto rows = province_->Entries(SimCast::kUnit, 0, 1'000'000);
  if (!rows) {
    if (!province_disk_.stopped()) Wrong("the log can't be read: " + rows.error().reason);
    return log;
  }
  for (const base::Bytes& row : *rows) log.push_back(change::DecodeEntry(row).value());
  return log;
}

std::set<std::int64_t> SimLife::AtProvince(const SimDesk& desk) {
  std::set<std::int64_t> times;
  for (const change::Entry& entry : Log())
    if (const auto change = change::Decode(entry.change);
        change && FamilyOf(change->id.replica) == desk.member().replica)
      times.insert(change->times.desk_ms);
  return times;
}

/// Reads never go back (I5), and nothing is called received that is not (I1).
void SimLife::CheckPositions() {
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    SimDesk& desk = *desks_[i];
    if (desk.disk.stopped() || !desk.program.store) continue;
    const FaultDisk::Spared spared(desk.disk);
    const auto head = desk.program.store->Head();
    if (!head) continue;
    if (head->position < desk.position && !fell_back_)
      Wrong("the log of desk " + std::to_string(i) + " went back");
    desk.position = head->position;
    if (!fell_back_ && !province_disk_.stopped()) CheckReceived(desk);
  }
}

void SimLife::CheckReceived(SimDesk& desk) {
  const FaultDisk::Spared spared(province_disk_);
  const auto sent = desk.program.store->SentThrough();
  const auto device = province_->FindDevice(desk.replica());
  if (sent && device && *device && *sent > (*device)->accepted_through)
    Wrong("what is called received at " + desk.replica() + " is not at the province");
}

/// What a receipt says is durable, is (I1).
void SimLife::CheckReceipts() {
  for (std::size_t i = 0; i < desks_.size() && !broken(); ++i) {
    SimDesk& desk = *desks_[i];
    if (desk.disk.stopped() || !desk.program.store) continue;
    const auto rows = desk.program.store->Receipts(1);
    if (!rows || rows->empty()) continue;
    const auto receipt = protocol::DecodeReceipt(rows->front());
    if (!receipt) continue;
    const auto device = province_->FindDevice(receipt->replica);
    if (!device || !*device) continue;
    if ((*device)->accepted_through < receipt->accepted_through)
      Wrong("the province has lost what its receipt to desk " + std::to_string(i) + " covers");
    const auto hash = province_->HashAt(SimCast::kUnit, receipt->position);
    if (hash && receipt->position > 0 && (!*hash || **hash != receipt->log_hash))
      Wrong("the province's log is not the one of its receipt to desk " + std::to_string(i));
  }
}

/// The province knows this desk, and both have the same log: one that lost the desk's name, and had
/// the desk's work back from another, counts it when the desk comes itself.
bool SimLife::Level(std::size_t number) {
  SimDesk& desk = *desks_[number];
  const auto known = province_->FindDevice(desk.replica());
  if (!known || !*known) return false;
  const auto waiting = desk.program.store->OutboxCount();
  const auto head = desk.program.store->Head();
  const auto unit = province_->Unit(SimCast::kUnit);
  return waiting && *waiting == 0 && head && unit &&
         (head->position == 0 || (*unit && head->hash == (*unit)->hash)) &&
         head->position == (*unit ? (*unit)->position : 0);
}

/// The end of all trouble: what is off comes up, and a few exchanges make everybody level.
void SimLife::Quiesce() {
  Say("quiet");
  next_ = plan_.events.size();
  falls_.reset();
  FaultMemory::FailAt(0);
  cut_at_send_ = 0;
  for (std::size_t i = 0; i <= desks_.size(); ++i) {
    FaultDisk& disk = DiskOf(i == desks_.size() ? kProvinceMachine : i);
    disk.Forget();
    disk.SetFull(false);
    disk.FailReads(0);
  }
  full_.clear();
  Tend();
  for (int session = 0; session < 2 * kSessions && !broken(); ++session) {
    for (std::size_t i = 0; i < desks_.size() && !broken(); ++i) {
      now_ms_ -= now_ms_ % 60'000;  // The line is there.
      now_ms_ += 60'000;
      if (!Level(i)) Exchange(i, true);
      Tend();
    }
  }
  for (std::size_t i = 0; i < desks_.size() && !broken(); ++i)
    if (!Level(i)) Wrong("desk " + std::to_string(i) + " is not level after the last trouble");
}

void SimLife::CheckEnd() {
  const auto log = Log();
  CheckReceipts();
  if (!broken()) CheckLog(log);
  if (!broken()) CheckCodes(log);
  if (!broken()) CheckActs(log);
  if (!broken()) CheckReplicas();
  if (!broken()) CheckMeaning(log);
  if (!broken()) CheckAudit();
}

/// What the province's keeper can check finds nothing wrong.
void SimLife::CheckAudit() {
  const auto audit =
      server::VerifyProvince(*province_, crypto::PublicKey(cast_.receipt_seed()), "");
  if (!audit) Wrong("audit: " + audit.error().reason + " " + audit.error().detail);
}

/// The log is dense and chained, every replica's part of it too; official codes are given once.
void SimLife::CheckLog(const std::vector<change::Entry>& log) {
  base::Bytes hash = change::LogStart(SimCast::kUnit);
  std::map<std::string, std::pair<std::int64_t, base::Bytes>> replicas;
  std::set<std::string> codes;
  std::int64_t position = 0;
  const auto rows = province_->Entries(SimCast::kUnit, 0, 1'000'000);
  for (const change::Entry& entry : log) {
    if (entry.position != ++position) return Wrong("the log has a gap");
    hash = change::LogHash(hash, (*rows)[static_cast<std::size_t>(position) - 1]);
    if (!entry.code.empty() && !codes.insert(entry.code).second) return Wrong("a code given twice");
    const auto change = change::Decode(entry.change);
    if (!change) return Wrong("a change that nobody can read");
    if (entry.verdict.reason == change::kNumberTaken) continue;  // It counts for no chain.
    auto [at, fresh] = replicas.try_emplace(change->id.replica, 0, change::ChainStart());
    if (change->id.sequence != ++at->second.first)
      return Wrong("not dense, or twice: " + change->id.ToText());
    at->second.second = change::ChainHash(at->second.second, entry.change);
  }
  const auto unit = province_->Unit(SimCast::kUnit);
  if (position > 0 && (!*unit || (*unit)->hash != hash)) return Wrong("the log's chain is broken");
  for (const auto& [replica, last] : replicas) {
    const auto device = province_->FindDevice(replica);
    if (!*device || (*device)->accepted_through != last.first || (*device)->chain != last.second)
      return Wrong("the chain of " + replica + " is broken");
  }
}

/// A code that was on paper before `restore` leads to its dossier (I12).
void SimLife::CheckCodes(const std::vector<change::Entry>& log) {
  // What two copies did under one number is issued again, and may get another code.
  if (by_hand_ || desks_.size() > plan_.weather.desks) return;
  // A program that receives what another desk has received under the same id may be first after a
  // loss; of the two only one is that dossier.
  std::map<std::string, int> receivings;
  for (const change::Entry& entry : log)
    if (const auto change = change::Decode(entry.change);
        change && std::holds_alternative<change::Create>(change->body))
      ++receivings[change->dossier];
  for (const auto& [code, paper] : codes_) {
    const auto& [dossier, earlier] = paper;
    const auto stored = province_->State(SimCast::kUnit, dossier);
    const auto state = stored && *stored
                           ? change::DecodeState((*stored)->state)
                           : base::Result<change::DossierState>(change::DossierState());
    // The receiving desk had not got its first code when the province was lost; now it stands
    // again.
    if (state && earlier.contains(state->code)) continue;
    if (plan_.weather.careless && receivings[dossier] > 1) continue;
    if (!state || state->code != code) return Wrong("the code " + code + " leads nowhere");
  }
}

/// Every acknowledged act is there, once, as it was made, and nothing else is.
void SimLife::CheckActs(const std::vector<change::Entry>& log) {
  TimesOfActs times, set_aside;  // The second: where a number means two, the one without effect.
  for (const change::Entry& entry : log) {
    const auto change = change::Decode(entry.change);
    const bool taken = entry.verdict.reason == change::kNumberTaken;
    (taken ? set_aside : times)[change->id] = change->times.desk_ms;
  }
  set_aside.insert(times.begin(), times.end());
  std::map<std::string, std::map<std::int64_t, std::string>> arrived;
  std::set<std::pair<std::string, std::int64_t>> powerless;
  for (const change::Entry& entry : log) {
    const auto change = change::Decode(entry.change);
    const std::string family = FamilyOf(change->id.replica);
    if (family.empty()) return Wrong("a change of nobody");
    const std::int64_t at_ms = change->times.desk_ms;
    const std::string act = change->id.ToText() + " of " + std::to_string(at_ms);
    const Promise told = Acknowledged(family, at_ms);
    if (entry.verdict.reason == "right.signature" && !BadlySigned(family, at_ms))
      return Wrong("badly signed: " + act);
    // What bears a number that was taken has no effect; its desk may have issued it again.
    const bool effective = entry.verdict.reason != change::kNumberTaken;
    const auto [first, fresh] = arrived[family].try_emplace(at_ms, change->id.replica);
    // A copy of a copy may bring under its own name what both waited with; any copy, where the
    // province lost what the other had brought.
    const bool by_copies =
        first->second != change->id.replica &&
        (fell_back_ || (first->second != family && change->id.replica != family));
    if (!fresh && effective && !by_copies && !powerless.erase({family, at_ms}))
      return Wrong("an act arrived twice: " + act);
    if (!effective) {
      powerless.insert({family, at_ms});
      continue;
    }
    if (told.act == nullptr) {
      const bool doubtful = std::any_of(desks_.begin(), desks_.end(), [&](const auto& desk) {
        return desk->member().replica == family && desk->doubtful.contains(at_ms);
      });
      if (!doubtful) return Wrong("a change nobody made: " + act);
      continue;
    }
    const auto as_told = [&](const TimesOfActs& of) {
      return told.act->octets == MeaningOf(entry.change, told.desk->names(), of);
    };
    // Which of two changes under one number it settles may be another after a second loss.
    if (fell_back_ && std::holds_alternative<change::Settle>(change->body)) continue;
    if (told.act->octets.empty()) continue;
    const bool same =
        copies_ ? as_told(times) || as_told(set_aside) : told.act->octets == entry.change;
    if (!same) return Wrong("a change arrived altered: " + act);
  }
  for (const auto& desk : desks_)
    for (const auto& [at_ms, act] : desk->acknowledged)
      if (!arrived[desk->member().replica].contains(at_ms))
        return Wrong("an acknowledged act of " + desk->member().replica + " at " +
                     std::to_string(at_ms) + " is lost");
}

/// All replicas are one (I2), and each desk's log is the province's.
void SimLife::CheckReplicas() {
  const auto unit = province_->Unit(SimCast::kUnit);
  const auto digest = province_->Digest(SimCast::kUnit);
  const auto rows = province_->Entries(SimCast::kUnit, 0, 1'000'000);
  for (std::size_t i = 0; i < desks_.size() && !broken(); ++i) {
    const std::string who = "desk " + std::to_string(i);
    store::DeskStore& store = *desks_[i]->program.store;
    const auto head = store.Head();
    const auto own = store.ConfirmedDigest();
    const auto entries = store.Entries(0, 1'000'000);
    if (!head || !own || !entries) return Wrong(who + " can't be read");
    if (*own != *digest) return Wrong(who + " differs from the province");
    if (*entries != *rows) return Wrong(who + " has another log");
    for (const std::string& id : dossiers_)
      if (const auto stored = store.Load(id);
          stored && *stored && (*stored)->confirmed && (*stored)->shown != *(*stored)->confirmed)
        return Wrong(who + " shows something else than the log says");
    if (*unit && head->position > 0 && head->hash != (*unit)->hash)
      return Wrong(who + " has another chain");
  }
  Say("digest " + base::ToHex(*digest));
}

/// The log means what the design says (I2, I6, I7, I8, I13).
void SimLife::CheckMeaning(const std::vector<change::Entry>& log) {
  Oracle oracle(SimCast::kUnit, cast_.catalogue(0).transitions);
  std::set<std::string> seen;
  for (const change::Entry& entry : log) {
    const auto change = change::Decode(entry.change);
    Oracle::Author author;
    for (const Right& right : rights_)
      if (right.user == change->author && right.after < entry.position)
        author = {right.role, right.active && right.unit == SimCast::kUnit};
    const std::string family = FamilyOf(change->id.replica);
    const SimDesk::Act* act = Acknowledged(family, TimeOf(entry.change)).act;
    if (entry.verdict.reason == change::kNumberTaken) author = {};  // Whoever made it.
    author.signed_it = !BadlySigned(family, TimeOf(entry.change));
    // What was never acknowledged may be a decision on a content that nobody wrote down.
    if (act == nullptr && std::holds_alternative<change::Decide>(change->body)) return;
    // A code on paper and a decision that was handed out outlive a loss.
    const bool issued = fell_back_ && entry.verdict.outcome != change::Outcome::kSetAside &&
                        (std::holds_alternative<change::Create>(change->body) ||
                         std::holds_alternative<change::Decide>(change->body));
    const std::string expected =
        oracle.Take(entry.position, *change, author, act != nullptr ? act->decided_on : "", issued);
    const std::string said = change::ToText(entry.verdict.outcome);
    if (said != expected)
      return Wrong("at " + std::to_string(entry.position) + ", " + change::KindOf(*change) +
                   ": the province says " + said + " " + entry.verdict.reason + ", the oracle " +
                   expected);
    seen.insert(change->dossier);
  }
  for (const std::string& id : seen) {
    const auto stored = province_->State(SimCast::kUnit, id);
    if (!stored || !*stored) return Wrong("a dossier of the log has no state");
    const auto state = change::DecodeState((*stored)->state);
    if (!state) return Wrong("a state can't be read");
    if (const std::string differs = oracle.Differs(*state); !differs.empty())
      return Wrong("the oracle has otherwise: " + differs);
  }
}

}  // namespace hoso::testing
