#pragma once

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include "sync/server/http_shared.h"

namespace hoso::server {

/// Answers POST /v1/exchange, /v1/renew (certificate of a desk) and /v1/enrol (bootstrap
/// certificate). A refusal is 403 with "reason\ndetail".
Poco::Net::HTTPRequestHandlerFactory::Ptr ApiHandlers(HttpShared& shared);

/// Answers GET /health, without TLS, for the machine the server runs on.
Poco::Net::HTTPRequestHandlerFactory::Ptr HealthHandlers(HttpShared& shared);

}  // namespace hoso::server
