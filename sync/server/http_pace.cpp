#include "sync/server/http_pace.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace hoso::server {
namespace {

using Clock = std::chrono::steady_clock;

/// One line's measure, kept with its BIO.
struct Measure {
  Pace pace;
  Clock::time_point last = Clock::now();
  double behind_s = 0;  // Never less: what came fast buys no time to be slow later.
  bool wrote_last = false;

  bool Kept(bool writes, std::size_t octets) {
    const auto now = Clock::now();
    const std::chrono::duration<double> passed = now - std::exchange(last, now);
    if (std::exchange(wrote_last, writes) && !writes) {
      behind_s = 0;
      return true;
    }
    const double earned = static_cast<double>(octets) / pace.octets_per_s;
    behind_s = std::max(0.0, behind_s + passed.count() - earned);
    return behind_s <= pace.patience_s;
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

/// What all lines of one server share.
struct Shared {
  Pace pace;
  Journal& journal;
};

int SharedIndex() {
  static const int index = SSL_CTX_get_ex_new_index(
      0, nullptr, nullptr, nullptr, [](void*, void* shared, CRYPTO_EX_DATA*, int, long, void*) {
        delete static_cast<Shared*>(shared);
      });
  return index;
}

void BeginMeasure(const SSL* line, const Pace& pace) {
  BIO* bio = SSL_get_rbio(line);
  if (bio == nullptr || BIO_get_callback_arg(bio) != nullptr) return;
  BIO_set_callback_arg(bio, reinterpret_cast<char*>(new Measure{pace}));
  BIO_set_callback_ex(bio, AfterEach);
}

/// OpenSSL's word for why we end a line, as a key: "certificate_expired".
std::string AlertKey(int alert) {
  if ((alert & 0xff) == SSL_AD_CERTIFICATE_REQUIRED) return "certificate_required";  // Not known.
  std::string key = SSL_alert_desc_string_long(alert);
  std::replace(key.begin(), key.end(), ' ', '_');
  return key;
}

void AtHandshake(const SSL* line, int where, int alert) {
  const auto* shared =
      static_cast<const Shared*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(line), SharedIndex()));
  if (shared == nullptr) return;
  if ((where & SSL_CB_HANDSHAKE_START) != 0) BeginMeasure(line, shared->pace);
  const bool we_say = (where & SSL_CB_WRITE_ALERT) == SSL_CB_WRITE_ALERT;
  if (we_say && (alert & 0xff) != SSL_AD_CLOSE_NOTIFY)
    shared->journal.Refused("handshake", "tls." + AlertKey(alert));
}

}  // namespace

void KeepPace(ssl_ctx_st* tls, const Pace& pace, Journal& journal) {
  SSL_CTX_set_ex_data(tls, SharedIndex(), new Shared{pace, journal});
  SSL_CTX_set_info_callback(tls, AtHandshake);
}

}  // namespace hoso::server
