#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/domain/calendar.h"
#include "common/domain/deadline.h"
#include "common/domain/workflow.h"

namespace hoso::catalog {

/// Where an entry comes from and when it holds (ISO dates, "" for open).
struct Origin {
  std::string source, valid_from, valid_to;
};

struct Component {
  std::string key, name;
  bool optional = false;  // "nếu có"
};

struct StepPlan {
  std::string role, task;  // Roles together: "MC+TP".
  int minutes = 0;         // Of working time.
};

struct Field {
  std::string key, label;
};

/// A variant of a procedure with its own checklist, limit and steps.
struct Case {
  std::string key, name;
  domain::Limit limit;
  std::optional<domain::Limit> difficult_limit;  // Mountain, island, remote.
  std::vector<Component> components;
  std::vector<StepPlan> steps;
};

struct SupplementPolicy {
  std::optional<int> max_requests, max_suspensions;
  std::optional<domain::Limit> request_within, applicant_limit, refuse_within;
  std::string after_failure;
  domain::ClockPolicy clock = domain::ClockPolicy::kPause;
  bool clock_confirmed = false;
};

/// One version of a procedure. A dossier keeps the version it was accepted under.
struct Procedure {
  std::string code, version, name, field, basis, fee_note, note, source;
  std::string valid_from, valid_to;  // ISO dates, "" for open.
  std::vector<Case> cases;           // Never empty.
  std::vector<std::string> results;
  SupplementPolicy supplement;
  std::vector<Field> fields;  // Beyond the common ones.
  bool internal = false, silence_means_consent = false;
  bool steps_confirmed = false;  // Else the steps are a proposal.

  const Case* FindCase(const std::string& key) const;
};

/// A procedure known by name and limit only.
struct OtherProcedure {
  std::string code, name, field, limit_text, source;
  std::string valid_from, valid_to;
  std::optional<domain::Limit> limit;  // None where nothing is published.
  std::vector<std::string> results;
};

struct Unit {
  std::string code, name, kind, province;  // Kind: phuong, xa, dac_khu.
  Origin origin;
};

struct Province {
  std::string code, name;
  std::vector<std::string> former_codes;  // H-codes of the provinces it was made of.
  std::vector<std::string> former;        // Their names.
  Origin origin;
};

struct State {
  int code = 0;
  std::string name;
  bool ends = false, stops_clock = false;
  Origin origin;
};

struct RoleName {
  std::string code, name;
  Origin origin;
};

/// A form of Circular 03/2025.
struct Form {
  int number = 0;
  std::string name;
  Origin origin;
};

/// Everything an office works by, as one immutable value of one version.
class Catalog {
 public:
  const std::string& Version() const { return version_; }
  /// The version in force that day, else the latest there is; null if unknown.
  const Procedure* FindProcedure(const std::string& code, const std::string& iso_day = "") const;
  const Procedure* FindVersion(const std::string& code, const std::string& version) const;
  const std::vector<Procedure>& Procedures() const { return procedures_; }
  const std::vector<OtherProcedure>& OtherProcedures() const { return others_; }
  const Unit* FindUnit(const std::string& code) const;
  const Province* FindProvince(const std::string& code) const;
  std::size_t UnitCount() const { return units_.size(); }
  std::size_t ProvinceCount() const { return provinces_.size(); }
  /// "H49.06.994"; of an unknown unit "H00.xx.xxx".
  std::string UnitOrgCode(const std::string& unit) const;
  const domain::Calendar& WorkingCalendar() const { return *calendar_; }
  /// The same days, in the unit's own office hours if it has any.
  const domain::Calendar& WorkingCalendar(const std::string& unit) const;
  const std::vector<domain::Transition>& Transitions() const { return transitions_; }
  const std::vector<Field>& CommonFields() const { return fields_; }
  std::string StateName(int state) const;
  const std::map<int, State>& States() const { return states_; }
  const std::vector<RoleName>& Roles() const { return roles_; }
  const std::vector<Form>& Forms() const { return forms_; }
  const std::vector<domain::CalendarDay>& SpecialDays() const { return special_days_; }
  const Origin& TransitionsOrigin() const { return transitions_origin_; }

 private:
  friend class Reader;
  std::string version_;
  std::vector<Procedure> procedures_;
  std::vector<OtherProcedure> others_;
  std::map<std::string, Unit> units_;
  std::map<std::string, Province> provinces_;
  std::map<int, State> states_;
  std::vector<RoleName> roles_;
  std::vector<Form> forms_;
  std::vector<domain::Transition> transitions_;
  Origin transitions_origin_;
  std::vector<Field> fields_;
  std::vector<domain::CalendarDay> special_days_;
  std::optional<domain::Calendar> calendar_;
  std::map<std::string, domain::Calendar> unit_calendars_;
};

}  // namespace hoso::catalog
