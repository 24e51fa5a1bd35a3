#include <filesystem>

#include "client/config/lines.h"
#include "client/config/machine.h"
#include "common/base/bytes.h"
#include "common/base/disk.h"

namespace hoso::config {
namespace {

Layer ReadOne(const std::string& path, Source source) {
  std::error_code error;
  if (!std::filesystem::exists(base::PathOf(path), error) && !error) return {};
  const auto text = base::ReadFile(path, kMaxFile);
  if (text) return ReadLines(*text, source);
  const char* why = text.error().reason == "file.too_big" ? "config.too_many" : "config.unreadable";
  return {{}, {{source, path, "", why}}};
}

}  // namespace

Layers ReadMachine(const std::string& folder) {
  Layers layers;
  layers.machine_policy = ReadOne(base::In(folder, "policy.conf"), Source::kMachinePolicy);
  layers.machine = ReadOne(base::In(folder, "machine.conf"), Source::kMachine);
  return layers;
}

}  // namespace hoso::config
