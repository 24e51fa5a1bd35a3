#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/crypto/secret.h"

/// Which way a desk goes to its province. Any thread.
namespace hoso::transport {

/// What somebody chose.
struct ProxyChoice {
  enum class Mode { kDirect, kSystem, kPac, kManual };
  Mode mode = Mode::kSystem;
  std::string pac_url;      ///< Of kPac.
  std::string address;      ///< Of kManual: host:port.
  std::string user;         ///< Of kManual; "" if it asks nobody who he is.
  crypto::Secret password;  ///< Goes to the proxy of kManual and to no other.
};

/// Where to knock: the province's server, or a proxy on the way to it.
struct Place {
  std::string host;
  std::uint16_t port = 0;
  std::string Text() const;  ///< host:port, [host]:port for an address of IPv6.
  friend bool operator==(const Place&, const Place&) = default;
};
/// The port after the last colon, else `port`; an empty host if it is no place.
Place PlaceOf(std::string_view text, std::uint16_t port = 0);

/// One way to try: through a proxy, or directly.
struct Way {
  Place proxy;  ///< Its host is empty where the way is direct.
  bool direct() const { return proxy.host.empty(); }
};

/// How long somebody is waited for, and who may end it before.
struct Patience {
  int seconds;
  std::stop_token stop;
};

/// The ways to `server` in the order to try them: one at least, kMaxWays at most. The system is
/// never asked about this machine's own addresses. kUnreachable "net.proxy_pac" where the PAC file
/// can't be had or nobody here reads it, "net.proxy_unreachable" where the address is none.
inline constexpr std::size_t kMaxWays = 4;
base::Result<std::vector<Way>> WaysTo(const Place& server, const ProxyChoice& choice,
                                      const Patience& patience);

// For the sources of this module and its tests.

/// Whoever keeps the proxies of this system, asked about `url`; with a `pac_url`, the one who reads
/// PAC files. On Windows WinHTTP; elsewhere libproxy's program, in a process of its own, because a
/// PAC file is somebody else's program and this process has the desk's keys; without libproxy the
/// environment (https_proxy, no_proxy). The answer is for ReadWays. WaysTo's errors, "net.timeout".
base::Result<std::string> AskSystem(const std::string& url, const std::string& pac_url,
                                    const Patience& patience);
/// "https=a:8080;b", "PROXY a:8080; DIRECT", "http://a:8080 direct://"; nothing else is direct.
std::vector<Way> ReadWays(std::string_view text);
/// Does a list like "localhost,*.xa.vn;10.*;<local>" name the host?
bool Bypasses(std::string_view list, std::string_view host);

}  // namespace hoso::transport
