#include "client/flows/attention_flow.h"

#include <algorithm>
#include <utility>

#include "client/flows/act_words.h"
#include "client/flows/casework_flow.h"
#include "client/flows/history.h"
#include "common/base/number.h"
#include "common/change/entry.h"
#include "common/text/fold.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 500;

/// Runs over the dossiers of a view, however many there are, until `visit` has enough.
template <class Visit>
base::Status UntilEnough(OpenDesk& open, store::View view, const Visit& visit) {
  store::ListQuery query;
  query.view = view;
  query.limit = kPage;
  for (;;) {
    HOSO_TRY_ASSIGN(const store::DossierList page, open.store().List(query));
    for (const store::DossierRow& row : page.rows) {
      HOSO_TRY_ASSIGN(const auto stored, open.desk().Load(row.id));
      if (stored && visit(stored->shown)) return {};
    }
    query.offset += static_cast<std::int64_t>(page.rows.size());
    if (page.rows.empty() || query.offset >= page.total) return {};
  }
}

/// "<dossier>:<register>:<began>" taken apart.
struct ConflictName {
  std::string dossier, field;
  std::int64_t began = 0;

  static std::optional<ConflictName> Parse(const std::string& text) {
    const auto first = text.find(':'), last = text.rfind(':');
    if (first == std::string::npos || first == last) return std::nullopt;
    const auto began = base::ToNumber(std::string_view(text).substr(last + 1));
    if (!began) return std::nullopt;
    return ConflictName{text.substr(0, first), text.substr(first + 1, last - first - 1), *began};
  }
};

}  // namespace

base::Result<std::vector<ConflictView>> AttentionFlow::Conflicts(const std::string& dossier,
                                                                 std::size_t limit) {
  if (!dossier.empty()) {
    HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
    return ConflictsOf(open_, stored.shown);
  }
  std::vector<ConflictView> all;
  HOSO_TRY(UntilEnough(open_, store::View::kConflicts, [&](const change::DossierState& state) {
    for (ConflictView& view : ConflictsOf(open_, state))
      if (all.size() < limit) all.push_back(std::move(view));
    return all.size() >= limit;
  }));
  return all;
}

base::Result<ConflictView> AttentionFlow::Conflict(const std::string& conflict) {
  const auto name = ConflictName::Parse(conflict);
  if (!name) return Fail(ErrorKind::kNotFound, "conflict.unknown", conflict);
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, name->dossier));
  for (ConflictView& view : ConflictsOf(open_, stored.shown)) {
    if (view.id != conflict) continue;
    HOSO_TRY_ASSIGN(const auto history, HistoryOf(open_, stored.shown.id));
    std::vector<change::ChangeId> values;
    for (const ValueView& value : view.values)
      if (const auto id = change::ChangeId::Parse(value.id)) values.push_back(*id);
    if (const auto base = BaseOf(history, name->field, values))
      view.base = ToView(open_, *base, false);
    return std::move(view);
  }
  return Fail(ErrorKind::kNotFound, "conflict.unknown", conflict);
}

base::Status AttentionFlow::Resolve(const std::string& conflict,
                                    const std::optional<std::string>& keep,
                                    const std::optional<std::string>& value) {
  if (keep.has_value() == value.has_value()) return Fail(ErrorKind::kUsage, "conflict.choice");
  const auto name = ConflictName::Parse(conflict);
  if (!name) return Fail(ErrorKind::kNotFound, "conflict.unknown", conflict);
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, name->dossier));
  const auto place = stored.shown.registers.find(name->field);
  if (place == stored.shown.registers.end() || place->second.rivals.empty() ||
      place->second.began != name->began)
    return Fail(ErrorKind::kNotFound, "conflict.unknown", conflict);
  if (name->began == 0) return Fail(ErrorKind::kRefused, "conflict.unsent");

  change::Resolve resolve;
  resolve.field = name->field;
  resolve.began = name->began;
  resolve.seen.push_back(place->second.held.id);
  for (const change::Value& rival : place->second.rivals) resolve.seen.push_back(rival.id);
  if (keep) {
    const auto id = change::ChangeId::Parse(*keep);
    if (!id || std::find(resolve.seen.begin(), resolve.seen.end(), *id) == resolve.seen.end())
      return Fail(ErrorKind::kNotFound, "conflict.value_unknown", *keep);
    resolve.keep = *id;
  } else {
    if (!base::IsUtf8(*value)) return Fail(ErrorKind::kUsage, "field.not_text", name->field);
    resolve.value = text::Nfc(*value);
  }
  return open_.Record(stored.shown.id, std::move(resolve));
}

