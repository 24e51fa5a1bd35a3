#include "client/flows/list_layout.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>

#include "common/base/number.h"

namespace hoso::flows {
namespace {

using store::Order;

constexpr int kLeastWidth = 30, kMostWidth = 2000;

struct Known {
  Order what;
  const char* word;
  int width;
  bool shown;
};
constexpr Known kKnown[] = {{Order::kCode, "code", 210, true},
                            {Order::kApplicant, "applicant", 160, true},
                            {Order::kDue, "due", 160, true},
                            {Order::kStep, "step", 130, true},
                            {Order::kSigns, "signs", 90, true},
                            {Order::kProcedure, "procedure", 260, true},
                            {Order::kAssignee, "assignee", 150, false},
                            {Order::kReceived, "received", 110, false},
                            {Order::kParcel, "parcel", 130, false}};

const Known& Of(Order what) {
  return *std::find_if(std::begin(kKnown), std::end(kKnown),
                       [&](const Known& known) { return known.what == what; });
}

std::optional<Order> ByWord(const std::string& word) {
  for (const Known& known : kKnown)
    if (word == known.word) return known.what;
  return std::nullopt;
}

/// "code:185", or "-code:185" for one out of sight.
std::optional<ListLayout::Column> ParseColumn(std::string word) {
  const bool hidden = word.starts_with('-');
  if (hidden) word.erase(0, 1);
  const auto colon = word.find(':');
  const auto what = ByWord(word.substr(0, colon));
  if (!what || colon == std::string::npos) return std::nullopt;
  const auto width = base::ToNumber(std::string_view(word).substr(colon + 1));
  if (!width) return std::nullopt;
  const auto fitting = std::clamp<std::int64_t>(*width, kLeastWidth, kMostWidth);
  return ListLayout::Column{*what, static_cast<int>(fitting), !hidden};
}

bool Has(const ListLayout& layout, Order what) {
  return std::any_of(layout.columns.begin(), layout.columns.end(),
                     [&](const ListLayout::Column& column) { return column.what == what; });
}

}  // namespace

ListLayout DefaultLayout() {
  ListLayout layout;
  for (const Known& known : kKnown)
    layout.columns.push_back({known.what, known.width, known.shown});
  return layout;
}

std::string EncodeLayout(const ListLayout& layout) {
  std::string text = std::string(Of(layout.order).word) + (layout.descending ? " down" : " up");
  for (const ListLayout::Column& column : layout.columns)
    text += std::string(column.shown ? " " : " -") + Of(column.what).word + ":" +
            std::to_string(column.width);
  return text;
}

ListLayout DecodeLayout(const std::string& text) {
  ListLayout layout;
  std::istringstream words(text);
  std::string order, direction, word;
  words >> order >> direction;
  layout.order = ByWord(order).value_or(Order::kDue);
  layout.descending = direction == "down";
  while (words >> word)
    if (const auto column = ParseColumn(word); column && !Has(layout, column->what))
      layout.columns.push_back(*column);
  for (const ListLayout::Column& column : DefaultLayout().columns)
    if (!Has(layout, column.what)) layout.columns.push_back(column);
  if (std::none_of(layout.columns.begin(), layout.columns.end(),
                   [](const ListLayout::Column& column) { return column.shown; }))
    layout.columns.front().shown = true;
  return layout;
}

std::string NameOf(store::View view) {
  switch (view) {
    case store::View::kAll:
      return "all";
    case store::View::kMine:
      return "mine";
    case store::View::kOverdue:
      return "overdue";
    case store::View::kToday:
      return "today";
    case store::View::kSoon:
      return "soon";
    case store::View::kApproval:
      return "approval";
    case store::View::kDrafts:
      return "drafts";
    case store::View::kConflicts:
      return "conflicts";
    case store::View::kSetAside:
      return "set_aside";
  }
  return "all";
}

}  // namespace hoso::flows
