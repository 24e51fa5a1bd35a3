#include "client/flows/compensation.h"

#include <algorithm>

#include "client/flows/step_words.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
using change::Body;

class Compensator {
 public:
  Compensator(const change::DossierState& shown, const std::vector<Happened>& history,
              std::size_t which, const change::Context& context, std::string at)
      : shown_(shown), history_(history), which_(which), context_(context), at_(std::move(at)) {}

  base::Result<Body> operator()(const change::SetFields& set) const {
    change::SetFields back;
    for (const change::Write& write : set.fields) {
      HOSO_TRY_ASSIGN(change::Write earlier, Earlier("field.", write));
      back.fields.push_back(std::move(earlier));
    }
    return Allowed(std::move(back));
  }
  base::Result<Body> operator()(const change::CheckItem& check) const {
    HOSO_TRY_ASSIGN(change::Write earlier, Earlier("component.", check.item));
    return Allowed(change::CheckItem{std::move(earlier)});
  }
  base::Result<Body> operator()(const change::Assign& assign) const {
    HOSO_TRY_ASSIGN(change::Write earlier, Earlier("assignee", assign.to));
    return Allowed(change::Assign{std::move(earlier)});
  }
  base::Result<Body> operator()(const change::AddNote& note) const {
    return Allowed(change::AddNote{"Rút lại ghi chú: " + note.text});
  }
  base::Result<Body> operator()(const change::Step& step) const {
    for (std::size_t later = which_ + 1; later < history_.size(); ++later) {
      const Body& body = history_[later].change.body;
      const bool moved = std::holds_alternative<change::Step>(body) ||
                         std::holds_alternative<change::Decide>(body);
      if (moved && history_[later].verdict.outcome != change::Outcome::kSetAside)
        return Fail(ErrorKind::kRefused, "undo.changed");
    }
    const auto before = StateAfter(history_, which_, *context_.transitions);
    // A way back that loses a proposal or an approval does not lead back.
    const bool stage_lost = !before.stage.empty() && before.stage != "returned";
    if (before.state == shown_.state || stage_lost)
      return Fail(ErrorKind::kRefused, "undo.no_way_back");
    for (const domain::Transition& t : *context_.transitions) {
      if (t.to != before.state) continue;
      if (auto back = Allowed(change::Step{t.name, "Hoàn tác: " + StepText(step.name), at_}))
        return back;
    }
    return Fail(ErrorKind::kRefused, "undo.no_way_back");
  }
  base::Result<Body> operator()(const change::Create&) const {
    return Fail(ErrorKind::kRefused, "undo.create");
  }
  base::Result<Body> operator()(const change::Decide&) const {
    return Fail(ErrorKind::kRefused, "undo.decision");
  }
  base::Result<Body> operator()(const change::Resolve&) const {
    return Fail(ErrorKind::kRefused, "undo.resolve");
  }
  base::Result<Body> operator()(const change::Settle&) const {
    return Fail(ErrorKind::kRefused, "undo.settle");
  }
  base::Result<Body> operator()(const change::Unknown&) const {
    return Fail(ErrorKind::kRefused, "undo.unknown");
  }

 private:
  const change::Change& own() const { return history_[which_].change; }

  /// Writes the value that the act replaced, if what stands there is still the act's own.
  base::Result<change::Write> Earlier(const std::string& prefix, const change::Write& write) const {
    const std::string key = prefix + write.key;
    const auto place = shown_.registers.find(key);
    if (place == shown_.registers.end() || !place->second.rivals.empty() ||
        !IsOwn(key, place->second.held.id))
      return Fail(ErrorKind::kRefused, "undo.changed");
    const auto before = write.seen ? ValueBy(history_, key, *write.seen) : std::nullopt;
    return change::Write{write.key, before ? before->value : "", place->second.held.id};
  }

  /// The act itself, or one of the same officer that took back a later one and so gave the place
  /// its value again.
  bool IsOwn(const std::string& key, change::ChangeId holder) const {
    for (std::size_t i = 0; i < history_.size() && holder != own().id; ++i) {
      const auto back = SeenBy(key, holder);
      const auto source = back ? SeenBy(key, *back) : std::nullopt;
      if (!source) return false;
      const auto value = ValueBy(history_, key, *source);
      if (!value || value->value != ValueBy(history_, key, holder)->value) return false;
      holder = *source;
    }
    return holder == own().id;
  }
  /// What this officer's change `id` replaced in the place.
  std::optional<change::ChangeId> SeenBy(const std::string& key, const change::ChangeId& id) const {
    for (std::size_t i = 0; i < history_.size(); ++i)
      if (history_[i].change.id == id && history_[i].change.author == own().author)
        for (const Written& written : WrittenBy(history_, i))
          if (written.place == key && written.seen.size() == 1) return written.seen.front();
    return std::nullopt;
  }

  base::Result<Body> Allowed(Body body) const {
    const change::Change trial{{"", 1}, own().author, shown_.id, {}, body, {}};
    const change::Verdict verdict = change::Judge(&shown_, trial, context_);
    if (verdict.outcome == change::Outcome::kSetAside)
      return Fail(ErrorKind::kRefused, verdict.reason);
    return body;
  }

  const change::DossierState& shown_;
  const std::vector<Happened>& history_;
  std::size_t which_;
  const change::Context& context_;
  std::string at_;
};

}  // namespace

base::Result<Body> Compensation(const change::DossierState& shown,
                                const std::vector<Happened>& history, std::size_t which,
                                const change::Context& context, const std::string& at) {
  if (history[which].verdict.outcome == change::Outcome::kSetAside)
    return Fail(ErrorKind::kRefused, "undo.no_effect");
  return std::visit(Compensator(shown, history, which, context, at), history[which].change.body);
}

}  // namespace hoso::flows
