#include "common/change/digest.h"

namespace hoso::change {

void ListDigest::Add(std::string_view id, std::string_view digest) {
  stream_.Update(id);
  stream_.Update(digest);
}

base::Bytes ListDigest::Finish() {
  return stream_.Finish();
}

}  // namespace hoso::change
