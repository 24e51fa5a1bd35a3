#include <cstddef>
#include <cstdint>

#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

using nlohmann::json;

/// Keeps what libFuzzer makes within what the reader of any CBOR can hold on its stack.
class Shallow : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ < 32; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ < 32; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  int depth_ = 0;
};

base::Bytes Cbor(const json& value) {
  base::Bytes out;
  json::to_cbor(value, out);
  return out;
}

}  // namespace

std::optional<base::Bytes> Canonical(std::string_view octets) {
  Shallow shallow;
  if (!json::sax_parse(octets, &shallow, json::input_format_t::cbor, false)) return std::nullopt;
  try {
    return Cbor(json::from_cbor(octets, false));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

bool ReadAsGiven(std::string_view given, std::string_view read) {
  const json all = json::from_cbor(given), part = json::from_cbor(read);
  for (const auto& [key, value] : part.items())
    if (!all.contains(key) || Cbor(all[key]) != Cbor(value)) return false;
  return true;
}

}  // namespace hoso::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  const std::string_view given(reinterpret_cast<const char*>(octets), size);
  hoso::fuzz::Try(given);
  return 0;
}
