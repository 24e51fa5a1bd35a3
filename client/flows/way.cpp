#include "client/flows/way.h"

#include "client/flows/settings.h"

namespace hoso::flows {

Connection Directed(Connection connection, const DeskFolder& folder, const Tools& tools) {
  connection.in_force = InForce(folder, tools);
  connection.proxy_password = folder.ProxyPassword();
  const std::string& address = connection.in_force.Text(config::Key::kServerAddress);
  if (!address.empty()) connection.url = address;
  return connection;
}

}  // namespace hoso::flows
