#include "client/flows/zip.h"

#include <array>
#include <limits>

#include "common/base/check.h"

namespace hoso::flows {
namespace {

constexpr std::uint32_t kLocal = 0x04034b50, kCentral = 0x02014b50, kEnd = 0x06054b50;
constexpr std::uint16_t kVersion = 10;  // Nothing but stored files.
constexpr std::uint16_t kDay = 0x0021;  // 1980-01-01: two files of the same texts are the same.
constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();

void Put16(base::Bytes& out, std::uint16_t number) {
  out += static_cast<char>(number & 0xff);
  out += static_cast<char>(number >> 8);
}

void Put32(base::Bytes& out, std::uint32_t number) {
  Put16(out, static_cast<std::uint16_t>(number & 0xffff));
  Put16(out, static_cast<std::uint16_t>(number >> 16));
}

constexpr auto kCrcSteps = [] {
  std::array<std::uint32_t, 256> steps{};
  for (std::uint32_t octet = 0; octet < steps.size(); ++octet) {
    std::uint32_t step = octet;
    for (int bit = 0; bit < 8; ++bit) step = (step & 1) != 0 ? (step >> 1) ^ 0xedb88320 : step >> 1;
    steps[octet] = step;
  }
  return steps;
}();

std::uint32_t Crc32(std::string_view octets) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : octets)
    crc = (crc >> 8) ^ kCrcSteps[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  return ~crc;
}

}  // namespace

void ZipFile::Add(const std::string& name, std::string_view octets) {
  HOSO_CHECK(entries_ < std::numeric_limits<std::uint16_t>::max());
  HOSO_CHECK(file_.size() + octets.size() < kMost && name.size() < kMost >> 16);
  // What both of an entry's headers say: flags, method, time, day, sum, sizes, lengths of texts.
  base::Bytes facts;
  for (const std::uint16_t number :
       {kVersion, std::uint16_t{0}, std::uint16_t{0}, std::uint16_t{0}, kDay})
    Put16(facts, number);
  Put32(facts, Crc32(octets));
  for (int of = 0; of < 2; ++of) Put32(facts, static_cast<std::uint32_t>(octets.size()));
  Put16(facts, static_cast<std::uint16_t>(name.size()));
  Put16(facts, 0);

  const auto at = static_cast<std::uint32_t>(file_.size());
  Put32(file_, kLocal);
  file_.append(facts).append(name).append(octets);

  Put32(directory_, kCentral);
  Put16(directory_, kVersion);
  directory_ += facts;
  for (int unused = 0; unused < 3; ++unused) Put16(directory_, 0);
  Put32(directory_, 0);
  Put32(directory_, at);
  directory_ += name;
  ++entries_;
}

base::Bytes ZipFile::Finish() {
  const auto at = static_cast<std::uint32_t>(file_.size());
  file_ += directory_;
  Put32(file_, kEnd);
  Put32(file_, 0);
  Put16(file_, entries_);
  Put16(file_, entries_);
  Put32(file_, static_cast<std::uint32_t>(directory_.size()));
  Put32(file_, at);
  Put16(file_, 0);
  return std::move(file_);
}

}  // namespace hoso::flows