base::Result<std::vector<SetAsideView>> AttentionFlow::SetAside(std::size_t limit) {
  std::vector<SetAsideView> all;
  HOSO_TRY(UntilEnough(open_, store::View::kSetAside, [&](const change::DossierState& state) {
    for (SetAsideView& view : SetAsideOf(open_, state))
      if (view.settled.empty() && all.size() < limit) all.push_back(std::move(view));
    return all.size() >= limit;
  }));
  return all;
}

base::Result<AttentionFlow::Settling> AttentionFlow::Look(const std::string& dossier,
                                                          const std::string& change) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  const change::DossierState& state = stored.shown;
  const auto aside =
      std::find_if(state.set_aside.begin(), state.set_aside.end(),
                   [&](const change::SetAside& one) { return one.id.ToText() == change; });
  if (aside == state.set_aside.end()) return Fail(ErrorKind::kNotFound, "setaside.unknown", change);
  Settling all;
  all.aside = SetAsideOf(open_, state)[static_cast<std::size_t>(aside - state.set_aside.begin())];
  const auto original = change::Decode(aside->change);
  if (original) {
    all.says = ActText(open_, state, original->body);
    for (const Written& written : WrittenBy({{*original, {}, 0, false, {}}}, 0))
      all.places.push_back({LabelOf(open_, state, written.place),
                            ValueText(open_, written.place, written.value),
                            ValueText(open_, written.place, state.Get(written.place))});
  }
  for (const auto& [key, now] : all.aside.difference)
    all.places.push_back({LabelOf(open_, state, key), "", ValueText(open_, key, now)});
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  const auto refusal = [&](bool adopt) {
    const change::Change trial{
        {"", 1}, open_.officer(), state.id, {}, change::Settle{aside->id, adopt, "?"}, {}};
    return change::Judge(&state, trial, context).reason;
  };
  all.no_settle = refusal(false);
  all.no_adopt = refusal(true);
  return all;
}

base::Status AttentionFlow::Settle(const std::string& change, bool adopt,
                                   const std::string& reason) {
  if (reason.empty()) return Fail(ErrorKind::kUsage, "reason.missing");
  if (!base::IsUtf8(reason)) return Fail(ErrorKind::kUsage, "field.not_text", "reason");
  const auto id = change::ChangeId::Parse(change);
  HOSO_TRY_ASSIGN(const auto all, SetAside());
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const SetAsideView& view) { return view.id == change; });
  if (!id || found == all.end()) return Fail(ErrorKind::kNotFound, "setaside.unknown", change);
  return open_.Record(found->dossier, change::Settle{*id, adopt, text::Nfc(reason)});
}

base::Result<std::vector<AttentionFlow::Unreadable>> AttentionFlow::UnreadableLines() {
  std::vector<Unreadable> all;
  HOSO_TRY_ASSIGN(const auto entries, open_.store().Unreadable());
  for (const auto& [position, octets] : entries) {
    const auto entry = change::DecodeEntry(octets);
    if (entry)
      all.push_back({position, "change.malformed", LocalText(entry->province_ms)});
    else
      all.push_back({position, "entry.malformed", ""});
  }
  return all;
}

std::string WhyText(const ConflictView& conflict) {
  const std::string& first = conflict.values.front().author;
  const bool one = std::all_of(conflict.values.begin(), conflict.values.end(),
                               [&](const ValueView& value) { return value.author == first; });
  if (one) return "Cùng một người sửa ô này ở hai máy khi chưa đối chiếu.";
  return conflict.values.size() == 2 ? "Hai người sửa cùng một ô khi chưa thấy bản của nhau."
                                     : "Nhiều người sửa cùng một ô khi chưa thấy bản của nhau.";
}

}  // namespace hoso::flows
