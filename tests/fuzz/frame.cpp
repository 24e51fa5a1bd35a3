// Octets off the line, as both sides read them: frames, one after the other.
#include "sync/protocol/memory_source.h"
#include "sync/protocol/messages.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
void Try(std::string_view octets) {
  protocol::MemorySource line(octets);
  protocol::FrameReader reader(line);
  for (auto message = reader.Next(); message; message = reader.Next()) {
    const base::Bytes again = protocol::EncodeFrame(*message);
    protocol::MemorySource second(again);
    const auto same = protocol::FrameReader(second).Next();
    HOSO_CHECK(same && *same == *message);
  }
}

}  // namespace hoso::fuzz
