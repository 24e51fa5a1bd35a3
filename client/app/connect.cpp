#include "client/app/connect.h"

#include "sync/transport/https_province.h"
#include "sync/transport/line_test.h"

namespace hoso::app {
namespace {

constexpr int kTestPatienceS = 10;

transport::ProxyChoice::Mode ModeOf(const std::string& word) {
  using Mode = transport::ProxyChoice::Mode;
  if (word == "direct") return Mode::kDirect;
  if (word == "pac") return Mode::kPac;
  return word == "manual" ? Mode::kManual : Mode::kSystem;
}

transport::Options OptionsOf(flows::Connection connection) {
  using config::Key;
  const config::Config& config = connection.in_force;
  transport::Options options;
  options.url = std::move(connection.url);
  options.ca_pem = std::move(connection.ca_pem);
  options.certificate_pem = std::move(connection.certificate_pem);
  options.key_pem = std::move(connection.key_pem);
  options.expected_name = "province-" + connection.province;
  options.stop = std::move(connection.stop);
  options.proxy = {ModeOf(config.Text(Key::kProxyMode)), config.Text(Key::kProxyPacUrl),
                   config.Text(Key::kProxyAddress), config.Text(Key::kProxyUser),
                   std::move(connection.proxy_password)};
  options.ca_file = config.Text(Key::kServerCaFile);
  return options;
}

}  // namespace

std::unique_ptr<engine::Province> Connect(flows::Connection connection) {
  return std::make_unique<transport::HttpsProvince>(OptionsOf(std::move(connection)));
}

engine::LineFacts TestLine(flows::Connection connection, const base::Clock& clock) {
  transport::Options options = OptionsOf(std::move(connection));
  options.connect_timeout_s = kTestPatienceS;
  return transport::TestLine(options, clock);
}

}  // namespace hoso::app
