#pragma once

#include "client/flows/desk_folder.h"
#include "client/flows/tools.h"

namespace hoso::flows {

/// The connection by the way that the settings in force at this desk say: through which proxy, with
/// the password kept for it, and to another address of the province if they name one. Any thread.
Connection Directed(Connection connection, const DeskFolder& folder, const Tools& tools);

}  // namespace hoso::flows
