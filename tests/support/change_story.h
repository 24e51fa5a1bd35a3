#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/change/entry.h"
#include "common/change/judge.h"

namespace hoso::testing {

inline constexpr const char* kDossier = "0192a000-0000-7000-8000-00000000d055";

/// One dossier and its log, told as a story: officers by letter (a = MC, b and c = CV, t = TP,
/// l = LD, v = VT), each on a desk of their own. Makers give a change as that desk would make it
/// now; Log lets the province judge and append it.
class Story {
 public:
  Story();

  change::Change Create(const std::string& who);
  change::Change Set(const std::string& who, const std::string& key, const std::string& value);
  change::Change Check(const std::string& who, const std::string& item, const std::string& value);
  change::Change Assign(const std::string& who, const std::string& user);
  change::Change Note(const std::string& who, const std::string& text);
  change::Change Move(const std::string& who, const std::string& step);
  change::Change DecideNow(const std::string& who, change::Decision decision);
  change::Change ResolveNow(const std::string& who, const std::string& place,
                            const change::ChangeId& keep);
  change::Change SettleNow(const std::string& who, const change::ChangeId& aside, bool adopt);

  change::Verdict Log(const change::Change& change);
  change::Verdict LogOctets(const base::Bytes& octets);
  void Proposed();  // Received by a, transferred, proposed by b.
  void SetRole(const std::string& who, domain::Role role) { roles_[who] = role; }
  void Retire(const std::string& who) { retired_ = who; }

  const change::DossierState& state() const { return state_; }
  change::DossierState Refold() const;  // The log applied from the start, as another desk would.

 private:
  change::Change Make(const std::string& who, change::Body body);
  change::Write SeeingHeld(const std::string& place, const std::string& key,
                           const std::string& value) const;

  const std::vector<domain::Transition>& transitions_;  // The catalogue's own.
  std::map<std::string, domain::Role> roles_;
  std::map<std::string, std::int64_t> sequences_;
  std::string retired_;
  change::DossierState state_;
  std::vector<change::Entry> log_;
};

}  // namespace hoso::testing
