#include "tests/support/lying_province.h"

namespace hoso::testing {

LyingProvince::Answer Messages(const std::string& octets) {
  CutSource source(octets, false);
  protocol::FrameReader reader(source);
  LyingProvince::Answer answer;
  for (auto message = reader.Next(); message; message = reader.Next())
    answer.push_back(*std::move(message));
  return answer;
}

std::string Octets(const LyingProvince::Answer& answer) {
  std::string octets;
  for (const protocol::Message& message : answer) octets += protocol::EncodeFrame(message);
  return octets;
}

base::Status LyingProvince::Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) {
  ++exchanges_;
  StringSink honest;
  if (hear_) {
    Answer said;
    protocol::FrameReader reader(request);
    while (said.empty() || !std::holds_alternative<protocol::Over>(said.back())) {
      HOSO_TRY_ASSIGN(protocol::Message message, reader.Next());
      said.push_back(std::move(message));
    }
    hear_(said);
    CutSource heard(Octets(said), false);
    HOSO_TRY(honest_.Exchange(heard, honest));
  } else {
    HOSO_TRY(honest_.Exchange(request, honest));
  }
  Answer told = Messages(honest.text);
  lie_(told);
  return answer.Write(Octets(told));
}

base::Result<base::Bytes> LyingProvince::Enrol(std::string_view request) {
  return honest_.Enrol(request);
}

base::Result<std::string> LyingProvince::Renew(std::string_view csr) {
  return honest_.Renew(csr);
}

base::Result<base::Bytes> LyingProvince::Register(std::string_view registrations) {
  return honest_.Register(registrations);
}

}  // namespace hoso::testing
