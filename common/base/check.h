#pragma once

namespace hoso::base {

/// Reports broken reasoning with its place and stops the program. Data is safe:
/// every write is a transaction.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace hoso::base

/// Holds in every build, release too. For our own reasoning, never for outside input.
#define HOSO_CHECK(condition) \
  ((condition) ? void(0) : ::hoso::base::CheckFailed(#condition, __FILE__, __LINE__))
