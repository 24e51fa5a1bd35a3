#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hoso::flows {

/// Undo and redo of what is typed into one place. Keystrokes that follow each other within kRunMs
/// and do not begin a word are one step, so that undo takes back a word, not a letter. Pure.
class TextHistory {
 public:
  static constexpr std::int64_t kRunMs = 1500;
  static constexpr std::size_t kMaxSteps = 200;  // The oldest are forgotten.

  explicit TextHistory(std::string text) : now_(std::move(text)) {}

  void Typed(const std::string& text, std::int64_t at_ms);
  std::optional<std::string> Undo();  // The text to show; none where there is nothing to undo.
  std::optional<std::string> Redo();

 private:
  std::string now_;
  std::int64_t last_ms_ = 0;
  bool run_ = false;  // now_ is the middle of a run.
  std::vector<std::string> before_, after_;
};

}  // namespace hoso::flows
