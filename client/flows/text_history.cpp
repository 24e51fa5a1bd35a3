#include "client/flows/text_history.h"

#include <utility>

namespace hoso::flows {

void TextHistory::Typed(const std::string& text, std::int64_t at_ms) {
  if (text == now_) return;
  const bool begins_word = !now_.empty() && now_.back() == ' ' && text.size() > now_.size();
  if (!run_ || at_ms - last_ms_ > kRunMs || begins_word) {
    before_.push_back(now_);
    if (before_.size() > kMaxSteps) before_.erase(before_.begin());
  }
  after_.clear();
  now_ = text;
  last_ms_ = at_ms;
  run_ = true;
}

std::optional<std::string> TextHistory::Undo() {
  if (before_.empty()) return std::nullopt;
  after_.push_back(std::exchange(now_, before_.back()));
  before_.pop_back();
  run_ = false;
  return now_;
}

std::optional<std::string> TextHistory::Redo() {
  if (after_.empty()) return std::nullopt;
  before_.push_back(std::exchange(now_, after_.back()));
  after_.pop_back();
  run_ = false;
  return now_;
}

}  // namespace hoso::flows
