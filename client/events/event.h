#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What happens at a desk that whoever looks after its PC may want to know. Any thread.
namespace hoso::events {

/// The most serious first, as a level takes in all that stand before it.
enum class Severity : unsigned char { kError, kWarning, kInfo, kDebug };

/// These numbers are a promise: people watch for them. One is never given another meaning, and what
/// is no longer told leaves its number unused.
enum class Id : std::uint16_t {
  kStarted = 100,
  kStopped = 101,
  kUnlockFailed = 110,
  kUnlockFailedOften = 111,
  kEnrolled = 120,
  kEnrolmentFailed = 121,
  kRevoked = 130,
  kSettingsIgnored = 140,
  kExchangeFailed = 200,
  kExchangeRecovered = 201,
  kExchangeStillFailing = 202,
  kExchanged = 203,
  kSetAside = 210,
  kConflicts = 211,
  kCopyRenamed = 220,
  kRenewed = 230,
  kRenewalFailed = 231,
  kDamaged = 300,
  kDiskFailed = 302,
  kRestored = 310,
  kRestoreFailed = 311,
  kBackupFailed = 312,
  kSupportSaved = 320,
  kRefused = 400,
};

/// What resources/docs/events.md says of an event, which a test holds to this.
struct Entry {
  Id id;
  Severity severity;
  const char* key;  // "exchange.failed"
  const char* vi;
  const char* en;
};
std::span<const Entry> Table();  ///< In the order of their numbers.
const Entry& EntryOf(Id id);

const char* NameOf(Severity severity);  ///< "error", "warning", "info" or "debug".
/// kInfo for a name that is none of these.
Severity SeverityNamed(std::string_view name);

/// A word that stands in the source: nothing that is known only at run time can become one.
class Word {
 public:
  consteval Word(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
  const char* text() const { return text_; }

 private:
  const char* text_;
};

struct Count {
  Word name;
  std::int64_t number;
};

/// One that happened. It has no room for a name, a code or a path: its reason is one of the
/// program's own keys, where it lies, and everything else is a number.
struct Event {
  Id id;
  const char* reason = "";  // Of static life: flows::KnownReason gives it.
  std::vector<Count> counts = {};
};

/// "exchange.failed tls.untrusted sent=3"
std::string ToText(const Event& event);

}  // namespace hoso::events
