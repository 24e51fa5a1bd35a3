#pragma once

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <iosfwd>

#include "sync/protocol/stream.h"

namespace hoso::server {

inline constexpr const char* kContentType = "application/vnd.hosoxa";

/// The body of a request, up to a limit: beyond it kRefused "request.too_long".
class BodySource : public protocol::ByteSource {
 public:
  BodySource(Poco::Net::HTTPServerRequest& request, std::size_t limit)
      : in_(request.stream()), left_(limit) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override;
  /// Throws away what is left, so that the client, who may still be writing, comes to read the
  /// answer. False if that is over the limit: the line can't be used again.
  bool Drain();

 private:
  std::istream& in_;
  std::size_t left_;
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
