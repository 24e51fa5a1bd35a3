#pragma once

#include "common/base/clock.h"
#include "sync/engine/line_facts.h"
#include "sync/transport/https_province.h"

namespace hoso::transport {

/// Tries the line to the province step by step: the name, the port, TLS 1.3, who is there, and how
/// far `clock` is from the province's. Asks for nothing that the province would act on. Waits on
/// the line, connect_timeout_s at most for each step; not for a window's thread.
engine::LineFacts TestLine(const Options& options, const base::Clock& clock);

}  // namespace hoso::transport
