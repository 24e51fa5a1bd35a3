#pragma once

#include <Poco/Net/Context.h>

#include <string>

#include "common/base/result.h"
#include "common/crypto/secret.h"

namespace hoso::transport {

/// TLS 1.3 for one desk: trusts only `ca_pem`, shows `certificate_pem`, accepts only a server whose
/// certificate names `expected_name`, at whatever address. kDamaged "tls.certificate" if the PEM
/// texts are not what they should be.
base::Result<Poco::Net::Context::Ptr> ClientContext(const std::string& ca_pem,
                                                    const std::string& certificate_pem,
                                                    const crypto::Secret& key_pem,
                                                    const std::string& expected_name);

}  // namespace hoso::transport
