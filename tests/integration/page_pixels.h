#pragma once

#include <cairo-ft.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "client/paper/pdf.h"

namespace hoso::paper {

inline constexpr double kDotsPerInch = 200;
inline constexpr double kDotsPerMm = kDotsPerInch / 25.4;
inline constexpr double kDotsPerPoint = kDotsPerInch / 72;

/// Ink from 0 to 255.
struct Image {
  int width = 0, height = 0;
  std::vector<double> ink;
  double At(int x, int y) const {
    const bool inside = x >= 0 && y >= 0 && x < width && y < height;
    return inside ? ink[static_cast<std::size_t>(y * width + x)] : 0;
  }
};

/// One letter that was drawn, and where.
struct Letter {
  std::string text;
  double left = 0, right = 0, top = 0, bottom = 0;
};

/// Draws pages by cairo from the same font files. Letters as outlines: cairo would move glyphs to
/// whole dots.
class Reference {
 public:
  Reference(const Page& page, const Fonts& fonts) : page_(page) {
    // Cairo keeps faces beyond their last user and frees the files with them, so the library stays.
    static const FT_Library library = [] {
      FT_Library made = nullptr;
      FT_Init_FreeType(&made);
      return made;
    }();
    static const cairo_user_data_key_t key{};
    const std::string* paths[] = {&fonts.regular, &fonts.bold, &fonts.italic};
    for (std::size_t i = 0; i < 3; ++i) {
      FT_Face file = nullptr;
      EXPECT_EQ(FT_New_Face(library, paths[i]->c_str(), 0, &file), 0);
      faces_[i] = cairo_ft_font_face_create_for_ft_face(file, FT_LOAD_NO_HINTING);
      cairo_font_face_set_user_data(faces_[i], &key, file,
                                    [](void* face) { FT_Done_Face(static_cast<FT_Face>(face)); });
    }
  }
  ~Reference() {
    for (cairo_font_face_t* face : faces_) cairo_font_face_destroy(face);
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  Image Draw(int width, int height) {
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    out_ = cairo_create(surface);
    for (const Drawing& drawing : page_.drawings)
      std::visit([this](const auto& it) { Put(it); }, drawing);
    cairo_destroy(out_);
    cairo_surface_flush(surface);
    Image image{width, height, {}};
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        image.ink.push_back(
            cairo_image_surface_get_data(surface)[y * cairo_image_surface_get_stride(surface) + x]);
    cairo_surface_destroy(surface);
    return image;
  }
  const std::vector<Letter>& letters() const { return letters_; }

 private:
  double Advance(const std::string& text) const {
    cairo_text_extents_t extents;
    cairo_text_extents(out_, text.c_str(), &extents);
    return extents.x_advance;
  }

  void Put(const Text& text) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(out_, options);
    cairo_font_options_destroy(options);
    cairo_set_font_face(out_, faces_[static_cast<std::size_t>(text.style)]);
    const double size = text.size * kDotsPerPoint;
    cairo_set_font_size(out_, size);
    const double width = Advance(text.text);
    const double part = text.align == Align::kLeft ? 0 : text.align == Align::kCentre ? 0.5 : 1;
    const double x = text.x * kDotsPerMm - width * part, y = text.y * kDotsPerMm;
    cairo_move_to(out_, x, y);
    cairo_text_path(out_, text.text.c_str());
    cairo_fill(out_);
    for (std::size_t from = 0; from < text.text.size();) {
      std::size_t to = from + 1;
      while (to < text.text.size() && (static_cast<unsigned char>(text.text[to]) & 0xc0) == 0x80)
        ++to;
      letters_.push_back({text.text.substr(from, to - from), x + Advance(text.text.substr(0, from)),
                          x + Advance(text.text.substr(0, to)), y - size * 1.1, y + size * 0.32});
      from = to;
    }
  }
  void Put(const Line& line) {
    cairo_set_line_width(out_, line.width * kDotsPerMm);
    cairo_move_to(out_, line.x1 * kDotsPerMm, line.y1 * kDotsPerMm);
    cairo_line_to(out_, line.x2 * kDotsPerMm, line.y2 * kDotsPerMm);
    cairo_stroke(out_);
  }
  void Put(const Rectangle& box) {
    cairo_set_line_width(out_, box.line * kDotsPerMm);
    cairo_rectangle(out_, box.x * kDotsPerMm, box.y * kDotsPerMm, box.width * kDotsPerMm,
                    box.height * kDotsPerMm);
    cairo_stroke(out_);
  }
  void Put(const Qr& qr) {
    const double module = qr.size / qr.modules.side * kDotsPerMm;
    for (std::size_t i = 0; i < qr.modules.dark.size(); ++i)
      if (qr.modules.dark[i]) {
        const auto side = static_cast<std::size_t>(qr.modules.side);
        cairo_rectangle(out_, qr.x * kDotsPerMm + static_cast<double>(i % side) * module,
                        qr.y * kDotsPerMm + static_cast<double>(i / side) * module, module, module);
      }
    cairo_fill(out_);
  }

  const Page& page_;
  cairo_font_face_t* faces_[3] = {};
  cairo_t* out_ = nullptr;
  std::vector<Letter> letters_;
};

/// The ink of the five by five dots around each dot. Two renderers share out the ink of an edge
/// differently, and of so many dots the sum hardly differs; of a mark that is missing it does.
inline Image Softened(const Image& sharp) {
  constexpr int kReach = 2;
  constexpr double kDots = 25;
  Image rows{sharp.width, sharp.height, {}}, soft = rows;
  for (int y = 0; y < sharp.height; ++y)
    for (int x = 0; x < sharp.width; ++x) {
      double sum = 0;
      for (int i = -kReach; i <= kReach; ++i) sum += sharp.At(x + i, y);
      rows.ink.push_back(sum);
    }
  for (int y = 0; y < sharp.height; ++y)
    for (int x = 0; x < sharp.width; ++x) {
      double sum = 0;
      for (int i = -kReach; i <= kReach; ++i) sum += rows.At(x, y + i);
      soft.ink.push_back(sum / kDots);
    }
  return soft;
}

/// The greatest difference of ink anywhere in a letter's box, from 0 to 255, where the two
/// pictures lie best: a renderer may move a page by a part of a dot.
inline double Difference(const Image& wanted, const Image& seen, const Letter& box) {
  double best = 255;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      double worst = 0;
      for (int y = static_cast<int>(box.top); y <= std::lround(box.bottom); ++y)
        for (int x = static_cast<int>(box.left); x <= std::lround(box.right); ++x)
          worst = std::max(worst, std::abs(wanted.At(x, y) - seen.At(x + dx, y + dy)));
      best = std::min(best, worst);
    }
  return best;
}

/// The letters of `pages` that `shown` has otherwise than they should be.
inline std::vector<std::string> Spoilt(const std::vector<Page>& pages, const Fonts& fonts,
                                       const std::vector<Image>& shown) {
  constexpr double kMayDiffer = 70;  // A whole letter differs by less than 50, a lost mark by 90.
  std::vector<std::string> spoilt;
  double worst = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Reference reference(pages[i], fonts);
    const Image wanted = Softened(reference.Draw(shown[i].width, shown[i].height));
    const Image seen = Softened(shown[i]);
    for (const Letter& letter : reference.letters()) {
      const double difference = Difference(wanted, seen, letter);
      worst = std::max(worst, difference);
      if (difference > kMayDiffer) spoilt.push_back(letter.text);
    }
  }
  std::printf("worst letter: %.0f of 255\n", worst);
  return spoilt;
}

}  // namespace hoso::paper
