#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync/protocol/messages.h"
#include "tests/support/memory_province.h"

namespace hoso::testing {

/// A province whose answers were made by the real one and then turned into lies; with `hear`, what
/// the real one is told too. It does not hold the province's receipt key: whoever does is the
/// province. `honest` outlives it.
class LyingProvince : public engine::Province {
 public:
  using Answer = std::vector<protocol::Message>;
  using Lie = std::function<void(Answer&)>;

  LyingProvince(engine::Province& honest, Lie lie, Lie hear = {})
      : honest_(honest), lie_(std::move(lie)), hear_(std::move(hear)) {}

  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override;
  base::Result<base::Bytes> Enrol(std::string_view request) override;
  base::Result<std::string> Renew(std::string_view csr) override;
  base::Result<base::Bytes> Register(std::string_view registrations) override;

  int exchanges() const { return exchanges_; }

 private:
  engine::Province& honest_;
  Lie lie_, hear_;
  int exchanges_ = 0;
};

/// The messages of an answer, and back.
LyingProvince::Answer Messages(const std::string& octets);
std::string Octets(const LyingProvince::Answer& answer);

/// The first message of that kind in an answer; fails the test if there is none.
template <class M>
M& In(LyingProvince::Answer& answer) {
  for (protocol::Message& message : answer)
    if (auto* found = std::get_if<M>(&message)) return *found;
  base::CheckFailed("the answer has no such message", __FILE__, __LINE__);
}

}  // namespace hoso::testing
