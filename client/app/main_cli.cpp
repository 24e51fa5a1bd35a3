#include <cstdio>
#include <exception>
#include <string>

#include "client/app/program_folder.h"
#include "client/cli/run.h"
#include "common/crypto/random.h"
#include "sync/transport/https_province.h"

#ifndef _WIN32
#include <csignal>
#endif

namespace {

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

std::unique_ptr<hoso::engine::Province> Connect(hoso::flows::Connection connection) {
  hoso::transport::Options options;
  options.url = std::move(connection.url);
  options.ca_pem = std::move(connection.ca_pem);
  options.certificate_pem = std::move(connection.certificate_pem);
  options.key_pem = std::move(connection.key_pem);
  options.expected_name = "province-" + connection.province;
  return std::make_unique<hoso::transport::HttpsProvince>(std::move(options));
}

}  // namespace

int main(int argc, char** argv) {
#ifndef _WIN32
  std::signal(SIGPIPE, SIG_IGN);  // A line that breaks is an error to handle, not an end.
#endif
  try {
    const hoso::base::SystemClock clock;
    hoso::crypto::SystemRandom random;
    return hoso::cli::Run({argv + 1, argv + argc},
                          {clock, random, Connect, {}, hoso::app::FontFolder()},
                          {[](const std::string& text) { Print(stdout, text); },
                           [](const std::string& text) { Print(stderr, text); }});
  } catch (const std::exception& thrown) {
    Print(stderr, std::string("Chương trình gặp lỗi không lường trước.\nVì: ") + thrown.what() +
                      ".\nDữ liệu đã lưu vẫn còn; thử lại, nếu còn lỗi thì báo quản trị.\n");
    return 6;
  }
}
