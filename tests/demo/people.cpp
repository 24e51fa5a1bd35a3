#include "tests/demo/people.h"

#include <array>
#include <cstdio>

namespace hoso::demo {
namespace {

constexpr std::array kFamilies = {"Nguyễn", "Trần", "Lê",   "Phạm", "Hoàng", "Vũ",
                                  "Đặng",   "Bùi",  "Đinh", "Ngô",  "Lưu",   "Đỗ"};
constexpr std::array kMiddlesOfWomen = {"Thị", "Thị Ngọc", "Thị Ánh", "Thu", "Thị Kim"};
constexpr std::array kMiddlesOfMen = {"Văn", "Đức", "Quang", "Hữu", "Xuân", "Đình"};
constexpr std::array kWomen = {"Tuyết", "Hương", "Ngọc", "Thảo", "Liên", "Mai", "Duyên"};
constexpr std::array kMen = {"Dũng", "Hải",  "Thắng", "Ưởng", "Khánh",
                             "Thủy", "Toàn", "Sơn",   "Nghĩa"};
constexpr std::array kPlaces = {"Thôn Đông Hợp",          "Thôn 3, Hạ Long",
                                "Khu 5, Cái Rồng",        "Thôn Bình Minh, Bản Sen",
                                "Thôn Sơn Hào, Quan Lạn", "Thôn Tân Phong, Minh Châu"};
constexpr std::array kMatters = {
    "Nhà ở hai tầng",  "Nhà ở một tầng, mái tôn", "Thửa đất do cha mẹ để lại",
    "Sửa nhà sau bão", "Ki ốt bán hải sản",       ""};

template <class List>
const char* Pick(const List& list, int number) {
  return list[static_cast<std::size_t>(number) % list.size()];
}

}  // namespace

std::map<std::string, std::string> Person(int number) {
  const bool woman = number % 2 == 1;
  const std::string name =
      std::string(Pick(kFamilies, number * 7 + number / 12)) + " " +
      (woman ? Pick(kMiddlesOfWomen, number / 2) : Pick(kMiddlesOfMen, number / 2)) + " " +
      (woman ? Pick(kWomen, number / 3) : Pick(kMen, number / 3));
  constexpr int kYears = 50;
  char id[32], phone[32];
  std::snprintf(id, sizeof id, "022%d%02d%06d", woman ? 1 : 0, 50 + number % kYears,
                100000 + number * 37);
  std::snprintf(phone, sizeof phone, "09%08d", 10000000 + number * 4099);
  return {{"applicant.name", name},
          {"applicant.id_number", id},
          {"applicant.phone", phone},
          {"applicant.address", std::string(Pick(kPlaces, number)) + ", đặc khu Vân Đồn"},
          {"parcel.number", std::to_string(10 + number % 300)},
          {"parcel.sheet", std::to_string(1 + number % 40)},
          {"summary", Pick(kMatters, number)}};
}

}  // namespace hoso::demo
