#include "common/catalog/reader.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "common/catalog/json.h"

namespace hoso::catalog {
namespace {

constexpr std::size_t kMany = 100'000;

int ClockMinute(const nlohmann::json& value) {  // -1 if it is no time of day.
  if (!value.is_string()) return -1;
  const auto time = domain::ParseLocalTime("2026-01-01T" + value.get<std::string>());
  return time ? time->minute : -1;
}

bool Digits(const std::string& text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string::npos;
}

template <class J>
void Unique(std::set<std::string>& seen, const std::string& key, const J& json) {
  if (!seen.insert(key).second) json.Fail("'" + key + "' is there twice");
}

template <class J>
domain::Limit ReadLimit(const J& json) {
  const auto unit = domain::ParseLimitUnit(json.Text("unit"));
  if (!unit) json.At("unit").Fail("unit must be wd, d, h or m");
  return {json.Count("value", 1, domain::kMaxLimit), *unit};
}

template <class J>
std::optional<domain::Limit> ReadLimitIfAny(const J& json, const char* key) {
  return json.Has(key) ? std::optional(ReadLimit(json.At(key))) : std::nullopt;
}

template <class J>
std::string ReadDate(const J& json, const char* key) {
  const std::string text = json.Text(key, true);
  if (!text.empty() && !domain::ParseDay(text))
    json.At(key).Fail(std::string("'") + key + "' is no date");
  return text;
}

template <class J>
Origin ReadOrigin(const J& json) {
  Origin origin{json.Name("source"), ReadDate(json, "valid_from"), ReadDate(json, "valid_to")};
  if (!origin.valid_to.empty() && origin.valid_to < origin.valid_from)
    json.At("valid_to").Fail("valid_to lies before valid_from");
  return origin;
}

/// Of an entry in a list: its own where it says so, else the one at the head of the file.
template <class J>
Origin ReadOrigin(const J& item, const Origin& head) {
  return item.Has("source") ? ReadOrigin(item) : head;
}

template <class J>
std::vector<Field> ReadFields(const J& json) {
  std::vector<Field> out;
  std::set<std::string> seen;
  for (const auto& item : json.List("fields", 200)) {
    out.push_back({item.Name("key"), item.Name("label")});
    Unique(seen, out.back().key, item);
  }
  return out;
}

template <class J>
domain::OfficeHours ReadHours(const J& json) {
  domain::OfficeHours hours;
  hours.spans.clear();
  for (const auto& span : json.List("office_hours", 4)) {
    const nlohmann::json& pair = span.value();
    if (!pair.is_array() || pair.size() != 2) span.Fail("office hours come in pairs");
    const int from = ClockMinute(pair[0]), to = ClockMinute(pair[1]);
    const int after = hours.spans.empty() ? 0 : hours.spans.back().to;
    if (from < after || to <= from) span.Fail("office hours out of order");
    hours.spans.push_back({from, to});
  }
  if (hours.spans.empty()) json.At("office_hours").Fail("office hours are empty");
  return hours;
}

template <class J>
SupplementPolicy ReadSupplement(const J& json) {
  SupplementPolicy policy;
  if (json.Has("max_requests")) policy.max_requests = json.Count("max_requests", 0, 100);
  if (json.Has("max_suspensions")) policy.max_suspensions = json.Count("max_suspensions", 0, 100);
  policy.request_within = ReadLimitIfAny(json, "request_within");
  policy.applicant_limit = ReadLimitIfAny(json, "applicant_limit");
  policy.refuse_within = ReadLimitIfAny(json, "refuse_within");
  policy.after_failure = json.Text("after_failure", true);
  const std::string clock = json.Text("clock");
  if (clock != "pause" && clock != "restart")
    json.At("clock").Fail("clock must be pause or restart");
  policy.clock = clock == "restart" ? domain::ClockPolicy::kRestart : domain::ClockPolicy::kPause;
  policy.clock_confirmed = json.Flag("clock_confirmed");
  return policy;
}

}  // namespace

base::Result<Catalog> Reader::Read() {
  try {
    ReadManifest();
    ReadCalendar();
    ReadPlaces();
    ReadWorkflow();
    ReadProcedures();
    return std::move(out_);
  } catch (const Wrong& wrong) {
    return base::Fail(base::ErrorKind::kDamaged, "catalog.invalid", wrong.where + ": " + wrong.why);
  }
}

void Reader::ReadManifest() {
  const Json manifest(files_, "catalog.json");
  if (manifest.Number("format") != 1) manifest.At("format").Fail("format is not 1");
  out_.version_ = manifest.Name("version");
  const auto listed = manifest.Texts("files");
  for (const std::string& name : listed)
    if (!files_.contains(name)) manifest.At("files").Fail("file missing: " + name);
  for (const auto& [name, text] : files_)
    if (name != "catalog.json" && std::find(listed.begin(), listed.end(), name) == listed.end())
      manifest.At("files").Fail("file not listed: " + name);
}

void Reader::ReadCalendar() {
  const Json file(files_, "calendar.json");
  const std::map<std::string, domain::DayKind> kinds = {{"holiday", domain::DayKind::kHoliday},
                                                        {"comp_off", domain::DayKind::kCompOff},
                                                        {"swap_off", domain::DayKind::kSwapOff},
                                                        {"swap_work", domain::DayKind::kSwapWork}};
  const auto from = domain::ParseDay(file.Text("covered_from"));
  const auto to = domain::ParseDay(file.Text("covered_to"));
  if (!from || !to || *to < *from) file.At("covered_to").Fail("coverage is no span of dates");
  std::set<std::string> seen;
  for (const Json& item : file.List("days", 5000)) {
    const auto day = domain::ParseDay(item.Text("date"));
    const auto kind = kinds.find(item.Text("kind"));
    if (!day) item.At("date").Fail("'date' is no date");
    if (*day < *from || *day > *to) item.At("date").Fail("day lies outside the coverage");
    if (kind == kinds.end()) item.At("kind").Fail("unknown kind of day");
    Unique(seen, item.Text("date"), item);
    out_.special_days_.push_back(
        {*day, kind->second, item.Text("name"), item.Name("source"), item.Flag("confirmed")});
  }
  out_.calendar_.emplace(out_.special_days_, *from, *to, ReadHours(file));
}

void Reader::ReadPlaces() {
  for (const Json& item : Json(files_, "provinces.json").List("provinces", 100)) {
    Province province{item.Text("code"), item.Name("name"), item.Texts("former_codes"),
                      item.Texts("former"), ReadOrigin(item)};
    if (!Digits(province.code, 2)) item.At("code").Fail("a province's code has two digits");
    if (province.former_codes.empty())
      item.At("former_codes").Fail("a province needs a former code");
    if (!out_.provinces_.emplace(province.code, province).second)
      item.Fail("province is there twice");
  }
  const Json file(files_, "units.json");
  const Origin head = ReadOrigin(file);
  for (const Json& item : file.List("units", kMany)) {
    Unit unit{item.Text("code"), item.Name("name"), item.Text("kind"), item.Text("province"),
              ReadOrigin(item, head)};
    if (!Digits(unit.code, 5)) item.At("code").Fail("a unit's code has five digits");
    if (unit.kind != "phuong" && unit.kind != "xa" && unit.kind != "dac_khu")
      item.At("kind").Fail("kind must be phuong, xa or dac_khu");
    if (!out_.provinces_.contains(unit.province))
      item.At("province").Fail("unknown province " + unit.province);
    if (item.Has("office_hours"))
      out_.unit_calendars_.emplace(unit.code, out_.calendar_->WithHours(ReadHours(item)));
    if (!out_.units_.emplace(unit.code, unit).second) item.Fail("unit is there twice");
  }
}

void Reader::ReadWorkflow() {
  const Json states(files_, "states.json");
  const Origin of_states = ReadOrigin(states);
  for (const Json& item : states.List("states", 100)) {
    const State state{item.Count("code", 1, 10), item.Name("name"), item.Flag("ends"),
                      item.Flag("stops_clock"), ReadOrigin(item, of_states)};
    if (!out_.states_.emplace(state.code, state).second) item.Fail("state is there twice");
  }
  if (out_.states_.size() != 10) states.At("states").Fail("there are ten states");

  std::set<std::string> roles, forms, steps;
  const Json role_file(files_, "roles.json");
  const Origin of_roles = ReadOrigin(role_file);
  for (const Json& item : role_file.List("roles", 100)) {
    out_.roles_.push_back({item.Name("code"), item.Name("name"), ReadOrigin(item, of_roles)});
    Unique(roles, out_.roles_.back().code, item);
  }
  for (const Json& item : Json(files_, "forms.json").List("forms", 100)) {
    out_.forms_.push_back({item.Count("number", 1, 100), item.Name("name"), ReadOrigin(item)});
    Unique(forms, std::to_string(out_.forms_.back().number), item);
  }

  const Json transitions(files_, "transitions.json");
  out_.transitions_origin_ = ReadOrigin(transitions);
  for (const Json& item : transitions.List("transitions", 100)) {
    domain::Transition t;
    t.name = item.Name("name");
    Unique(steps, t.name, item);
    for (const Json& from : item.List("from", 10)) {
      if (!from.value().is_number_integer() || !out_.states_.contains(from.value().get<int>()))
        from.Fail("unknown state");
      t.from.push_back(from.value().get<int>());
    }
    t.to = item.Count("to", 1, 10);
    const auto role = domain::ParseRole(item.Text("role"));
    if (!role || !roles.contains(item.Text("role"))) item.At("role").Fail("unknown role");
    t.role = *role;
    t.needs_reason = item.Flag("needs_reason");
    t.needs_approval = item.Flag("needs_approval");
    t.form = item.Text("form");
    if (!t.form.empty() && !forms.contains(t.form)) item.At("form").Fail("unknown form");
    out_.transitions_.push_back(std::move(t));
  }
  out_.fields_ = ReadFields(Json(files_, "fields.json"));
}

void Reader::ReadProcedures() {
  std::set<std::string> seen;
  for (const auto& [name, text] : files_) {
    if (!name.starts_with("procedures/")) continue;
    const Json json(files_, name);
    Procedure procedure = ReadProcedure(json);
    Unique(seen, procedure.code + " " + procedure.version, json);
    out_.procedures_.push_back(std::move(procedure));
  }
  for (const Json& item : Json(files_, "other_procedures.json").List("procedures", 2000)) {
    const std::string code = item.Name("code");
    if (out_.FindProcedure(code) != nullptr) item.Fail("procedure is there twice");
    Unique(seen, code, item);
    const Origin origin = ReadOrigin(item);
    out_.others_.push_back({code, item.Name("name"), item.Name("field"), item.Text("limit_text"),
                            origin.source, origin.valid_from, origin.valid_to,
                            ReadLimitIfAny(item, "limit"), item.Texts("results")});
  }
}

Procedure Reader::ReadProcedure(const Json& json) const {
  Procedure p;
  p.code = json.Name("code");
  p.version = json.Name("version");
  p.name = json.Name("name");
  p.field = json.Name("field");
  p.basis = json.Text("basis");
  p.fee_note = json.Text("fee_note");
  p.note = json.Text("note");
  const Origin origin = ReadOrigin(json);
  p.source = origin.source;
  p.valid_from = origin.valid_from;
  p.valid_to = origin.valid_to;
  std::set<std::string> seen;
  for (const Json& item : json.List("cases", 50)) {
    p.cases.push_back(ReadCase(item));
    Unique(seen, p.cases.back().key, item);
  }
  if (p.cases.empty()) json.At("cases").Fail("a procedure needs a case");
  p.results = json.Texts("results");
  p.supplement = ReadSupplement(json.At("supplement"));
  p.fields = ReadFields(json);
  p.internal = json.Flag("internal");
  p.silence_means_consent = json.Flag("silence_means_consent");
  p.steps_confirmed = json.Flag("steps_confirmed");
  return p;
}

Case Reader::ReadCase(const Json& json) const {
  Case c{json.Name("key"),
         json.Text("name"),
         ReadLimit(json.At("limit")),
         ReadLimitIfAny(json, "difficult_limit"),
         {},
         {}};
  std::set<std::string> seen;
  for (const Json& item : json.List("components", 200)) {
    c.components.push_back({item.Name("key"), item.Name("name"), item.Flag("optional")});
    Unique(seen, c.components.back().key, item);
  }
  for (const Json& item : json.List("steps", 50))
    c.steps.push_back({ReadRoles(item), item.Name("task"), item.Count("minutes", 1, 1'000'000)});
  return c;
}

std::string Reader::ReadRoles(const Json& step) const {
  const std::string text = step.Name("role");
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, '+');)
    if (std::none_of(out_.roles_.begin(), out_.roles_.end(),
                     [&](const RoleName& role) { return role.code == part; }))
      step.At("role").Fail("unknown role " + part);
  return text;
}

}  // namespace hoso::catalog
