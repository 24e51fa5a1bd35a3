// Octets off the line, as both sides read them: frames, one after the other.
#include <algorithm>
#include <cstring>

#include "sync/protocol/messages.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

class Line : public protocol::ByteSource {
 public:
  explicit Line(std::string_view octets) : octets_(octets) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t count = std::min(size, octets_.size());
    std::memcpy(into, octets_.data(), count);
    octets_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view octets_;
};

}  // namespace

void Try(std::string_view octets) {
  Line line(octets);
  protocol::FrameReader reader(line);
  for (auto message = reader.Next(); message; message = reader.Next()) {
    const base::Bytes again = protocol::EncodeFrame(*message);
    Line second(again);
    const auto same = protocol::FrameReader(second).Next();
    HOSO_CHECK(same && *same == *message);
  }
}

}  // namespace hoso::fuzz
