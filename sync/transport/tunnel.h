#pragma once

#include <string>
#include <vector>

#include "sync/transport/https_province.h"
#include "sync/transport/proxy.h"
#include "sync/transport/tcp_line.h"

namespace hoso::transport {

/// A line on which the province's server listens for TLS, by the first of the ways that leads
/// there, and by which. A proxy is asked to CONNECT; the options' user and password are said only
/// to the proxy the options name, once it has asked (Digest, else Basic). Every wait ends at
/// connect_timeout_s and soon after the options' stop.
///
/// Throws what TcpLine::Reach does, DNSException, or LineFailed with "net.proxy_unreachable" (it is
/// not there, or silent), "net.proxy_auth" or "net.proxy_refused"; of several ways, the first's.
struct OpenedLine {
  TcpLine::Ptr tcp;
  Way way;
};
OpenedLine OpenLine(const std::vector<Way>& ways, const Place& server, const Options& options);

/// Is a file to be had at a http:// address? Looks at the answer's head only.
bool AnswersWell(const std::string& url, const Patience& patience);

}  // namespace hoso::transport
