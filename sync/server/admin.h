#pragma once

#include <nlohmann/json.hpp>

#include "sync/server/admin_args.h"
#include "sync/server/authority.h"

namespace hoso::server {

/// Every command but `run`. Gives what it found as JSON; an array is one document per line ("log").
/// kUsage "args.command" for a command that is none of ours or lacks a part.
base::Result<nlohmann::json> RunCommand(const Args& args, const base::Clock& clock,
                                        base::Random& random);

/// The same for people: one "key: value" a line, tables as lines.
std::string ToText(const nlohmann::json& result);

/// What, why, what to do: three lines of Vietnamese.
std::string Explain(const base::Error& error);

}  // namespace hoso::server
