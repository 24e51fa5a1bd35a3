#pragma once

#include <memory>

#include "client/config/config.h"
#include "client/flows/tools.h"
#include "sync/transport/proxy.h"

namespace hoso::app {

/// What the settings say of the way to the province; its password comes with the connection.
struct Network {
  transport::ProxyChoice::Mode proxy = transport::ProxyChoice::Mode::kSystem;
  std::string pac_url, proxy_address, proxy_user;
  std::string ca_file;  ///< Of authorities that are trusted besides the enrolment's; "" for none.
};
Network NetworkOf(const config::Config& config);

/// The province over HTTPS, as every program of the client reaches it.
std::unique_ptr<engine::Province> ConnectBy(const Network& network, flows::Connection connection);
std::unique_ptr<engine::Province> Connect(flows::Connection connection);  ///< As the system says.

/// Whether it could be reached, step by step.
engine::LineFacts TestLineBy(const Network& network, flows::Connection connection,
                             const base::Clock& clock);
engine::LineFacts TestLine(flows::Connection connection, const base::Clock& clock);

}  // namespace hoso::app
