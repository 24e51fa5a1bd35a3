#pragma once

#include <string>
#include <vector>

#include "client/ui/place.h"

class wxBoxSizer;
class wxDataViewEvent;
class wxDataViewListCtrl;
class wxScrolledWindow;
class wxStaticText;

namespace hoso::ui {

/// A place where a person decides one thing after another: the open ones in a list on the left, the
/// chosen one on the right. What was decided leaves the list and the next one follows by itself.
class ChoicePlace : public Place {
 public:
  void Reload() override;
  void TakeFocus() override;

 protected:
  struct Row {
    std::string id;
    std::vector<wxString> cells;
  };
  struct Rows {
    std::vector<Row> rows;
    std::int64_t total = 0;  // Those beyond the list's limit too.
  };
  struct Column {
    const char* title;
    int width;
  };
  static constexpr std::size_t kMost = 500;  // Of a list; the count says of how many.

  /// `none`: what is said when there is nothing to decide.
  ChoicePlace(wxWindow* parent, const char* title, const std::vector<Column>& columns,
              const char* none);
  virtual Rows Read() = 0;
  /// Reads the chosen one; false if it looks as it did when it was last read.
  virtual bool Look(const Row& row) = 0;
  virtual void Fill() = 0;  // Puts what was read into column().

  void ShowAgain();  // The chosen one, made anew.
  void Next();       // Leaves it as it is.
  wxStaticText* AddLine(const wxString& text, bool strong = false);
  wxScrolledWindow* page() { return page_; }
  wxBoxSizer* column() { return column_; }

 private:
  void Choose(std::size_t index);
  void Chosen(wxDataViewEvent& event);

  wxString none_;
  wxStaticText* count_ = nullptr;
  wxDataViewListCtrl* list_ = nullptr;
  wxScrolledWindow* page_ = nullptr;
  wxBoxSizer* column_ = nullptr;
  Rows rows_;
  std::size_t index_ = 0;
  std::string shown_;  // The id of the one on the right.
};

}  // namespace hoso::ui
