#include "client/ui/text_lines.h"

#include <wx/tokenzr.h>

#include <algorithm>

namespace hoso::ui {
namespace {

/// How many of the first letters of `text` fit, at a space if any word does.
std::size_t Fitting(const wxWindow& window, const wxFont& font, const wxString& text, int width) {
  const auto extent = [&](std::size_t length) {
    int x = 0, y = 0;
    window.GetTextExtent(text.substr(0, length), &x, &y, nullptr, nullptr, &font);
    return x;
  };
  const int whole = extent(text.size());
  if (whole <= width) return text.size();
  // Letters are about as wide as each other: the break is near where that puts it.
  auto at = text.rfind(
      ' ', text.size() * static_cast<std::size_t>(width) / static_cast<std::size_t>(whole));
  while (at != wxString::npos && at > 0 && extent(at) > width) at = text.rfind(' ', at - 1);
  if (at == wxString::npos || at == 0) return std::min(text.find(' ', 1), text.size());
  for (auto next = text.find(' ', at + 1); next != wxString::npos && extent(next) <= width;
       next = text.find(' ', next + 1))
    at = next;
  return at;
}

}  // namespace

wxString Wrapped(const wxWindow& window, const wxFont& font, const wxString& text, int width) {
  wxString wrapped;
  wxStringTokenizer lines(text, "\n", wxTOKEN_RET_EMPTY_ALL);
  while (lines.HasMoreTokens()) {
    wxString rest = lines.GetNextToken();
    while (true) {
      const std::size_t length = Fitting(window, font, rest, width);
      wrapped += rest.substr(0, length);
      if (length >= rest.size()) break;
      wrapped += '\n';
      rest = rest.substr(length + 1);
    }
    if (lines.HasMoreTokens()) wrapped += '\n';
  }
  return wrapped;
}

TextLines::TextLines(wxWindow* window, int width, wxSizerFlags flags)
    : wxBoxSizer(wxVERTICAL), window_(window), width_(width), flags_(flags) {}

void TextLines::Add() {
  auto* control = new wxStaticText(window_, wxID_ANY, "");
  wxBoxSizer::Add(control, flags_);
  rows_.push_back({control, {}});
}

void TextLines::Dress(Row& row, const TextLine& line, const wxFont& font) {
  if (line.LooksLike(row.shown)) return;
  row.control->SetFont(font);
  row.control->SetForegroundColour(line.colour);
}

void TextLines::Show(const std::vector<TextLine>& lines) {
  const wxFont usual = window_->GetFont();
  while (rows_.size() < lines.size()) Add();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Row& row = rows_[i];
    const bool used = i < lines.size();
    row.control->Show(used);
    if (!used) continue;
    const TextLine& line = lines[i];
    wxFont font = line.strong ? usual.Bold() : usual;
    if (line.scale != 1) font = font.Scaled(line.scale);
    Dress(row, line, font);
    if (line.text != row.shown.text || !line.LooksLike(row.shown))
      row.control->SetLabelText(Wrapped(*window_, font, line.text, width_));
    row.shown = line;
  }
}

}  // namespace hoso::ui
