#include "common/base/bytes.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/number.h"

namespace hoso::base {
namespace {

namespace fs = std::filesystem;

TEST(Bytes, AFileKeepsItsVietnameseNameAndItsOctets) {
  // In the folder of the run, so that the test needs no narrow path of the system's.
  const std::string name = "bytes_test sổ tiêm.bin";
  const Bytes octets("a\r\nb\x1a\0c", 7);
  ASSERT_TRUE(WriteFile(name, "first", true));
  ASSERT_TRUE(WriteFile(name, octets, true));

  const Result<Bytes> read = ReadFile(name, 100);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, octets);
  EXPECT_EQ(ReadFile(name, 6).error().reason, "file.too_big");
  EXPECT_TRUE(fs::remove(fs::path(u8"bytes_test sổ tiêm.bin")));
  EXPECT_EQ(ReadFile(name, 100).error().reason, "file.missing");
}

TEST(Number, IsAllOfTheTextOrNone) {
  EXPECT_EQ(ToNumber("0042"), 42);
  EXPECT_EQ(ToNumber("-7"), -7);
  EXPECT_EQ(ToNumber("9223372036854775807"), INT64_MAX);
  for (const char* text : {"", "-", "+7", " 7", "7 ", "7x", "0x7", "7.0", "9223372036854775808"})
    EXPECT_EQ(ToNumber(text), std::nullopt) << text;
}

}  // namespace
}  // namespace hoso::base
