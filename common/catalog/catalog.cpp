#include "common/catalog/catalog.h"

#include <algorithm>

#include "common/domain/code.h"

namespace hoso::catalog {

const Case* Procedure::FindCase(const std::string& key) const {
  const auto it =
      std::find_if(cases.begin(), cases.end(), [&](const Case& c) { return c.key == key; });
  return it == cases.end() ? nullptr : &*it;
}

const Procedure* Catalog::FindProcedure(const std::string& code, const std::string& iso_day) const {
  const Procedure* latest = nullptr;
  const Procedure* in_force = nullptr;
  for (const Procedure& p : procedures_) {
    if (p.code != code) continue;
    if (latest == nullptr || p.valid_from > latest->valid_from) latest = &p;
    const bool started = p.valid_from.empty() || p.valid_from <= iso_day;
    const bool ended = !p.valid_to.empty() && p.valid_to < iso_day;
    if (!iso_day.empty() && started && !ended &&
        (in_force == nullptr || p.valid_from > in_force->valid_from))
      in_force = &p;
  }
  return in_force != nullptr ? in_force : latest;
}

const Procedure* Catalog::FindVersion(const std::string& code, const std::string& version) const {
  const auto it = std::find_if(procedures_.begin(), procedures_.end(), [&](const Procedure& p) {
    return p.code == code && p.version == version;
  });
  return it == procedures_.end() ? nullptr : &*it;
}

const Unit* Catalog::FindUnit(const std::string& code) const {
  const auto it = units_.find(code);
  return it == units_.end() ? nullptr : &it->second;
}

const Province* Catalog::FindProvince(const std::string& code) const {
  const auto it = provinces_.find(code);
  return it == provinces_.end() ? nullptr : &it->second;
}

std::string Catalog::UnitOrgCode(const std::string& unit) const {
  const Unit* known = FindUnit(unit);
  const Province* province = known == nullptr ? nullptr : FindProvince(known->province);
  return domain::OrgCode(province == nullptr ? "H00" : province->former_codes.front(), unit);
}

const domain::Calendar& Catalog::WorkingCalendar(const std::string& unit) const {
  const auto it = unit_calendars_.find(unit);
  return it == unit_calendars_.end() ? *calendar_ : it->second;
}

std::string Catalog::StateName(int state) const {
  const auto it = states_.find(state);
  return it == states_.end() ? std::to_string(state) : it->second.name;
}

}  // namespace hoso::catalog
