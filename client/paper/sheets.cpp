#include "client/paper/sheets.h"

namespace hoso::paper {
namespace {

struct Shift {
  double by;
  Drawing operator()(Text it) const { return it.x += by, it; }
  Drawing operator()(Line it) const { return it.x1 += by, it.x2 += by, it; }
  Drawing operator()(Rectangle it) const { return it.x += by, it; }
  Drawing operator()(Qr it) const { return it.x += by, it; }
};

}  // namespace

std::vector<Page> TwoUp(const std::vector<Page>& a5) {
  std::vector<Page> sheets;
  for (const Page& page : a5) {
    Page sheet{{kA4.height, kA4.width}, {}};
    for (const double by : {0.0, kA4.height / 2})
      for (const Drawing& drawing : page.drawings)
        sheet.drawings.push_back(std::visit(Shift{by}, drawing));
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

std::string TextOf(const Page& page) {
  std::string all;
  double line = -1;
  for (const Drawing& drawing : page.drawings) {
    const Text* text = std::get_if<Text>(&drawing);
    if (text == nullptr) continue;
    if (!all.empty()) all += text->y == line ? " " : "\n";
    all += text->text;
    line = text->y;
  }
  return all;
}

}  // namespace hoso::paper
