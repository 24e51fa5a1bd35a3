#pragma once

#include <Poco/Exception.h>

#include <string>
#include <utility>

#include "common/base/result.h"

namespace hoso::transport {

/// An error of ours on its way through code of Poco's.
class LineFailed : public Poco::Exception {
 public:
  explicit LineFailed(base::Error error) : Exception(error.reason), error_(std::move(error)) {}
  const base::Error& error() const { return error_; }
  Poco::Exception* clone() const override { return new LineFailed(*this); }
  void rethrow() const override { throw *this; }

 private:
  base::Error error_;
};

/// What the library threw, as one of the few things that can be wrong with a line.
base::Error ToError(const Poco::Exception& thrown);

/// The same of what OpenSSL says, which is only words.
const char* TlsReason(const std::string& text);

}  // namespace hoso::transport
