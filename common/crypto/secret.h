#pragma once

#include <iosfwd>
#include <string_view>

#include "common/base/bytes.h"

namespace hoso::crypto {

using base::Bytes;

/// Overwrites the whole buffer, spare capacity too, in a way the compiler keeps; then empties it.
void Wipe(Bytes& bytes);

/// Octets that must not linger: keys, seeds, PEM private keys. Move-only; wiped when destroyed,
/// moved from or assigned over. Copies made before they came in are the caller's to wipe.
class Secret {
 public:
  Secret() = default;
  explicit Secret(Bytes bytes);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  /// Valid until the secret is moved or destroyed.
  std::string_view view() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  /// A deliberate second copy.
  Secret Clone() const { return Secret(bytes_); }

  friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

 private:
  Bytes bytes_;
};

/// Takes the same time wherever the first difference is; the lengths are not hidden.
bool SameOctets(std::string_view a, std::string_view b);

}  // namespace hoso::crypto
