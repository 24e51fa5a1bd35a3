#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"
#include "sync/protocol/stream.h"

namespace hoso::engine {

/// How a desk reaches the province: HTTPS in sync/transport, memory in tests, a stick later.
class Province {
 public:
  virtual ~Province() = default;

  /// Sends everything `request` gives and writes the answer's octets into `answer` as they come.
  /// kUnreachable when there is no path or it was cut (some of it may have arrived: harmless).
  virtual base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) = 0;

  /// One small document each way (CBOR of sync/protocol). kRefused with the province's reason.
  virtual base::Result<base::Bytes> Enrol(std::string_view request) = 0;
  virtual base::Result<std::string> Renew(std::string_view csr) = 0;  // PEM in, PEM out.
  virtual base::Result<base::Bytes> Register(std::string_view registrations) = 0;
};

}  // namespace hoso::engine
