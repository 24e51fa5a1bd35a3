#include "client/app/connect.h"

#include "sync/transport/https_province.h"

namespace hoso::app {

std::unique_ptr<engine::Province> Connect(flows::Connection connection) {
  transport::Options options;
  options.url = std::move(connection.url);
  options.ca_pem = std::move(connection.ca_pem);
  options.certificate_pem = std::move(connection.certificate_pem);
  options.key_pem = std::move(connection.key_pem);
  options.expected_name = "province-" + connection.province;
  return std::make_unique<transport::HttpsProvince>(std::move(options));
}

}  // namespace hoso::app
