#include <climits>

#include "common/change/cbor.h"
#include "common/change/state.h"
#include "common/crypto/hash.h"

namespace hoso::change {
namespace {

using nlohmann::json;

/// A number within its bounds, so that what is read is what was written.
int ToInt(const json& j, int least, int most) {
  const auto number = j.get<std::int64_t>();
  if (number < least || number > most)
    throw json::other_error::create(501, "out of bounds", nullptr);
  return static_cast<int>(number);
}

json FromId(const ChangeId& id) {
  return json::array({id.replica, id.sequence});
}
ChangeId ToId(const json& j) {
  return {j.at(0).get<std::string>(), j.at(1).get<std::int64_t>()};
}

json FromValue(const Value& v) {
  return json::array({FromId(v.id), v.value, v.author, v.at_ms, v.position});
}
Value ToValue(const json& j) {
  return {ToId(j.at(0)), j.at(1).get<std::string>(), j.at(2).get<std::string>(),
          j.at(3).get<std::int64_t>(), j.at(4).get<std::int64_t>()};
}

json FromRegister(const Register& r) {
  json same = json::array(), rivals = json::array();
  for (const ChangeId& id : r.same) same.push_back(FromId(id));
  for (const Value& v : r.rivals) rivals.push_back(FromValue(v));
  return json::array({FromValue(r.held), same, rivals, r.began});
}
Register ToRegister(const json& j) {
  Register r{ToValue(j.at(0)), {}, {}, j.at(3).get<std::int64_t>()};
  for (const json& id : j.at(1)) r.same.insert(ToId(id));
  for (const json& v : j.at(2)) r.rivals.push_back(ToValue(v));
  return r;
}

json FromSetAside(const SetAside& s) {
  return json::array({FromId(s.id), s.kind, s.author, s.reason, s.at_ms, s.position, s.settled,
                      s.difference, json::binary({s.change.begin(), s.change.end()})});
}
SetAside ToSetAside(const json& j) {
  const auto& raw = j.at(8).get_binary();
  return {ToId(j.at(0)),
          j.at(1).get<std::string>(),
          j.at(2).get<std::string>(),
          j.at(3).get<std::string>(),
          j.at(4).get<std::int64_t>(),
          j.at(5).get<std::int64_t>(),
          j.at(6).get<std::string>(),
          j.at(7).get<std::vector<std::string>>(),
          base::Bytes(raw.begin(), raw.end())};
}

json ToJson(const DossierState& s) {
  json registers = json::object(), notes = json::array(), aside = json::array(),
       pauses = json::array();
  for (const auto& [key, r] : s.registers) registers[key] = FromRegister(r);
  for (const Note& n : s.notes)
    notes.push_back(json::array({FromId(n.id), n.author, n.at_ms, n.text}));
  for (const SetAside& a : s.set_aside) aside.push_back(FromSetAside(a));
  for (const Pause& p : s.pauses) pauses.push_back(json::array({p.kind, p.from, p.to}));
  json out{{"id", s.id},
           {"unit", s.unit},
           {"proc", s.procedure},
           {"ver", s.procedure_version},
           {"case", s.case_key},
           {"hard", s.difficult},
           {"recv", s.received_at},
           {"code", s.code},
           {"prov", s.provisional_code},
           {"state", s.state},
           {"stage", s.stage},
           {"moved", json::array({s.moved.replica, s.moved.position})},
           {"receiver", s.receiver},
           {"proposers", s.proposers},
           {"supp", s.supplements},
           {"ext", s.extensions}};
  // Moved, which the list above would not: they are nearly all of a dossier.
  out["reg"] = std::move(registers);
  out["notes"] = std::move(notes);
  out["aside"] = std::move(aside);
  out["pauses"] = std::move(pauses);
  if (s.decision) {
    const LastDecision& d = *s.decision;
    out["dec"] = json::array({static_cast<int>(d.decision), d.author, d.role, d.reason, d.at_ms});
  }
  return out;
}

DossierState FromJson(const json& j) {
  DossierState s;
  s.id = j.at("id").get<std::string>();
  s.unit = j.at("unit").get<std::string>();
  s.procedure = j.at("proc").get<std::string>();
  s.procedure_version = j.at("ver").get<std::string>();
  s.case_key = j.at("case").get<std::string>();
  s.difficult = j.at("hard").get<bool>();
  s.received_at = j.at("recv").get<std::string>();
  s.code = j.at("code").get<std::string>();
  s.provisional_code = j.at("prov").get<std::string>();
  s.state = ToInt(j.at("state"), 0, 10);
  s.stage = j.at("stage").get<std::string>();
  s.moved = {j.at("moved").at(0).get<std::string>(), j.at("moved").at(1).get<std::int64_t>()};
  s.receiver = j.at("receiver").get<std::string>();
  s.proposers = j.at("proposers").get<std::set<std::string>>();
  for (const auto& [key, r] : j.at("reg").items()) s.registers[key] = ToRegister(r);
  for (const json& n : j.at("notes"))
    s.notes.push_back({ToId(n.at(0)), n.at(1).get<std::string>(), n.at(2).get<std::int64_t>(),
                       n.at(3).get<std::string>()});
  for (const json& a : j.at("aside")) s.set_aside.push_back(ToSetAside(a));
  for (const json& p : j.at("pauses"))
    s.pauses.push_back(
        {p.at(0).get<std::string>(), p.at(1).get<std::string>(), p.at(2).get<std::string>()});
  s.supplements = ToInt(j.at("supp"), 0, INT_MAX);
  s.extensions = ToInt(j.at("ext"), 0, INT_MAX);
  if (j.contains("dec")) {
    const json& d = j.at("dec");
    s.decision = LastDecision{static_cast<Decision>(ToInt(d.at(0), 0, 2)),
                              d.at(1).get<std::string>(), d.at(2).get<std::string>(),
                              d.at(3).get<std::string>(), d.at(4).get<std::int64_t>()};
  }
  return s;
}

constexpr std::size_t kMaxStateBytes = 64u << 20;

}  // namespace

base::Bytes EncodeState(const DossierState& state) {
  return ToCbor(ToJson(state));
}

base::Result<DossierState> DecodeState(std::string_view bytes) {
  const auto value = FromCbor(bytes, kMaxStateBytes);
  if (!value) return base::Fail(base::ErrorKind::kDamaged, "state.malformed");
  try {
    return FromJson(*value);
  } catch (const json::exception&) {
    return base::Fail(base::ErrorKind::kDamaged, "state.malformed");
  }
}

base::Bytes StateDigest(const DossierState& state) {
  return StateDigestOf(EncodeState(state));
}

base::Bytes StateDigestOf(std::string_view encoded) {
  return crypto::Sha256(encoded);
}

std::string ContentDigest(const DossierState& state) {
  json places = json::object();
  for (const auto& [key, r] : state.registers) {
    json rivals = json::array();
    for (const Value& v : r.rivals) rivals.push_back(json::array({FromId(v.id), v.value}));
    places[key] = json::array({r.held.value, rivals});
  }
  return base::ToHex(crypto::Sha256(ToCbor(
      json{{"id", state.id}, {"state", state.state}, {"stage", state.stage}, {"places", places}})));
}

}  // namespace hoso::change
