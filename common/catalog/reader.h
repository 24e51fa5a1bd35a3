#pragma once

#include "common/base/result.h"
#include "common/catalog/catalog.h"
#include "common/catalog/files.h"

namespace hoso::catalog {

/// Turns a set of files into a catalogue, or says which file and line is wrong and why.
class Reader {
 public:
  explicit Reader(const Files& files) : files_(files) {}
  base::Result<Catalog> Read();

 private:
  struct Wrong;  // Thrown within Read only.
  class Json;

  void ReadManifest();
  void ReadCalendar();
  void ReadPlaces();
  void ReadWorkflow();
  void ReadProcedures();
  Procedure ReadProcedure(const Json& json) const;
  Case ReadCase(const Json& json) const;
  std::string ReadRoles(const Json& step) const;  // One or several at once: "MC+TP".

  const Files& files_;
  Catalog out_;
};

}  // namespace hoso::catalog
