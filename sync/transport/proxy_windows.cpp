#include <windows.h>
// After it: it uses its types.
#include <winhttp.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <thread>

#include "common/base/disk.h"
#include "sync/transport/proxy.h"

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::chrono::milliseconds kSlice(100);

template <class Function>
Function Find(HMODULE library, const char* name) {
  if (library == nullptr) return nullptr;
  return reinterpret_cast<Function>(reinterpret_cast<void*>(GetProcAddress(library, name)));
}

/// Taken when it is needed and from the system's folder only: a program's own imports would be
/// looked for beside the program first. Never let go: a thread of it may still run.
struct WinHttp {
  HMODULE library = LoadLibraryExW(L"winhttp.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  decltype(&WinHttpOpen) open = Find<decltype(open)>(library, "WinHttpOpen");
  decltype(&WinHttpCloseHandle) close = Find<decltype(close)>(library, "WinHttpCloseHandle");
  decltype(&WinHttpSetTimeouts) limit = Find<decltype(limit)>(library, "WinHttpSetTimeouts");
  decltype(&WinHttpGetProxyForUrl) ask = Find<decltype(ask)>(library, "WinHttpGetProxyForUrl");
  decltype(&WinHttpGetIEProxyConfigForCurrentUser) user =
      Find<decltype(user)>(library, "WinHttpGetIEProxyConfigForCurrentUser");
  decltype(&WinHttpGetDefaultProxyConfiguration) machine =
      Find<decltype(machine)>(library, "WinHttpGetDefaultProxyConfiguration");

  explicit operator bool() const { return open && close && limit && ask && user && machine; }
};

/// What WinHTTP allocates for us, and its handles.
struct Free {
  void operator()(wchar_t* text) const { GlobalFree(text); }
};
using Text = std::unique_ptr<wchar_t, Free>;
using Handle = std::unique_ptr<void, decltype(&WinHttpCloseHandle)>;

std::wstring Wide(const std::string& utf8) {
  return base::PathOf(utf8).wstring();
}

std::string Narrow(const Text& text) {
  return text ? base::Utf8Of(text.get()) : "";
}

/// "direct" for a host that the list leaves out.
std::string Unless(const Text& bypassed, const Text& proxies, const std::string& url) {
  const std::string host = PlaceOf(url.substr(url.find("://") + 3)).host;
  return Bypasses(Narrow(bypassed), host) ? "direct" : Narrow(proxies);
}

/// By a PAC file: the one at `pac_url`, else the one that the network tells of. False if there is
/// none, or it can't be had or read.
bool ByPac(const WinHttp& http, const std::string& url, const std::wstring& pac_url, int seconds,
           std::string& told) {
  const Handle session(http.open(L"HoSoXa", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0),
                       http.close);
  if (!session) return false;
  const int limit = seconds * 1000;
  http.limit(session.get(), limit, limit, limit, limit);
  WINHTTP_AUTOPROXY_OPTIONS options{};
  if (pac_url.empty()) {
    options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
    options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
  } else {
    options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
    options.lpszAutoConfigUrl = pac_url.c_str();
  }
  options.fAutoLogonIfChallenged = TRUE;
  WINHTTP_PROXY_INFO info{};
  if (!http.ask(session.get(), Wide(url).c_str(), &options, &info)) return false;
  const Text proxies(info.lpszProxy), bypassed(info.lpszProxyBypass);
  told = info.dwAccessType == WINHTTP_ACCESS_TYPE_NO_PROXY ? "direct" : Narrow(proxies);
  return true;
}

/// In the order of the system's own programs: found by itself, a PAC file, a proxy by name.
std::string BySettings(const WinHttp& http, const std::string& url, int seconds) {
  std::string told;
  WINHTTP_CURRENT_USER_IE_PROXY_CONFIG user{};
  if (http.user(&user)) {
    const Text pac(user.lpszAutoConfigUrl), proxies(user.lpszProxy), bypassed(user.lpszProxyBypass);
    if (user.fAutoDetect && ByPac(http, url, L"", seconds, told)) return told;
    if (pac && ByPac(http, url, pac.get(), seconds, told)) return told;
    if (proxies) return Unless(bypassed, proxies, url);
  }
  WINHTTP_PROXY_INFO machine{};  // "netsh winhttp set proxy".
  if (!http.machine(&machine)) return "direct";
  const Text proxies(machine.lpszProxy), bypassed(machine.lpszProxyBypass);
  return proxies ? Unless(bypassed, proxies, url) : "direct";
}

base::Result<std::string> Ask(const std::string& url, const std::string& pac_url, int seconds) {
  const WinHttp http;
  if (pac_url.empty()) return http ? BySettings(http, url, seconds) : "direct";
  std::string told;
  if (http && ByPac(http, url, Wide(pac_url), seconds, told)) return told;
  return Fail(ErrorKind::kUnreachable, "net.proxy_pac", pac_url);
}

}  // namespace

base::Result<std::string> AskSystem(const std::string& url, const std::string& pac_url,
                                    const Patience& patience) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(patience.seconds);
  // WinHTTP can't be interrupted: whoever waits goes away and leaves it to end by itself.
  auto asked = std::make_shared<std::promise<base::Result<std::string>>>();
  auto answer = asked->get_future();
  std::thread([asked, url, pac_url, seconds = patience.seconds] {
    asked->set_value(Ask(url, pac_url, seconds));
  }).detach();
  while (answer.wait_for(kSlice) != std::future_status::ready)
    if (patience.stop.stop_requested() || Clock::now() > end)
      return Fail(ErrorKind::kUnreachable, pac_url.empty() ? "net.timeout" : "net.proxy_pac",
                  pac_url);
  return answer.get();
}

}  // namespace hoso::transport
