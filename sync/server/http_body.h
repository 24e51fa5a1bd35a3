#pragma once

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <atomic>
#include <cstdint>
#include <iosfwd>

#include "sync/protocol/stream.h"

namespace hoso::server {

inline constexpr const char* kContentType = "application/vnd.hosoxa";

/// The body of a request, up to a limit: beyond it kRefused "request.too_long".
class BodySource : public protocol::ByteSource {
 public:
  /// `taken` counts what is read to be understood; what is drained is not.
  BodySource(Poco::Net::HTTPServerRequest& request, std::size_t limit,
             std::atomic<std::int64_t>& taken)
      : in_(request.stream()), left_(limit), taken_(taken) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override;
  /// Throws away what is left, so that the client, who may still be writing, comes to read the
  /// answer. False if that is over the limit, or `at_most`: the line can't be used again.
  bool Drain(std::size_t at_most = SIZE_MAX);

 private:
  base::Result<std::size_t> Next(char* into, std::size_t size);

  std::istream& in_;
  std::size_t left_;
  std::atomic<std::int64_t>& taken_;
};

/// The answer, which begins with its first octet. Until then it can still become a refusal.
class AnswerSink : public protocol::ByteSink {
 public:
  AnswerSink(Poco::Net::HTTPServerResponse& response, BodySource& request)
      : response_(response), request_(request) {}
  base::Status Write(std::string_view bytes) override;
  bool Begun() const { return out_ != nullptr; }

 private:
  Poco::Net::HTTPServerResponse& response_;
  BodySource& request_;
  std::ostream* out_ = nullptr;
};

}  // namespace hoso::server
