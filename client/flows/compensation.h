#pragma once

#include "client/flows/history.h"

namespace hoso::flows {

/// The change that takes back what act number `which` did to the dossier as it is now, `shown`:
/// the values before it, the step that leads back, a note that withdraws a note. `context` is of
/// the officer who did it, `at` the local time of the way back. Pure. kRefused: "undo.changed"
/// (others built on it), "undo.no_effect", "undo.no_way_back", "undo.create", "undo.decision",
/// "undo.resolve", "undo.settle", "undo.unknown", or the reason of the rule that forbids it.
base::Result<change::Body> Compensation(const change::DossierState& shown,
                                        const std::vector<Happened>& history, std::size_t which,
                                        const change::Context& context, const std::string& at);

}  // namespace hoso::flows
