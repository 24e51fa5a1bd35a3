#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/change/entry.h"
#include "common/domain/workflow.h"
#include "sync/server/audit.h"
#include "sync/server/audit_ledger.h"

namespace hoso::server {

/// The highest number of each (organisation, day), as the logs gave codes.
using CodesGiven = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// Walks one unit's log once and folds it.
class UnitAuditor {
 public:
  /// `rows` are those that the ledger vouches for; all references outlive it.
  UnitAuditor(store::AuditReader& reader, const store::ProvinceRows& rows,
              const std::vector<domain::Transition>& transitions, std::string_view receipt_key,
              const std::string& unit);

  /// kDamaged "audit.*": the first break.
  base::Result<UnitAudit> Verify(const LedgerView& ledger, CodesGiven& codes);

 private:
  struct Replica {
    std::int64_t sequence = 0;
    base::Bytes chain;
    bool by_batch = false;
  };
  bool IsKnown(const std::string& replica) const;
  base::Status ReadSeals(const LedgerView& ledger);
  base::Status TakeRow(const store::LogRow& row, CodesGiven& codes);
  base::Status TakeChange(const change::Entry& entry, const std::string& owner);
  /// An entry that came by no batch: its own id says whose it is.
  base::Status TakeTaken(const change::Entry& entry);
  bool IsSigned(const change::Change& change, const change::Entry& entry) const;
  base::Status TakeCode(const change::Entry& entry, CodesGiven& codes);
  base::Status CheckSeal();
  base::Status CheckBatch(const store::BatchHead& batch);
  base::Status CheckEnds();
  base::Status CheckReplicas();
  base::Status CheckStates();
  base::Error Here(const char* what, const std::string& more = "") const;
  base::Error Of(const char* what, const std::string& which) const;

  store::AuditReader& reader_;
  const store::ProvinceRows& rows_;
  const std::vector<domain::Transition>& transitions_;
  const std::string_view receipt_key_;
  const std::string& unit_;
  std::map<std::int64_t, store::BatchHead> batches_;
  std::map<std::int64_t, std::string> taken_;
  std::set<std::string> codes_;
  std::int64_t position_ = 0;
  base::Bytes hash_;
  std::map<std::string, Replica> replicas_;
  std::vector<base::Bytes> nameless_;  // Taken octets that are no change, in their order.
  std::map<std::string, change::DossierState> states_;
  UnitAudit audit_;
};

}  // namespace hoso::server
