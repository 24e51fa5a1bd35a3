#pragma once

#include <string>

#include "common/base/result.h"

namespace Poco {
class Exception;
}

namespace hoso::transport {

/// What the library threw, as one of the few things that can be wrong with a line.
base::Error ToError(const Poco::Exception& thrown);

/// The same of what OpenSSL says, which is only words.
const char* TlsReason(const std::string& text);

}  // namespace hoso::transport
