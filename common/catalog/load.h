#pragma once

#include <string>

#include "common/base/bytes.h"
#include "common/base/result.h"
#include "common/catalog/catalog.h"

namespace hoso::catalog {

/// Reads a set of files (see resources/catalog). A malformed set is refused whole: kDamaged
/// "catalog.invalid" with "file:line: what" as the detail.
base::Result<Catalog> LoadFolder(const std::string& folder);

/// The same set as one document for the wire, checked first; and back.
base::Result<base::Bytes> PackFolder(const std::string& folder);
base::Result<Catalog> Unpack(std::string_view packed);

/// The set this program was built with.
base::Result<Catalog> LoadDefault();
base::Result<base::Bytes> PackDefault();

}  // namespace hoso::catalog
