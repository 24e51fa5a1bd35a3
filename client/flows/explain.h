#pragma once

#include <string>

#include "common/base/result.h"

namespace hoso::flows {

/// A failure in an officer's words, in three sentences of Vietnamese: what happened, why, what to
/// do. The texts are also the message ids of translations. `why` has the error's detail in it where
/// that helps (a field's key, a file and line).
struct Message {
  std::string what, why, todo;
};
Message Explain(const base::Error& error);

/// One sentence for a reason key: of a verdict, a set-aside change, a warning, an uncertain date.
/// A key that is not known comes back as it is.
std::string ReasonText(const std::string& reason);
/// The key itself, of static life, if there is a sentence for it; else null.
const char* KnownReason(const std::string& reason);

}  // namespace hoso::flows
