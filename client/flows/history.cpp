#include "client/flows/history.h"

#include <algorithm>
#include <set>

#include "common/change/entry.h"
#include "sync/engine/handed.h"

namespace hoso::flows {
namespace {

using History = std::vector<Happened>;

/// References lead back only: whatever a change names, it is looked for before it. So a history
/// that was made to go in circles still ends.
std::optional<std::size_t> Find(const History& history, const change::ChangeId& id,
                                std::size_t before) {
  for (std::size_t i = std::min(before, history.size()); i-- > 0;)
    if (history[i].change.id == id) return i;
  return std::nullopt;
}

std::optional<Written> WrittenIn(const History& history, std::size_t which,
                                 const std::string& place) {
  for (Written& written : WrittenBy(history, which))
    if (written.place == place) return std::move(written);
  return std::nullopt;
}

/// Numbers of the acts whose values stood behind the one that `which` wrote.
void AddSeen(const History& history, std::size_t which, const std::string& place,
             std::set<std::size_t>& all) {
  const auto written = WrittenIn(history, which, place);
  if (!written) return;
  for (const change::ChangeId& id : written->seen) {
    const auto found = Find(history, id, which);
    if (found && all.insert(*found).second) AddSeen(history, *found, place, all);
  }
}

std::vector<Written> Of(const std::string& prefix, const change::Write& write) {
  std::vector<change::ChangeId> seen;
  if (write.seen) seen.push_back(*write.seen);
  return {{prefix + write.key, write.value, std::move(seen)}};
}

}  // namespace

base::Result<History> HistoryOf(OpenDesk& open, const std::string& dossier) {
  History history;
  HOSO_TRY_ASSIGN(const auto entries, open.store().EntriesOf(dossier));
  for (const base::Bytes& octets : entries) {
    auto logged = change::DecodeLogged(octets);
    if (!logged) continue;  // Has no dossier, so it can't be here.
    change::Entry& entry = logged->entry;
    history.push_back({std::move(logged->change), std::move(entry.verdict), entry.position, true,
                       std::move(entry.author_role)});
  }
  HOSO_TRY_ASSIGN(const auto waiting, open.store().OutboxOf(dossier));
  HOSO_TRY_ASSIGN(const std::int64_t handed, engine::HandedThrough(open.store()));
  for (const store::OutboxRow& row : waiting) {
    auto change = change::Decode(row.change);
    if (!change) continue;
    HOSO_TRY_ASSIGN(const protocol::Person person, open.PersonOf(change->author));
    history.push_back({*std::move(change),
                       {},
                       0,
                       row.status == store::OutboxStatus::kSent,
                       person.role,
                       row.sequence <= handed});
  }
  return history;
}

change::DossierState StateAfter(const History& history, std::size_t count,
                                const std::vector<domain::Transition>& transitions) {
  change::DossierState state;
  for (std::size_t i = 0; i < count && i < history.size(); ++i) {
    const Happened& act = history[i];
    change::Apply(state, act.change, {act.position, act.verdict, "", act.author_role, {}},
                  transitions);
  }
  return state;
}

std::vector<Written> WrittenBy(const History& history, std::size_t which) {
  const change::Body& body = history[which].change.body;
  std::vector<Written> all;
  if (const auto* create = std::get_if<change::Create>(&body)) {
    for (const auto& [key, value] : create->fields) all.push_back({"field." + key, value, {}});
    for (const std::string& key : create->components)
      all.push_back({"component." + key, "missing", {}});
  } else if (const auto* set = std::get_if<change::SetFields>(&body)) {
    for (const change::Write& write : set->fields) all.push_back(Of("field.", write).front());
  } else if (const auto* check = std::get_if<change::CheckItem>(&body)) {
    return Of("component.", check->item);
  } else if (const auto* assign = std::get_if<change::Assign>(&body)) {
    return Of("assignee", assign->to);
  } else if (const auto* resolve = std::get_if<change::Resolve>(&body)) {
    std::string value = resolve->value.value_or("");
    if (resolve->keep)
      if (const auto kept = Find(history, *resolve->keep, which))
        if (const auto written = WrittenIn(history, *kept, resolve->field)) value = written->value;
    all.push_back({resolve->field, std::move(value), resolve->seen});
  }
  return all;
}

std::optional<change::Value> ValueBy(const History& history, const std::string& place,
                                     const change::ChangeId& id) {
  const auto found = Find(history, id, history.size());
  const auto written = found ? WrittenIn(history, *found, place) : std::nullopt;
  if (!written) return std::nullopt;
  const Happened& act = history[*found];
  return change::Value{id, written->value, act.change.author, act.change.times.desk_ms,
                       act.position};
}

std::optional<change::Value> BaseOf(const History& history, const std::string& place,
                                    const std::vector<change::ChangeId>& values) {
  std::optional<std::set<std::size_t>> common;
  for (const change::ChangeId& id : values) {
    std::set<std::size_t> seen;
    if (const auto found = Find(history, id, history.size())) AddSeen(history, *found, place, seen);
    if (common) std::erase_if(seen, [&](std::size_t i) { return !common->contains(i); });
    common = std::move(seen);
  }
  if (!common || common->empty()) return std::nullopt;
  return ValueBy(history, place, history[*common->rbegin()].change.id);
}

}  // namespace hoso::flows
