#pragma once

#include <wx/colour.h>
#include <wx/font.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <vector>

namespace hoso::ui {

struct TextLine {
  wxString text;
  bool strong = false;
  float scale = 1;
  wxColour colour = wxNullColour;  // The usual one.

  bool LooksLike(const TextLine& other) const {
    return strong == other.strong && scale == other.scale && colour == other.colour;
  }
};

/// `text` with line breaks so that no line is wider than `width` pixels, unless a single word is.
/// wxStaticText::Wrap does the same, a measurement a word.
wxString Wrapped(const wxWindow& window, const wxFont& font, const wxString& text, int width);

/// Texts below each other, shown often with other words: the controls are made once and used again,
/// since making one takes the toolkit as long as laying out a paragraph. Window thread.
class TextLines : public wxBoxSizer {
 public:
  TextLines(wxWindow* window, int width, wxSizerFlags flags = wxSizerFlags());
  void Show(const std::vector<TextLine>& lines);

 private:
  struct Row {
    wxStaticText* control;
    TextLine shown;
  };
  void Add();
  static void Dress(Row& row, const TextLine& line, const wxFont& font);

  wxWindow* window_;
  int width_;
  wxSizerFlags flags_;
  std::vector<Row> rows_;
};

}  // namespace hoso::ui
