#pragma once

#include <string>
#include <vector>

#include "client/flows/open_desk.h"
#include "common/change/judge.h"

namespace hoso::flows {

/// One act in the history of a dossier.
struct Happened {
  change::Change change;
  change::Verdict verdict;    // Of what waits here: accepted, as far as this desk knows.
  std::int64_t position = 0;  // 0: not in the log yet.
  bool received = false;      // A receipt of the province covers it.
  std::string author_role;    // "TP", as judged.
  bool handed = false;        // It was given to a connection at least once.
};

/// The log's part first, then what waits on this desk, each in its order.
base::Result<std::vector<Happened>> HistoryOf(OpenDesk& open, const std::string& dossier);

/// What the dossier was after the first `count` acts. Pure.
change::DossierState StateAfter(const std::vector<Happened>& history, std::size_t count,
                                const std::vector<domain::Transition>& transitions);

/// A value that a change wrote in one place, and the changes whose values its author saw there.
struct Written {
  std::string place, value;  // The place is a register's key.
  std::vector<change::ChangeId> seen;
};
/// What act number `which` wrote, a resolve's kept value included. Pure.
std::vector<Written> WrittenBy(const std::vector<Happened>& history, std::size_t which);
/// The value that change `id` wrote in that place; none if it did not. Pure.
std::optional<change::Value> ValueBy(const std::vector<Happened>& history, const std::string& place,
                                     const change::ChangeId& id);
/// The last value in that place that the authors of all of `values` had before them; none if it
/// was empty to one of them. Pure.
std::optional<change::Value> BaseOf(const std::vector<Happened>& history, const std::string& place,
                                    const std::vector<change::ChangeId>& values);

}  // namespace hoso::flows
