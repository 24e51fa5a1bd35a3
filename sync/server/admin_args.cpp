#include "sync/server/admin_args.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::array<std::string_view, 13> kOptions = {
    "data", "province", "database", "listen", "health", "log", "unit",
    "role", "name",     "user",     "server", "out",    "from"};
constexpr std::array<std::string_view, 2> kFlags = {"replace", "service"};

}  // namespace

std::string Args::Get(const std::string& name) const {
  const auto found = options.find(name);
  return found == options.end() ? "" : found->second;
}

base::Result<Args> ParseArgs(const std::vector<std::string>& arguments) {
  Args args;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (!word.starts_with("--")) {
      args.words.push_back(word);
      continue;
    }
    if (word == "--json") {
      args.json = true;
      continue;
    }
    if (std::find(kFlags.begin(), kFlags.end(), word.substr(2)) != kFlags.end()) {
      args.options[word.substr(2)] = "yes";
      continue;
    }
    const auto equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    if (std::find(kOptions.begin(), kOptions.end(), name) == kOptions.end())
      return Fail(ErrorKind::kUsage, "args.unknown", word);
    if (args.options.contains(name)) return Fail(ErrorKind::kUsage, "args.twice", "--" + name);
    if (equals != std::string::npos) {
      args.options[name] = word.substr(equals + 1);
    } else if (i + 1 < arguments.size() && !arguments[i + 1].starts_with("--")) {
      args.options[name] = arguments[++i];
    } else {
      return Fail(ErrorKind::kUsage, "args.value_missing", word);
    }
  }
  return args;
}

const char* UsageText() {
  return R"(Cách dùng: hosoxa-server LỆNH --data THƯ_MỤC [--json]
  init --province 22 [--database sqlite|postgresql://...]   Tạo máy chủ tỉnh
  run --listen 127.0.0.1:8443 [--health 127.0.0.1:8080] [--log TỆP]
                                                            Chạy máy chủ; Windows: --service
  user add --unit 06994 --role MC|CV|TP|LD|VT|QT --name "Họ tên"
  user list
  user move MÃ --unit 07000
  user disable MÃ
  enrol-code --user MÃ --server https://máy:8443 --out TỆP  Tệp ghi danh cho một máy
  device list
  device revoke MÁY
  digest --unit 06994                                       Mã băm dữ liệu của một xã
  log --unit 06994                                          Nhật ký của một xã
  audit verify [--unit 06994]                               Soát toàn bộ: chuỗi, chữ ký, dữ liệu
  catalog import THƯ_MỤC_DANH_MỤC                           Nạp bộ danh mục mới
  backup --out TỆP                                          Sao lưu, kể cả khi máy chủ đang chạy
  restore --from TỆP [--database ...] [--replace]           Phục hồi từ bản sao lưu
)";
}

}  // namespace hoso::server
