#include "client/flows/draft_flow.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "client/flows/dossier_view.h"
#include "common/base/ids.h"

namespace hoso::flows {
namespace {

/// Each text as its length, a colon and its octets (a netstring without the comma).
void Put(base::Bytes& out, const std::string& text) {
  out += std::to_string(text.size()) + ":" + text;
}

std::optional<std::string> Take(std::string_view& in) {
  std::size_t size = 0;
  const auto [stop, error] = std::from_chars(in.data(), in.data() + in.size(), size);
  const auto used = static_cast<std::size_t>(stop - in.data());
  if (error != std::errc() || used == in.size() || in[used] != ':' || size > in.size() - used - 1)
    return std::nullopt;
  std::string text(in.substr(used + 1, size));
  in.remove_prefix(used + 1 + size);
  return text;
}

std::optional<std::map<std::string, std::string>> Decode(std::string_view in) {
  std::map<std::string, std::string> values;
  while (!in.empty()) {
    const auto key = Take(in);
    const auto value = key ? Take(in) : std::nullopt;
    if (!value) return std::nullopt;
    values[*key] = *value;
  }
  return values;
}

}  // namespace

std::string DraftFlow::NewIntakeKey() const {
  return "intake:" + base::MakeUuid7(open_.tools().clock.NowMs(), open_.tools().random);
}

base::Status DraftFlow::Keep(const std::string& key,
                             const std::map<std::string, std::string>& values) {
  if (values.empty()) return Drop(key);
  base::Bytes content;
  for (const auto& [name, value] : values) {
    Put(content, name);
    Put(content, value);
  }
  return open_.store().database().Atomically([&] {
    return open_.store().SaveDraft({key, open_.officer(), content, open_.tools().clock.NowMs()});
  });
}

base::Status DraftFlow::Drop(const std::string& key) {
  return open_.store().database().Atomically([&] { return open_.store().RemoveDraft(key); });
}

base::Status DraftFlow::KeepOne(const std::string& key, const std::string& name,
                                const std::string& text) {
  HOSO_TRY_ASSIGN(auto values, Of(key));
  values[name] = text;
  if (text.empty()) values.erase(name);
  return Keep(key, values);
}

base::Result<std::string> DraftFlow::One(const std::string& key, const std::string& name) const {
  HOSO_TRY_ASSIGN(const auto values, Of(key));
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

base::Result<std::vector<Draft>> DraftFlow::All() const {
  HOSO_TRY_ASSIGN(const auto rows, open_.store().Drafts(open_.officer()));
  std::vector<Draft> drafts;
  for (const store::DraftRow& row : rows)
    if (auto values = Decode(row.content))
      drafts.push_back({row.key, *std::move(values), LocalText(row.at_ms)});
  return drafts;
}

base::Result<std::map<std::string, std::string>> DraftFlow::Of(const std::string& key) const {
  HOSO_TRY_ASSIGN(const auto drafts, All());
  for (const Draft& draft : drafts)
    if (draft.key == key) return draft.values;
  return std::map<std::string, std::string>{};
}

}  // namespace hoso::flows
