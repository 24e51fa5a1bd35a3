// The desk's key file. Its last 32 octets are a hash that a mutation never meets, so the rest is
// also read with the hash put right.
#include "common/crypto/hash.h"
#include "common/crypto/key_slots.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

void Read(std::string_view file) {
  const auto slots = crypto::KeySlots::Decode(file);
  if (slots) HOSO_CHECK(slots->Encode() == file);
}

}  // namespace

void Try(std::string_view octets) {
  Read(octets);
  if (octets.size() < 32) return;
  const base::Bytes body(octets.substr(0, octets.size() - 32));
  Read(body + crypto::Sha256(body));
}

}  // namespace hoso::fuzz
