#pragma once

#include <memory>

#include "client/flows/tools.h"

namespace hoso::app {

/// The province over HTTPS, as every program of the client reaches it.
std::unique_ptr<engine::Province> Connect(flows::Connection connection);

}  // namespace hoso::app
