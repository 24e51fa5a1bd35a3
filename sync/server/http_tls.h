#pragma once

#include <Poco/Net/Context.h>

#include <string>

#include "sync/server/authority.h"

namespace hoso::server {

/// TLS 1.3 for the server: every client shows a certificate of our own authority. Poco's
/// verification of names is off, for it would compare a desk's name with its address.
base::Result<Poco::Net::Context::Ptr> ServerContext(const std::string& ca_pem,
                                                    const ServerIdentity& identity);

}  // namespace hoso::server
