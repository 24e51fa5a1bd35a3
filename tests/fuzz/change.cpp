// One change as it comes from a desk: read, renumbered, and judged and applied to a dossier.
#include "common/catalog/load.h"
#include "common/change/renumber.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/change_story.h"

namespace hoso::fuzz {
namespace {

using change::Change;

/// A dossier with some of everything in it, proposed and in conflict.
const change::DossierState& Known() {
  static const change::DossierState state = [] {
    testing::Story story;
    story.Proposed();
    const Change rival = story.Set("c", "summary", "một");
    story.Log(story.Set("b", "summary", "hai"));
    story.Log(rival);
    story.Log(story.Note("a", "ghi chú"));
    return story.state();
  }();
  return state;
}

const std::vector<domain::Transition>& Transitions() {
  static const auto transitions = catalog::LoadDefault().value().Transitions();
  return transitions;
}

void Judge(const Change& change, std::string_view octets, change::DossierState state,
           domain::Role role) {
  const bool known = !state.id.empty();
  const change::Context context{role, true, "06994", true, &Transitions()};
  const change::Verdict verdict = change::Judge(known ? &state : nullptr, change, context);
  change::Apply(state, change, {9, verdict, "H22.1.2", domain::ToString(role), octets},
                Transitions());
  const base::Bytes encoded = change::EncodeState(state);
  const auto again = change::DecodeState(encoded);
  HOSO_CHECK(again && *again == state);
  HOSO_CHECK(change::EncodeState(*again) == encoded);
  (void)change::ContentDigest(state);
}

void Read(std::string_view octets) {
  const auto change = change::Decode(octets);
  if (!change) return;
  const base::Bytes again = change::Encode(*change);
  if (!std::holds_alternative<change::Unknown>(change->body)) {
    const auto same = change::Decode(again);
    HOSO_CHECK(same && *same == *change);
  }
  HOSO_CHECK(!change::SignedPartOf(octets).empty());
  const auto moved = change::Decode(change::Renumber(octets, 77, {{change->id.sequence, 77}}));
  HOSO_CHECK(moved && moved->id.sequence == 77);
  HOSO_CHECK(!change::ActOf(octets).empty());
  const auto signed_anew = change::Decode(change::WithSignature(octets, base::Bytes(64, 's')));
  HOSO_CHECK(signed_anew && signed_anew->signature == base::Bytes(64, 's'));
  for (const domain::Role role : {domain::Role::kMc, domain::Role::kTp}) {
    Judge(*change, octets, {}, role);
    Judge(*change, octets, Known(), role);
  }
}

}  // namespace

void Try(std::string_view octets) {
  Read(octets);
  if (const auto canonical = Canonical(octets)) Read(*canonical);
}

}  // namespace hoso::fuzz
