#include "client/app/connect.h"

#include "sync/transport/https_province.h"
#include "sync/transport/line_test.h"

namespace hoso::app {
namespace {

constexpr int kTestPatienceS = 10;

transport::Options OptionsOf(const Network& network, flows::Connection connection) {
  transport::Options options;
  options.url = std::move(connection.url);
  options.ca_pem = std::move(connection.ca_pem);
  options.certificate_pem = std::move(connection.certificate_pem);
  options.key_pem = std::move(connection.key_pem);
  options.expected_name = "province-" + connection.province;
  options.stop = std::move(connection.stop);
  options.proxy = {network.proxy, network.pac_url, network.proxy_address, network.proxy_user,
                   std::move(connection.proxy_password)};
  options.ca_file = network.ca_file;
  return options;
}

}  // namespace

Network NetworkOf(const config::Config& config) {
  using config::Key;
  using Mode = transport::ProxyChoice::Mode;
  const std::string& mode = config.Text(Key::kProxyMode);
  Network network;
  if (mode == "direct") network.proxy = Mode::kDirect;
  if (mode == "pac") network.proxy = Mode::kPac;
  if (mode == "manual") network.proxy = Mode::kManual;
  network.pac_url = config.Text(Key::kProxyPacUrl);
  network.proxy_address = config.Text(Key::kProxyAddress);
  network.proxy_user = config.Text(Key::kProxyUser);
  network.ca_file = config.Text(Key::kServerCaFile);
  return network;
}

std::unique_ptr<engine::Province> ConnectBy(const Network& network, flows::Connection connection) {
  return std::make_unique<transport::HttpsProvince>(OptionsOf(network, std::move(connection)));
}

std::unique_ptr<engine::Province> Connect(flows::Connection connection) {
  return ConnectBy({}, std::move(connection));
}

engine::LineFacts TestLineBy(const Network& network, flows::Connection connection,
                             const base::Clock& clock) {
  transport::Options options = OptionsOf(network, std::move(connection));
  options.connect_timeout_s = kTestPatienceS;
  return transport::TestLine(options, clock);
}

engine::LineFacts TestLine(flows::Connection connection, const base::Clock& clock) {
  return TestLineBy({}, std::move(connection), clock);
}

}  // namespace hoso::app
