#pragma once

#include <optional>
#include <string>

#include "client/flows/open_desk.h"

namespace hoso::flows {

struct Happened;

/// An act of this officer that could be taken back.
struct UndoOffer {
  std::string change, dossier;
  std::string words;    // "Chuyển xử lý – hồ sơ H49…": what was done.
  std::string way;      // What taking it back records; "" if it can't be.
  std::string why_not;  // Reason key; "" if it can be.
};

/// Takes back what an officer did by a change that compensates it; nothing is ever deleted. Derived
/// from log and outbox alone, so it goes on after a restart, and for sent and unsent acts alike.
class UndoFlow {
 public:
  explicit UndoFlow(OpenDesk& open) : open_(open) {}

  /// The newest act of this officer at this desk that has not been taken back; none if there is
  /// none among the recent ones.
  base::Result<std::optional<UndoOffer>> Last();
  /// kNotFound "undo.unknown_change"; Compensation's errors.
  base::Status Undo(const std::string& change);

 private:
  base::Result<UndoOffer> OfferOf(const std::vector<Happened>& history, std::size_t which);

  OpenDesk& open_;
};

}  // namespace hoso::flows
