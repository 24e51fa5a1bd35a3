#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sync/engine/province.h"
#include "sync/server/reconciler.h"

namespace hoso::testing {

/// Takes octets from memory; after `cut` of them the line is dead.
class CutSource : public protocol::ByteSource {
 public:
  CutSource(std::string bytes, bool cut) : bytes_(std::move(bytes)), cut_(cut) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override;
  std::function<void()> meanwhile;  // Happens once, when the first frame has been read.

 private:
  std::string bytes_;
  std::size_t at_ = 0;
  bool cut_;
};

class StringSink : public protocol::ByteSink {
 public:
  base::Status Write(std::string_view bytes) override {
    text.append(bytes);
    return {};
  }
  std::string text;
};

/// The real reconciler behind a line that fails where it is told to. One desk's view of it.
class MemoryProvince : public engine::Province {
 public:
  MemoryProvince(server::Reconciler& reconciler, std::string certificate)
      : reconciler_(reconciler), certificate_(std::move(certificate)) {}

  struct Faults {
    std::optional<std::size_t> cut_request;  // Octets that get through.
    std::optional<std::size_t> cut_answer;
    bool repeat = false;       // The request arrives once more afterwards; that answer is lost.
    std::size_t piece = 4096;  // Answers arrive in pieces of this size.
  };
  Faults faults;
  std::function<void()> meanwhile;  // Happens between the next Hello and what follows it.

  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override;
  base::Result<base::Bytes> Enrol(std::string_view request) override;
  base::Result<std::string> Renew(std::string_view csr) override;
  base::Result<base::Bytes> Register(std::string_view registrations) override;
  /// What answers it; none: a province that is older than that.
  std::function<base::Result<base::Bytes>(std::string_view)> registers;

 private:
  server::Reconciler& reconciler_;
  std::string certificate_;
};

}  // namespace hoso::testing
