// A dossier's state, as both databases keep it: a backup brings one too.
#include "common/change/state.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

void Read(std::string_view octets) {
  const auto state = change::DecodeState(octets);
  if (!state) return;
  const base::Bytes again = change::EncodeState(*state);
  const auto same = change::DecodeState(again);
  HOSO_CHECK(same && *same == *state);
  HOSO_CHECK(change::EncodeState(*same) == again);
  (void)change::ContentDigest(*state);
  (void)state->OpenConflicts();
}

}  // namespace

void Try(std::string_view octets) {
  Read(octets);
  if (const auto canonical = Canonical(octets)) Read(*canonical);
}

}  // namespace hoso::fuzz
