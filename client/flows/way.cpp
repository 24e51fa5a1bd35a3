#include "client/flows/way.h"

namespace hoso::flows {

Connection Directed(Connection connection, const config::Config& in_force) {
  const std::string& address = in_force.Text(config::Key::kServerAddress);
  if (!address.empty()) connection.url = address;
  return connection;
}

}  // namespace hoso::flows
