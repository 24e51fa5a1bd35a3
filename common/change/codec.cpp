#include <algorithm>
#include <cstdint>

#include "common/base/ids.h"
#include "common/base/number.h"
#include "common/change/cbor.h"
#include "common/change/change.h"
#include "common/crypto/hash.h"

namespace hoso::change {
namespace {

using nlohmann::json;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

constexpr const char* kDecisions[] = {"approve", "return", "refuse"};

/// Deeper than any message of ours; stops a decoder from recursing as deep as an attacker likes.
class DepthGuard : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  // Beyond this it would be read as a negative number.
  bool number_unsigned(number_unsigned_t number) override { return number <= INT64_MAX; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool string(string_t& text) override { return base::IsUtf8(text); }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ <= kMaxDepth; }
  bool key(string_t& text) override { return base::IsUtf8(text); }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ <= kMaxDepth; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  int depth_ = 0;
};

json FromWrite(const Write& write) {
  json out{{"k", write.key}, {"v", write.value}};
  if (write.seen) out["s"] = json::array({write.seen->replica, write.seen->sequence});
  return out;
}

json FromIds(const std::vector<ChangeId>& ids) {
  json out = json::array();
  for (const ChangeId& id : ids) out.push_back(json::array({id.replica, id.sequence}));
  return out;
}

json FromBody(const Body& body) {
  return std::visit(
      Overloaded{[](const Create& b) {
                   json fields = json::object();
                   for (const auto& [key, value] : b.fields) fields[key] = value;
                   return json{
                       {"unit", b.unit},      {"proc", b.procedure},   {"ver", b.procedure_version},
                       {"case", b.case_key},  {"recv", b.received_at}, {"prov", b.provisional_code},
                       {"hard", b.difficult}, {"fields", fields},      {"comp", b.components}};
                 },
                 [](const SetFields& b) {
                   json fields = json::array();
                   for (const Write& write : b.fields) fields.push_back(FromWrite(write));
                   return json{{"fields", fields}};
                 },
                 [](const CheckItem& b) {
                   return json{{"item", FromWrite(b.item)}};
                 },
                 [](const AddNote& b) {
                   return json{{"text", b.text}};
                 },
                 [](const Step& b) {
                   return json{{"name", b.name}, {"reason", b.reason}, {"at", b.at}};
                 },
                 [](const Assign& b) {
                   return json{{"to", FromWrite(b.to)}};
                 },
                 [](const Decide& b) {
                   return json{{"decision", kDecisions[static_cast<int>(b.decision)]},
                               {"digest", b.digest},
                               {"pos", b.seen_position},
                               {"reason", b.reason}};
                 },
                 [](const Resolve& b) {
                   json out{{"field", b.field}, {"began", b.began}, {"seen", FromIds(b.seen)}};
                   if (b.keep) out["keep"] = FromIds({*b.keep})[0];
                   if (b.value) out["value"] = *b.value;
                   return out;
                 },
                 [](const Settle& b) {
                   return json{{"change", FromIds({b.change})[0]},
                               {"adopt", b.adopt},
                               {"reason", b.reason}};
                 },
                 [](const Unknown&) { return json::object(); }},
      body);
}

std::optional<ChangeId> ToId(const json& value) {
  if (!value.is_array() || value.size() != 2 || !value[0].is_string() ||
      !value[1].is_number_integer())
    return std::nullopt;
  ChangeId id{value[0].get<std::string>(), value[1].get<std::int64_t>()};
  if (!base::IsUuid(id.replica) || id.sequence < 1) return std::nullopt;
  return id;
}

bool IsKey(const std::string& key) {
  return !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

std::optional<Write> ToWrite(const json& object, bool with_key) {
  const std::string* key = Text(object, "k");
  const std::string* value = Text(object, "v");
  if (!key || !value || value->size() > kMaxValueBytes) return std::nullopt;
  if (with_key ? !IsKey(*key) : !key->empty()) return std::nullopt;
  Write write{*key, *value, std::nullopt};
  if (object.contains("s") && !(write.seen = ToId(object["s"]))) return std::nullopt;
  return write;
}

std::optional<Body> ToCreate(const json& b) {
  Create out;
  const std::pair<const char*, std::string*> texts[] = {
      {"unit", &out.unit},     {"proc", &out.procedure},   {"ver", &out.procedure_version},
      {"case", &out.case_key}, {"recv", &out.received_at}, {"prov", &out.provisional_code}};
  for (const auto& [key, target] : texts) {
    const std::string* text = Text(b, key);
    if (!text || text->size() > 128) return std::nullopt;
    *target = *text;
  }
  if (!b.contains("hard") || !b["hard"].is_boolean() || !b.contains("fields") ||
      !b["fields"].is_object() || b["fields"].size() > kMaxWrites || !b.contains("comp") ||
      !b["comp"].is_array() || b["comp"].size() > kMaxWrites)
    return std::nullopt;
  out.difficult = b["hard"].get<bool>();
  for (const auto& [key, value] : b["fields"].items()) {
    if (!IsKey(key) || !value.is_string()) return std::nullopt;
    out.fields[key] = value.get<std::string>();
    if (out.fields[key].size() > kMaxValueBytes) return std::nullopt;
  }
  for (const json& key : b["comp"]) {
    if (!key.is_string() || !IsKey(key.get<std::string>())) return std::nullopt;
    out.components.push_back(key.get<std::string>());
  }
  return out;
}

std::optional<Body> ToSetFields(const json& b) {
  if (!b.contains("fields") || !b["fields"].is_array() || b["fields"].empty() ||
      b["fields"].size() > kMaxWrites)
    return std::nullopt;
  SetFields out;
  for (const json& item : b["fields"]) {
    auto write = ToWrite(item, true);
    if (!write) return std::nullopt;
    out.fields.push_back(std::move(*write));
  }
  return out;
}

std::optional<Body> ToDecide(const json& b) {
  const std::string *decision = Text(b, "decision"), *digest = Text(b, "digest"),
                    *reason = Text(b, "reason");
  const auto position = Integer(b, "pos");
  if (!decision || !digest || !reason || !position || digest->size() != 64) return std::nullopt;
  for (int i = 0; i < 3; ++i)
    if (*decision == kDecisions[i])
      return Decide{static_cast<Decision>(i), *digest, *position, *reason};
  return std::nullopt;
}

std::optional<Body> ToResolve(const json& b) {
  const std::string* field = Text(b, "field");
  const auto began = Integer(b, "began");
  if (!field || !IsKey(*field) || !began || !b.contains("seen") || !b["seen"].is_array() ||
      b["seen"].size() > kMaxWrites)
    return std::nullopt;
  Resolve out{*field, *began, {}, {}, {}};
  for (const json& item : b["seen"]) {
    auto id = ToId(item);
    if (!id) return std::nullopt;
    out.seen.push_back(std::move(*id));
  }
  if (b.contains("keep") && !(out.keep = ToId(b["keep"]))) return std::nullopt;
  if (const std::string* value = Text(b, "value"); value && value->size() <= kMaxValueBytes)
    out.value = *value;
  if (out.keep.has_value() == out.value.has_value()) return std::nullopt;
  return out;
}

std::optional<Body> ToSettle(const json& b) {
  const std::string* reason = Text(b, "reason");
  if (!reason || !b.contains("adopt") || !b["adopt"].is_boolean() || !b.contains("change"))
    return std::nullopt;
  const auto id = ToId(b["change"]);
  if (!id) return std::nullopt;
  return Settle{*id, b["adopt"].get<bool>(), *reason};
}

std::optional<Body> ToBody(const std::string& kind, const json& b) {
  if (kind == "create") return ToCreate(b);
  if (kind == "set") return ToSetFields(b);
  if (kind == "decide") return ToDecide(b);
  if (kind == "resolve") return ToResolve(b);
  if (kind == "settle") return ToSettle(b);
  if (kind == "check" || kind == "assign") {
    const char* key = kind == "check" ? "item" : "to";
    if (!b.contains(key)) return std::nullopt;
    auto write = ToWrite(b[key], kind == "check");
    if (!write) return std::nullopt;
    if (kind == "check") return CheckItem{std::move(*write)};
    return Assign{std::move(*write)};
  }
  if (kind == "note") {
    const std::string* text = Text(b, "text");
    if (!text || text->size() > kMaxValueBytes) return std::nullopt;
    return AddNote{*text};
  }
  if (kind == "step") {
    const std::string *name = Text(b, "name"), *reason = Text(b, "reason"), *at = Text(b, "at");
    if (!name || !reason || !at || !IsKey(*name) || at->size() > 32) return std::nullopt;
    return Step{*name, *reason, *at};
  }
  return Unknown{kind};
}

json ToJson(const Change& change) {
  return json{{"r", change.id.replica},
              {"s", change.id.sequence},
              {"a", change.author},
              {"d", change.dossier},
              {"t", {change.times.desk_ms, change.times.trusted_ms, change.times.since_ms}},
              {"k", KindOf(change)},
              {"b", FromBody(change.body)}};
}

bool ReadTimes(const json& value, Times& times) {
  if (!value.is_array() || value.size() != 3) return false;
  for (const json& item : value)
    if (!item.is_number_integer()) return false;
  times = {value[0].get<std::int64_t>(), value[1].get<std::int64_t>(),
           value[2].get<std::int64_t>()};
  return true;
}

}  // namespace

base::Bytes ToCbor(const json& value) {
  base::Bytes out;
  json::to_cbor(value, out);
  return out;
}

std::optional<json> FromCbor(std::string_view bytes, std::size_t limit) {
  if (bytes.empty() || bytes.size() > limit) return std::nullopt;
  DepthGuard guard;
  if (!json::sax_parse(bytes.begin(), bytes.end(), &guard, json::input_format_t::cbor))
    return std::nullopt;
  json value = json::from_cbor(bytes, true, false);
  if (value.is_discarded() || ToCbor(value) != bytes) return std::nullopt;
  return value;
}

const std::string* Text(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto it = object.find(key);
  return it == object.end() ? nullptr : it->get_ptr<const std::string*>();
}

std::optional<std::int64_t> Integer(const json& object, const char* key) {
  if (!object.is_object()) return std::nullopt;
  const auto it = object.find(key);
  if (it == object.end() || !it->is_number_integer()) return std::nullopt;
  return it->get<std::int64_t>();
}

std::optional<ChangeId> ChangeId::Parse(std::string_view text) {
  if (text.size() < 38 || text[36] != ':') return std::nullopt;
  const ChangeId id{std::string(text.substr(0, 36)), base::ToNumber(text.substr(37)).value_or(0)};
  return id.sequence >= 1 && base::IsUuid(id.replica) ? std::optional(id) : std::nullopt;
}

std::string KindOf(const Change& change) {
  constexpr const char* kKinds[] = {"create", "set",    "check",   "note",  "step",
                                    "assign", "decide", "resolve", "settle"};
  if (const auto* unknown = std::get_if<Unknown>(&change.body)) return unknown->kind;
  return kKinds[change.body.index()];
}

bool NeedsSignature(const Change& change) {
  return std::holds_alternative<Decide>(change.body) ||
         std::holds_alternative<Resolve>(change.body) ||
         std::holds_alternative<Settle>(change.body);
}

base::Bytes SignedPart(const Change& change) {
  return ToCbor(ToJson(change));
}

base::Bytes SignedPartOf(std::string_view encoded) {
  auto value = FromCbor(encoded, kMaxChangeBytes);
  if (!value || !value->is_object()) return {};
  value->erase("g");
  return ToCbor(*value);
}

base::Bytes Encode(const Change& change) {
  json value = ToJson(change);
  if (!change.signature.empty()) value["g"] = base::ToHex(change.signature);
  return ToCbor(value);
}

base::Result<Change> Decode(std::string_view bytes) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "change.malformed");
  const auto value = FromCbor(bytes, kMaxChangeBytes);
  if (!value || !value->is_object()) return bad;
  const std::string *replica = Text(*value, "r"), *author = Text(*value, "a"),
                    *dossier = Text(*value, "d"), *kind = Text(*value, "k");
  const auto sequence = Integer(*value, "s");
  if (!replica || !author || !dossier || !kind || !sequence || *sequence < 1 ||
      !base::IsUuid(*replica) || !base::IsUuid(*dossier) || author->empty() ||
      author->size() > 64 || !IsKey(*kind) || !value->contains("b") || !(*value)["b"].is_object())
    return bad;
  Change change{{*replica, *sequence}, *author, *dossier, {}, {}, {}};
  if (!value->contains("t") || !ReadTimes((*value)["t"], change.times)) return bad;
  auto body = ToBody(*kind, (*value)["b"]);
  if (!body) return bad;
  change.body = std::move(*body);
  if (const std::string* signature = Text(*value, "g")) {
    auto raw = base::FromHex(*signature);
    if (!raw || raw->size() != 64) return bad;
    change.signature = std::move(*raw);
  }
  return change;
}

base::Bytes ChainHash(std::string_view previous, std::string_view encoded) {
  return crypto::Sha256(base::Bytes(previous) + base::Bytes(encoded));
}

base::Bytes ChainStart() {
  return base::Bytes(32, '\0');
}

}  // namespace hoso::change
