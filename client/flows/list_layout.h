#pragma once

#include <string>
#include <vector>

#include "common/store/desk_store.h"

namespace hoso::flows {

/// How an officer has arranged one list. A column is known by what the list is sorted by when its
/// header is pressed.
struct ListLayout {
  struct Column {
    store::Order what;
    int width = 0;  // At a normal text size.
    bool shown = true;
    friend bool operator==(const Column&, const Column&) = default;
  };
  std::vector<Column> columns;  // Every one once, from left to right.
  store::Order order = store::Order::kDue;
  bool descending = false;
  friend bool operator==(const ListLayout&, const ListLayout&) = default;
};

ListLayout DefaultLayout();
/// One line of ASCII words.
std::string EncodeLayout(const ListLayout& layout);
/// What is not understood is left out; columns that are not named come last, as by default. Always
/// one that can be shown: at least one column is in sight.
ListLayout DecodeLayout(const std::string& text);

/// mine, overdue, … : the name under which a view's layout is kept.
std::string NameOf(store::View view);

}  // namespace hoso::flows
