#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"

namespace hoso::flows {

/// A ZIP file in memory, whose entries are stored as they are. Our own, because the terminal client
/// and the window both make one on every system, and no library of ours does that for both:
/// wxWidgets' belongs to windows, and Poco is built without its own for Windows. What is stored
/// can also be searched for what must not be in it. Limits of the format: 65,535 entries, 4 GB.
/// One thread.
class ZipFile {
 public:
  /// `name` is ASCII, with "/" between folders.
  void Add(const std::string& name, std::string_view octets);
  /// The file; nothing may be added to it then.
  base::Bytes Finish();

 private:
  base::Bytes file_, directory_;
  std::uint16_t entries_ = 0;
};

}  // namespace hoso::flows
