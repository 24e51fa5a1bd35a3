// The enrolment file, the request and the answer of enrolment and of a desk that moves, the list of
// users, and what a province has said of a desk.
#include "sync/protocol/move.h"
#include "sync/protocol/registration.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

void Read(std::string_view octets) {
  if (const auto request = protocol::DecodeEnrolRequest(octets))
    HOSO_CHECK(ReadAsGiven(octets, protocol::EncodeEnrolRequest(*request)));
  if (const auto answer = protocol::DecodeEnrolAnswer(octets))
    HOSO_CHECK(ReadAsGiven(octets, protocol::EncodeEnrolAnswer(*answer)));
  if (const auto request = protocol::DecodeMoveRequest(octets))
    HOSO_CHECK(ReadAsGiven(octets, protocol::EncodeMoveRequest(*request)));
  if (const auto answer = protocol::DecodeMoveAnswer(octets))
    HOSO_CHECK(ReadAsGiven(octets, protocol::EncodeMoveAnswer(*answer)));
  if (const auto all = protocol::DecodeRegistrations(octets))
    HOSO_CHECK(*protocol::DecodeRegistrations(protocol::EncodeRegistrations(*all)) == *all);
  if (const auto people = protocol::DecodeDirectory(octets))
    HOSO_CHECK(*protocol::DecodeDirectory(protocol::EncodeDirectory(*people)) == *people);
}

}  // namespace

void Try(std::string_view octets) {
  Read(octets);
  if (const auto canonical = Canonical(octets)) Read(*canonical);
  if (const auto file = protocol::DecodeEnrolmentFile(octets)) {
    const std::string text = protocol::EncodeEnrolmentFile(*file);
    const auto again = protocol::DecodeEnrolmentFile(text);
    HOSO_CHECK(again && protocol::EncodeEnrolmentFile(*again) == text);
  }
}

}  // namespace hoso::fuzz
