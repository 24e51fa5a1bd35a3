#include "client/app/connect.h"

#include "sync/transport/https_province.h"
#include "sync/transport/line_test.h"

namespace hoso::app {
namespace {

constexpr int kTestPatienceS = 10;

transport::Options OptionsOf(flows::Connection connection) {
  transport::Options options;
  options.url = std::move(connection.url);
  options.ca_pem = std::move(connection.ca_pem);
  options.certificate_pem = std::move(connection.certificate_pem);
  options.key_pem = std::move(connection.key_pem);
  options.expected_name = "province-" + connection.province;
  options.stop = std::move(connection.stop);
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
