#include "common/catalog/reader.h"

#include <set>

#include "common/catalog/json.h"

namespace hoso::catalog {
namespace {

constexpr std::size_t kMany = 100'000;

int ClockMinute(const nlohmann::json& value) {  // -1 if it is no time of day.
  if (!value.is_string()) return -1;
  const auto time = domain::ParseLocalTime("2026-01-01T" + value.get<std::string>());
  return time ? time->minute : -1;
}

template <class J>
domain::Limit ReadLimit(const J& json) {
  const auto unit = domain::ParseLimitUnit(json.Text("unit"));
  if (!unit) json.Fail("unit must be wd, d, h or m");
  const std::int64_t value = json.Number("value");
  if (value < 1 || value > domain::kMaxLimit) json.Fail("limit out of range");
  return {static_cast<int>(value), *unit};
}

template <class J>
std::string ReadDate(const J& json, const char* key) {
  const std::string text = json.Text(key, true);
  if (!text.empty() && !domain::ParseDay(text)) json.Fail(std::string("'") + key + "' is no date");
  return text;
}

template <class J>
std::vector<Field> ReadFields(const J& json) {
  std::vector<Field> out;
  for (const auto& item : json.List("fields", 200))
    out.push_back({item.Text("key"), item.Text("label")});
  return out;
}

template <class J>
void Unique(std::set<std::string>& seen, const std::string& key, const J& json) {
  if (key.empty() || !seen.insert(key).second) json.Fail("'" + key + "' is there twice");
}

}  // namespace

base::Result<Catalog> Reader::Read() {
  try {
    ReadManifest();
    ReadPlaces();
    ReadWorkflow();
    ReadCalendar();
    ReadProcedures();
    return std::move(out_);
  } catch (const Wrong& wrong) {
    return base::Fail(base::ErrorKind::kDamaged, "catalog.invalid", wrong.where + ": " + wrong.why);
  }
}

void Reader::ReadManifest() {
  const Json manifest(files_, "catalog.json");
  if (manifest.Number("format") != 1) manifest.Fail("format is not 1");
  out_.version_ = manifest.Text("version");
  for (const std::string& name : manifest.Texts("files"))
    if (!files_.contains(name)) manifest.Fail("file missing: " + name);
}

void Reader::ReadPlaces() {
  for (const Json& item : Json(files_, "provinces.json").List("provinces", 100)) {
    Province province{item.Text("code"), item.Text("name"), item.Texts("former_codes")};
    if (province.former_codes.empty()) item.Fail("a province needs a former code");
    if (!out_.provinces_.emplace(province.code, province).second)
      item.Fail("province is there twice");
  }
  for (const Json& item : Json(files_, "units.json").List("units", kMany)) {
    Unit unit{item.Text("code"), item.Text("name"), item.Text("kind"), item.Text("province")};
    if (unit.code.size() != 5) item.Fail("a unit's code has five digits");
    if (!out_.provinces_.contains(unit.province)) item.Fail("unknown province " + unit.province);
    if (!out_.units_.emplace(unit.code, unit).second) item.Fail("unit is there twice");
  }
}

void Reader::ReadWorkflow() {
  for (const Json& item : Json(files_, "states.json").List("states", 100))
    out_.states_[static_cast<int>(item.Number("code"))] = item.Text("name");
  if (out_.states_.size() != 10) Json(files_, "states.json").Fail("there are ten states");
  std::set<std::string> seen;
  for (const Json& item : Json(files_, "transitions.json").List("transitions", 100)) {
    domain::Transition t;
    t.name = item.Text("name");
    Unique(seen, t.name, item);
    for (const Json& from : item.List("from", 10)) {
      if (!from.value().is_number_integer() || !out_.states_.contains(from.value().get<int>()))
        item.Fail("unknown state");
      t.from.push_back(from.value().get<int>());
    }
    t.to = static_cast<int>(item.Number("to"));
    if (!out_.states_.contains(t.to)) item.Fail("unknown state");
    const auto role = domain::ParseRole(item.Text("role"));
    if (!role) item.Fail("unknown role");
    t.role = *role;
    t.needs_reason = item.Flag("needs_reason");
    t.needs_approval = item.Flag("needs_approval");
    t.form = item.Text("form");
    out_.transitions_.push_back(std::move(t));
  }
  out_.fields_ = ReadFields(Json(files_, "fields.json"));
}

void Reader::ReadCalendar() {
  const Json file(files_, "calendar.json");
  const std::map<std::string, domain::DayKind> kinds = {{"holiday", domain::DayKind::kHoliday},
                                                        {"comp_off", domain::DayKind::kCompOff},
                                                        {"swap_off", domain::DayKind::kSwapOff},
                                                        {"swap_work", domain::DayKind::kSwapWork}};
  std::vector<domain::CalendarDay> days;
  std::set<std::string> seen;
  for (const Json& item : file.List("days", 5000)) {
    const std::string date = item.Text("date");
    Unique(seen, date, item);
    const auto day = domain::ParseDay(date);
    const auto kind = kinds.find(item.Text("kind"));
    if (!day || kind == kinds.end()) item.Fail("a day needs a date and a known kind");
    days.push_back(
        {*day, kind->second, item.Text("name"), item.Text("source"), item.Flag("confirmed")});
  }
  domain::OfficeHours hours;
  hours.spans.clear();
  for (const Json& span : file.List("office_hours", 4)) {
    const nlohmann::json& pair = span.value();
    if (!pair.is_array() || pair.size() != 2) file.Fail("office hours come in pairs");
    const int from = ClockMinute(pair[0]), to = ClockMinute(pair[1]);
    const int after = hours.spans.empty() ? 0 : hours.spans.back().to;
    if (from < after || to <= from) file.Fail("office hours out of order");
    hours.spans.push_back({from, to});
  }
  const auto from = domain::ParseDay(file.Text("covered_from"));
  const auto to = domain::ParseDay(file.Text("covered_to"));
  if (!from || !to || *to < *from || hours.spans.empty())
    file.Fail("coverage or office hours missing");
  out_.calendar_.emplace(std::move(days), *from, *to, std::move(hours));
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
    const std::string code = item.Text("code");
    if (out_.FindProcedure(code) != nullptr) item.Fail("procedure is there twice");
    out_.others_.push_back({code, item.Text("name"), item.Text("field"), item.Text("limit_text"),
                            item.Text("source")});
  }
}

