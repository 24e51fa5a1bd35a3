#include <windows.h>

#include <memory>

#include "client/config/lines.h"
#include "client/config/machine.h"
#include "common/base/disk.h"

namespace hoso::config {
namespace {

constexpr DWORD kMaxName = 256;  // Letters; the longest that Windows has is far longer.

struct CloseKey {
  void operator()(HKEY key) const { RegCloseKey(key); }
};
using OwnedKey = std::unique_ptr<std::remove_pointer_t<HKEY>, CloseKey>;

/// A text or a number as text; false for any other kind, or one that is too long.
bool ReadValue(HKEY key, const wchar_t* name, std::string& value) {
  DWORD number = 0, size = sizeof number;
  if (RegGetValueW(key, nullptr, name, RRF_RT_REG_DWORD, nullptr, &number, &size) ==
      ERROR_SUCCESS) {
    value = std::to_string(number);
    return true;
  }
  std::wstring text(kMaxValue + 1, L'\0');
  size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  // What is kept as a text to be expanded comes expanded.
  if (RegGetValueW(key, nullptr, name, RRF_RT_REG_SZ, nullptr, text.data(), &size) != ERROR_SUCCESS)
    return false;
  const std::filesystem::path letters(text.c_str());  // Up to the zero at its end.
  value = base::Utf8Of(letters);
  return true;
}

/// The installer keeps things of its own beside the settings: what is no setting is named only
/// where policies are.
Layer ReadKey(HKEY root, const wchar_t* path, Source source) {
  Layer layer;
  HKEY opened = nullptr;
  const LONG error = RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &opened);
  if (error == ERROR_FILE_NOT_FOUND) return layer;
  if (error != ERROR_SUCCESS) {
    layer.ignored.push_back({source, "", "", "config.unreadable"});
    return layer;
  }
  const OwnedKey key(opened);
  for (DWORD i = 0;; ++i) {
    wchar_t wide[kMaxName] = {};
    DWORD length = kMaxName;
    const LONG found =
        RegEnumValueW(key.get(), i, wide, &length, nullptr, nullptr, nullptr, nullptr);
    if (found == ERROR_NO_MORE_ITEMS) return layer;
    if (i >= kMaxValues) break;
    if (found != ERROR_SUCCESS) continue;  // A name so long is none of ours.
    const std::string name = base::Utf8Of(std::filesystem::path(wide));
    const Entry* entry = FindByRegistry(name);
    std::string value;
    if (entry == nullptr) {
      if (source != Source::kMachine)
        layer.ignored.push_back({source, Beginning(name), "", "config.unknown"});
    } else if (ReadValue(key.get(), wide, value)) {
      layer.values[entry->key] = value;
    } else {
      layer.ignored.push_back({source, entry->name, "", "config.unreadable"});
    }
  }
  layer.ignored.push_back({source, "", "", "config.too_many"});
  return layer;
}

}  // namespace

Layers ReadMachine(const std::string&) {
  constexpr const wchar_t* kPolicies = L"SOFTWARE\\Policies\\HoSoXa";
  Layers layers;
  layers.machine_policy = ReadKey(HKEY_LOCAL_MACHINE, kPolicies, Source::kMachinePolicy);
  layers.user_policy = ReadKey(HKEY_CURRENT_USER, kPolicies, Source::kUserPolicy);
  layers.machine = ReadKey(HKEY_LOCAL_MACHINE, L"SOFTWARE\\HoSoXa", Source::kMachine);
  return layers;
}

}  // namespace hoso::config
