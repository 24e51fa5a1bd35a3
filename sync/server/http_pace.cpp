#include "sync/server/http_pace.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>

namespace hoso::server {
namespace {

using Clock = std::chrono::steady_clock;

/// One line's measure, kept with its BIO.
struct Measure {
  Pace pace;
  Clock::time_point began = Clock::now();
  std::size_t moved = 0;
  bool wrote_last = false;

  bool Kept(bool writes, std::size_t octets) {
    if (wrote_last && !writes) {
      began = Clock::now();
      moved = 0;
    }
    wrote_last = writes;
    moved += octets;
    const auto allowed = std::chrono::seconds(pace.patience_s +
                                              static_cast<std::int64_t>(moved) / pace.octets_per_s);
    return Clock::now() - began <= allowed;
  }
};

long AfterEach(BIO* bio, int what, const char*, std::size_t, int, long, int result,
               std::size_t* octets) {
  auto* measure = reinterpret_cast<Measure*>(BIO_get_callback_arg(bio));
  if (what == BIO_CB_FREE) {
    delete measure;
    BIO_set_callback_arg(bio, nullptr);
    return 1;
  }
  const bool read = what == (BIO_CB_READ | BIO_CB_RETURN);
  const bool write = what == (BIO_CB_WRITE | BIO_CB_RETURN);
  if (measure == nullptr || (!read && !write) || result <= 0) return result;
  if (measure->Kept(write, octets != nullptr ? *octets : 0)) return result;
  BIO_clear_retry_flags(bio);
  return -1;  // To OpenSSL the line is broken now, and Poco closes it.
}

int PaceIndex() {
  static const int index = SSL_CTX_get_ex_new_index(
      0, nullptr, nullptr, nullptr, [](void*, void* pace, CRYPTO_EX_DATA*, int, long, void*) {
        delete static_cast<Pace*>(pace);
      });
  return index;
}

void AtHandshake(const SSL* line, int where, int) {
  if ((where & SSL_CB_HANDSHAKE_START) == 0) return;
  const auto* pace =
      static_cast<const Pace*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(line), PaceIndex()));
  BIO* bio = SSL_get_rbio(line);
  if (pace == nullptr || bio == nullptr || BIO_get_callback_arg(bio) != nullptr) return;
  BIO_set_callback_arg(bio, reinterpret_cast<char*>(new Measure{*pace}));
  BIO_set_callback_ex(bio, AfterEach);
}

}  // namespace

void KeepPace(ssl_ctx_st* tls, const Pace& pace) {
  SSL_CTX_set_ex_data(tls, PaceIndex(), new Pace(pace));
  SSL_CTX_set_info_callback(tls, AtHandshake);
}

}  // namespace hoso::server
