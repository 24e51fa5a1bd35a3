#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/registration.h"

namespace hoso::protocol {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxEnrol = 64 * 1024;
constexpr std::size_t kMaxEnrolAnswer = kMaxEnrol + kMaxRegistrationBytes;
constexpr std::size_t kMaxDirectory = 4u << 20;

std::string S(const json& j, const char* key) {
  return j.at(key).get<std::string>();
}

}  // namespace

json PersonOf(const Person& p) {
  return json::array({p.id, p.name, p.role, p.unit, p.active});
}

Person PersonIn(const json& p) {
  return {p.at(0).get<std::string>(), p.at(1).get<std::string>(), p.at(2).get<std::string>(),
          p.at(3).get<std::string>(), p.at(4).get<bool>()};
}

base::Bytes EncodeDirectory(const std::vector<Person>& people) {
  json out = json::array();
  for (const Person& p : people) out.push_back(PersonOf(p));
  return change::ToCbor(out);
}

base::Result<std::vector<Person>> DecodeDirectory(std::string_view bytes) {
  return Parse<std::vector<Person>>(bytes, kMaxDirectory, [](const json& j) {
    std::vector<Person> out;
    if (!j.is_array()) throw json::type_error::create(302, "list", nullptr);
    for (const json& p : j) out.push_back(PersonIn(p));
    return out;
  });
}

base::Bytes EncodeEnrolRequest(const EnrolRequest& r) {
  return change::ToCbor(json{{"replica", r.replica},
                             {"csr", r.csr},
                             {"device", Octets(r.device_key)},
                             {"officer", Octets(r.officer_key)}});
}

base::Result<EnrolRequest> DecodeEnrolRequest(std::string_view bytes) {
  return Parse<EnrolRequest>(bytes, kMaxEnrol, [](const json& j) {
    return EnrolRequest{S(j, "replica"), S(j, "csr"), ToBytes(j.at("device")),
                        ToBytes(j.at("officer"))};
  });
}

base::Bytes EncodeEnrolAnswer(const EnrolAnswer& a) {
  return change::ToCbor(json{{"user", a.user},
                             {"name", a.user_name},
                             {"role", a.role},
                             {"unit", a.unit},
                             {"province", a.province},
                             {"cert", a.certificate},
                             {"receipt", Octets(a.receipt_key)},
                             {"recovery", Octets(a.recovery_key)},
                             {"share", Octets(a.desk_share)},
                             {"registrations", Octets(a.registrations)}});
}

base::Result<EnrolAnswer> DecodeEnrolAnswer(std::string_view bytes) {
  HOSO_TRY_ASSIGN(EnrolAnswer answer, Parse<EnrolAnswer>(bytes, kMaxEnrolAnswer, [](const json& j) {
                    return EnrolAnswer{S(j, "user"),
                                       S(j, "name"),
                                       S(j, "role"),
                                       S(j, "unit"),
                                       S(j, "province"),
                                       S(j, "cert"),
                                       ToBytes(j.at("receipt")),
                                       ToBytes(j.at("recovery")),
                                       ToBytes(j.at("share")),
                                       ToBytes(j.at("registrations"))};
                  }));
  // Keys derived from too little would open as readily as others, and be guessed.
  if (answer.desk_share.size() != kDeskShareBytes)
    return base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  return answer;
}

std::string EncodeEnrolmentFile(const EnrolmentFile& f) {
  return json{{"hosoxa", "enrolment"},
              {"version", 1},
              {"server", f.server},
              {"province", f.province},
              {"unit", f.unit},
              {"user", f.user},
              {"ca", f.ca},
              {"certificate", f.certificate},
              {"key", f.key}}
             .dump(2) +
         "\n";
}

base::Result<EnrolmentFile> DecodeEnrolmentFile(std::string_view text) {
  const auto bad = base::Fail(base::ErrorKind::kUsage, "enrol.file_malformed");
  if (text.size() > kMaxEnrol) return bad;
  const json j = json::parse(text, nullptr, false);
  try {
    if (j.is_discarded() || S(j, "hosoxa") != "enrolment") return bad;
    return EnrolmentFile{S(j, "server"), S(j, "province"),    S(j, "unit"), S(j, "user"),
                         S(j, "ca"),     S(j, "certificate"), S(j, "key")};
  } catch (const json::exception&) {
    return bad;
  }
}

}  // namespace hoso::protocol