Procedure Reader::ReadProcedure(const Json& json) const {
  Procedure p;
  p.code = json.Text("code");
  p.version = json.Text("version");
  p.name = json.Text("name");
  p.field = json.Text("field");
  p.basis = json.Text("basis");
  p.fee_note = json.Text("fee_note");
  p.note = json.Text("note");
  p.source = json.Text("source");
  p.valid_from = ReadDate(json, "valid_from");
  p.valid_to = ReadDate(json, "valid_to");
  if (!p.valid_to.empty() && p.valid_to < p.valid_from)
    json.Fail("valid_to lies before valid_from");
  std::set<std::string> seen;
  for (const Json& item : json.List("cases", 50)) {
    p.cases.push_back(ReadCase(item));
    Unique(seen, p.cases.back().key, item);
  }
  if (p.cases.empty()) json.Fail("a procedure needs a case");
  p.results = json.Texts("results");
  const Json supplement = json.At("supplement");
  if (supplement.Has("max_requests"))
    p.supplement.max_requests = static_cast<int>(supplement.Number("max_requests"));
  if (supplement.Has("applicant_limit"))
    p.supplement.applicant_limit = ReadLimit(supplement.At("applicant_limit"));
  p.supplement.after_failure = supplement.Text("after_failure", true);
  const std::string clock = supplement.Text("clock");
  if (clock != "pause" && clock != "restart") supplement.Fail("clock must be pause or restart");
  p.supplement.clock =
      clock == "restart" ? domain::ClockPolicy::kRestart : domain::ClockPolicy::kPause;
  p.supplement.clock_confirmed = supplement.Flag("clock_confirmed");
  p.fields = ReadFields(json);
  return p;
}

Case Reader::ReadCase(const Json& json) const {
  Case c{json.Text("key"), json.Text("name"), ReadLimit(json.At("limit")), {}, {}, {}};
  if (json.Has("difficult_limit")) c.difficult_limit = ReadLimit(json.At("difficult_limit"));
  std::set<std::string> seen;
  for (const Json& item : json.List("components", 200)) {
    c.components.push_back({item.Text("key"), item.Text("name"), item.Flag("optional")});
    Unique(seen, c.components.back().key, item);
  }
  for (const Json& item : json.List("steps", 50))
    c.steps.push_back(
        {item.Text("role"), item.Text("task"), static_cast<int>(item.Number("minutes"))});
  return c;
}

}  // namespace hoso::catalog
