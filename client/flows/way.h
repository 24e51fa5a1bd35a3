#pragma once

#include "client/config/config.h"
#include "client/flows/tools.h"

namespace hoso::flows {

/// The connection by the way that the settings in force say: where they name no address of the
/// province, to the one it has. Pure.
Connection Directed(Connection connection, const config::Config& in_force);

}  // namespace hoso::flows
