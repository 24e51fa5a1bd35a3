#include "sync/protocol/message_codec.h"

#include "common/change/cbor.h"

namespace hoso::protocol {
namespace {

using nlohmann::json;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

json FromList(const std::vector<base::Bytes>& list) {
  json out = json::array();
  for (const base::Bytes& item : list) out.push_back(Octets(item));
  return out;
}

/// Anything else than a list would be walked through as if it were one.
void CheckList(const json& value, std::size_t limit) {
  if (!value.is_array()) throw json::type_error::create(302, "list", nullptr);
  if (value.size() > limit) throw json::other_error::create(501, "too many", nullptr);
}

std::vector<base::Bytes> ToList(const json& value, std::size_t limit) {
  std::vector<base::Bytes> out;
  CheckList(value, limit);
  for (const json& item : value) out.push_back(ToBytes(item));
  return out;
}

std::string S(const json& j, const char* key) {
  return j.at(key).get<std::string>();
}

std::int64_t N(const json& j, const char* key) {
  const json& value = j.at(key);
  if (!value.is_number_integer()) throw json::type_error::create(302, "integer", nullptr);
  return value.get<std::int64_t>();
}

constexpr std::size_t kMaxEntries = 4096;

json FromPoints(const std::vector<Behind::Point>& points) {
  json out = json::array();
  for (const auto& point : points)
    out.push_back({{"pos", point.position}, {"hash", Octets(point.log_hash)}});
  return out;
}

std::vector<Behind::Point> ToPoints(const json& value) {
  std::vector<Behind::Point> out;
  CheckList(value, kMaxPoints);
  for (const json& point : value) out.push_back({N(point, "pos"), ToBytes(point.at("hash"))});
  return out;
}

Message Read(std::size_t kind, const json& j) {
  switch (kind) {
    case 0: {
      const std::int64_t version = N(j, "v");
      return Hello{static_cast<int>(version > 0 && version < 1'000'000 ? version : 0),
                   S(j, "replica"),
                   S(j, "unit"),
                   S(j, "epoch"),
                   N(j, "pos"),
                   ToBytes(j.at("hash")),
                   S(j, "cat"),
                   S(j, "dir")};
    }
    case 1:
      return Batch{N(j, "first"), ToList(j.at("changes"), kMaxBatchChanges), ToBytes(j.at("chain")),
                   ToBytes(j.at("sig"))};
    case 2:
      return Over{};
    case 3:
      return Welcome{S(j, "epoch"), N(j, "through"), N(j, "ms")};
    case 4:
      return Receipt{
          S(j, "unit"),           S(j, "replica"), S(j, "epoch"),         N(j, "through"),
          ToBytes(j.at("chain")), N(j, "pos"),     ToBytes(j.at("hash")), N(j, "ms"),
          ToBytes(j.at("sig"))};
    case 5:
      return Entries{N(j, "first"), ToList(j.at("entries"), kMaxEntries)};
    case 6:
      return Part{S(j, "name"), S(j, "id"), N(j, "offset"), N(j, "total"), ToBytes(j.at("bytes"))};
    case 7:
      return Done{N(j, "pos"), ToBytes(j.at("hash")), j.at("more").get<bool>()};
    case 8:
      return Refused{S(j, "reason"), S(j, "detail")};
    case 9:
      return Behind{S(j, "epoch"), ToPoints(j.at("points"))};
    default:
      return Returned{N(j, "first"), ToList(j.at("entries"), kMaxEntries)};
  }
}

}  // namespace

json Octets(const base::Bytes& bytes) {
  return json::binary({bytes.begin(), bytes.end()});
}

base::Bytes ToBytes(const json& value) {
  const auto& raw = value.get_ref<const json::binary_t&>();
  return {raw.begin(), raw.end()};
}

json ToJson(const Message& message) {
  return std::visit(
      Overloaded{
          [](const Hello& m) {
            return json{{"v", m.version},     {"replica", m.replica}, {"unit", m.unit},
                        {"epoch", m.epoch},   {"pos", m.position},    {"hash", Octets(m.log_hash)},
                        {"cat", m.catalogue}, {"dir", m.directory}};
          },
          [](const Batch& m) {
            return json{{"first", m.first},
                        {"changes", FromList(m.changes)},
                        {"chain", Octets(m.chain)},
                        {"sig", Octets(m.signature)}};
          },
          [](const Over&) { return json::object(); },
          [](const Welcome& m) {
            return json{{"epoch", m.epoch}, {"through", m.accepted_through}, {"ms", m.province_ms}};
          },
          [](const Receipt& m) {
            return json{{"unit", m.unit},
                        {"replica", m.replica},
                        {"epoch", m.epoch},
                        {"through", m.accepted_through},
                        {"chain", Octets(m.chain)},
                        {"pos", m.position},
                        {"hash", Octets(m.log_hash)},
                        {"ms", m.province_ms},
                        {"sig", Octets(m.signature)}};
          },
          [](const Entries& m) {
            return json{{"first", m.first}, {"entries", FromList(m.entries)}};
          },
          [](const Part& m) {
            return json{{"name", m.name},
                        {"id", m.id},
                        {"offset", m.offset},
                        {"total", m.total},
                        {"bytes", Octets(m.bytes)}};
          },
          [](const Done& m) {
            return json{{"pos", m.position}, {"hash", Octets(m.log_hash)}, {"more", m.more}};
          },
          [](const Refused& m) {
            return json{{"reason", m.reason}, {"detail", m.detail}};
          },
          [](const Behind& m) {
            return json{{"epoch", m.epoch}, {"points", FromPoints(m.points)}};
          },
          [](const Returned& m) {
            return json{{"first", m.first}, {"entries", FromList(m.entries)}};
          }},
      message);
}

base::Result<Message> FromJson(std::size_t kind, const json& value) {
  try {
    return Read(kind, value);
  } catch (const json::exception&) {
    return base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  }
}

base::Bytes BatchSigned(const std::string& replica, const std::string& epoch, std::int64_t last,
                        const base::Bytes& chain) {
  return change::ToCbor(json::array({"hosoxa batch 2", replica, epoch, last, Octets(chain)}));
}

base::Bytes ReceiptSigned(const Receipt& r) {
  return change::ToCbor(
      json::array({"hosoxa receipt 1", r.unit, r.replica, r.epoch, r.accepted_through,
                   Octets(r.chain), r.position, Octets(r.log_hash), r.province_ms}));
}

base::Bytes EncodeReceipt(const Receipt& receipt) {
  return change::ToCbor(ToJson(receipt));
}

base::Result<Receipt> DecodeReceipt(std::string_view bytes) {
  const auto value = change::FromCbor(bytes, 4096);
  if (!value) return base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  HOSO_TRY_ASSIGN(const Message message, FromJson(4, *value));
  return std::get<Receipt>(message);
}

}  // namespace hoso::protocol
