#include "sync/engine/enrolment.h"

#include "common/crypto/certificate.h"
#include "common/crypto/sign.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kMaxFile = 256u << 10;

}  // namespace

base::Result<protocol::EnrolmentFile> ReadEnrolmentFile(const std::string& path) {
  HOSO_TRY_ASSIGN(const base::Bytes text, base::ReadFile(path, kMaxFile));
  auto file = protocol::DecodeEnrolmentFile(text);
  if (!file) return Fail(ErrorKind::kUsage, "enrol.file", path);
  return file;
}

base::Result<protocol::EnrolAnswer> AskToEnrol(Province& province, const BeginnerKeys& keys,
                                               const std::string& user) {
  protocol::EnrolRequest request;
  request.replica = keys.replica;
  request.device_key = keys.device_key;
  request.officer_key = crypto::PublicKey(keys.officer_seed);
  if (!keys.tls_key.empty()) {
    HOSO_TRY_ASSIGN(request.csr, crypto::MakeCsr(keys.tls_key, keys.replica));
  }
  HOSO_TRY_ASSIGN(const base::Bytes told, province.Enrol(protocol::EncodeEnrolRequest(request)));
  HOSO_TRY_ASSIGN(protocol::EnrolAnswer answer, protocol::DecodeEnrolAnswer(told));
  if (answer.user != user || answer.certificate.empty() != keys.tls_key.empty())
    return Fail(ErrorKind::kDamaged, "enrol.answer");
  return answer;
}

base::Status SaveConnection(store::DeskStore& store, const protocol::EnrolmentFile& file) {
  HOSO_TRY(store.SetMeta("server", file.server));
  HOSO_TRY(store.SetMeta("province", file.province));
  return store.SetMeta("ca", file.ca);
}

base::Status SaveCertificate(store::DeskStore& store, const std::string& certificate_pem,
                             const crypto::Secret& key_pem) {
  HOSO_TRY(store.SetMeta("certificate", certificate_pem));
  return store.SetMeta("certificate_key", key_pem.view());
}

}  // namespace hoso::engine
