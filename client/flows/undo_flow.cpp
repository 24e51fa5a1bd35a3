#include "client/flows/undo_flow.h"

#include <algorithm>
#include <map>
#include <set>

#include "client/flows/act_words.h"
#include "client/flows/casework_flow.h"
#include "client/flows/compensation.h"
#include "common/change/entry.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
using History = std::vector<Happened>;

constexpr std::int64_t kRecent = 200;  // Entries of the log that are looked through.

/// The officer's own acts at this desk and their dossiers, newest first.
using Acts = std::vector<std::pair<change::ChangeId, std::string>>;

base::Result<Acts> RecentActs(OpenDesk& open) {
  Acts acts;
  HOSO_TRY_ASSIGN(const auto replica, open.store().Meta("replica"));
  const auto add = [&](const base::Bytes& encoded) {
    const auto change = change::Decode(encoded);
    if (change && change->author == open.officer() && change->id.replica == replica)
      acts.emplace_back(change->id, change->dossier);
  };
  HOSO_TRY_ASSIGN(const store::LogHead head, open.store().Head());
  HOSO_TRY_ASSIGN(
      const auto entries,
      open.store().Entries(std::max<std::int64_t>(head.position - kRecent, 0), kRecent));
  for (const base::Bytes& octets : entries)
    if (const auto entry = change::DecodeEntry(octets)) add(entry->change);
  HOSO_TRY(open.store().ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
    add(row.change);
    return {};
  }));
  std::sort(acts.begin(), acts.end(),
            [](const auto& a, const auto& b) { return a.first.sequence > b.first.sequence; });
  return acts;
}

std::optional<std::size_t> Find(const History& history, const change::ChangeId& id) {
  const auto found = std::find_if(history.begin(), history.end(),
                                  [&](const Happened& act) { return act.change.id == id; });
  if (found == history.end()) return std::nullopt;
  return static_cast<std::size_t>(found - history.begin());
}

/// The acts of one officer that a later one of the same took back, and those later ones.
std::set<change::ChangeId> TakenBack(const History& history, const change::Context& context,
                                     const std::string& officer) {
  std::set<change::ChangeId> gone;
  for (std::size_t later = history.size(); later-- > 1;) {
    const change::Change& back = history[later].change;
    if (back.author != officer || gone.contains(back.id)) continue;
    const auto* step = std::get_if<change::Step>(&back.body);
    const auto state = StateAfter(history, later, *context.transitions);
    const History then(history.begin(), history.begin() + static_cast<std::ptrdiff_t>(later));
    for (std::size_t earlier = later; earlier-- > 0;) {
      const change::Change& act = history[earlier].change;
      if (act.author != officer || gone.contains(act.id)) continue;
      if (act.body.index() != back.body.index()) continue;
      const auto body = Compensation(state, then, earlier, context, step ? step->at : "");
      if (!body || *body != back.body) continue;
      gone.insert(act.id);
      gone.insert(back.id);
      break;
    }
  }
  return gone;
}

}  // namespace

base::Result<std::optional<UndoOffer>> UndoFlow::Last() {
  HOSO_TRY_ASSIGN(const Acts acts, RecentActs(open_));
  std::map<std::string, std::pair<History, std::set<change::ChangeId>>> known;
  for (const auto& [id, dossier] : acts) {
    if (!known.contains(dossier)) {
      HOSO_TRY_ASSIGN(History history, HistoryOf(open_, dossier));
      HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
      auto gone = TakenBack(history, context, open_.officer());
      known[dossier] = {std::move(history), std::move(gone)};
    }
    const auto& [history, gone] = known[dossier];
    const auto which = Find(history, id);
    if (!which || gone.contains(id)) continue;
    HOSO_TRY_ASSIGN(UndoOffer offer, OfferOf(history, *which));
    return std::optional(std::move(offer));
  }
  return std::optional<UndoOffer>();
}

base::Result<UndoOffer> UndoFlow::OfferOf(const History& history, std::size_t which) {
  const change::Change& act = history[which].change;
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, act.dossier));
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  UndoOffer offer{act.id.ToText(), act.dossier, {}, {}, {}};
  offer.words = ActText(open_, stored.shown, act.body) + " – hồ sơ " + CodeText(stored.shown);
  const auto back =
      Compensation(stored.shown, history, which, context, domain::ToText(open_.Now()));
  if (back)
    offer.way = ActText(open_, stored.shown, *back);
  else
    offer.why_not = back.error().reason;
  return offer;
}

base::Status UndoFlow::Undo(const std::string& change) {
  const auto id = change::ChangeId::Parse(change);
  HOSO_TRY_ASSIGN(const Acts acts, RecentActs(open_));
  const auto found =
      std::find_if(acts.begin(), acts.end(), [&](const auto& act) { return id == act.first; });
  if (found == acts.end()) return Fail(ErrorKind::kNotFound, "undo.unknown_change", change);
  HOSO_TRY_ASSIGN(const History history, HistoryOf(open_, found->second));
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, found->second));
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  const auto which = Find(history, *id);
  if (!which) return Fail(ErrorKind::kNotFound, "undo.unknown_change", change);
  HOSO_TRY_ASSIGN(change::Body back, Compensation(stored.shown, history, *which, context,
                                                  domain::ToText(open_.Now())));
  return open_.Record(found->second, std::move(back));
}

}  // namespace hoso::flows
