// A line of the log, as a desk takes it from the province.
#include "common/change/entry.h"
#include "common/catalog/load.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

void Read(std::string_view octets) {
  static const auto transitions = catalog::LoadDefault().value().Transitions();
  const auto entry = change::DecodeEntry(octets);
  if (!entry) return;
  const base::Bytes again = change::EncodeEntry(*entry);
  HOSO_CHECK(*change::DecodeEntry(again) == *entry);
  HOSO_CHECK(ReadAsGiven(octets, again));
  const auto change = change::Decode(entry->change);
  if (!change) return;
  change::DossierState state;
  change::ApplyEntry(state, *change, *entry, transitions);
  change::ApplyEntry(state, *change, *entry, transitions);
  const auto same = change::DecodeState(change::EncodeState(state));
  HOSO_CHECK(same && *same == state);
}

}  // namespace

void Try(std::string_view octets) {
  Read(octets);
  if (const auto canonical = Canonical(octets)) Read(*canonical);
}

}  // namespace hoso::fuzz
