#pragma once

#include <memory>

#include "client/flows/tools.h"

namespace hoso::app {

/// The province over HTTPS, as every program of the client reaches it: by the way that the settings
/// in force say.
std::unique_ptr<engine::Province> Connect(flows::Connection connection);

/// Whether it could be reached, step by step.
engine::LineFacts TestLine(flows::Connection connection, const base::Clock& clock);

}  // namespace hoso::app
