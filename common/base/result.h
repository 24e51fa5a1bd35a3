#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "common/base/check.h"

namespace hoso::base {

/// What kind of thing went wrong; the terminal client's exit codes follow it.
enum class ErrorKind {
  kUsage,        ///< The caller asked for something malformed.
  kNotFound,     ///< The thing named does not exist here.
  kWrongPin,     ///< The PIN did not open the slot, or the growing delay is running.
  kRefused,      ///< A rule or the province said no.
  kUnreachable,  ///< No path to the province, or it was cut.
  kDamaged,      ///< Data failed a check: encoding, hash, signature, encryption.
  kBusy,         ///< Another process or exchange holds it; try again.
  kNewer,        ///< Written by a newer program; left untouched.
  kDisk,         ///< The disk refused a write or is full.
};

/// An expected failure. It carries no sentence: `reason` is a stable key such as
/// "step.not_allowed" that client/flows turns into the officer's language, `detail`
/// is the value it is about (a field key, a file and line), never personal data.
struct Error {
  ErrorKind kind = ErrorKind::kRefused;
  std::string reason;
  std::string detail;
  friend bool operator==(const Error&, const Error&) = default;
};

inline Error Fail(ErrorKind kind, std::string reason, std::string detail = {}) {
  return Error{kind, std::move(reason), std::move(detail)};
}

/// A value or the reason there is none; shaped like std::expected (C++23).
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : data_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : data_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return data_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & {
    HOSO_CHECK(has_value());
    return *std::get_if<0>(&data_);
  }
  const T& value() const& {
    HOSO_CHECK(has_value());
    return *std::get_if<0>(&data_);
  }
  T&& value() && {
    HOSO_CHECK(has_value());
    return std::move(*std::get_if<0>(&data_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const E& error() const {
    HOSO_CHECK(!has_value());
    return *std::get_if<1>(&data_);
  }

 private:
  std::variant<T, E> data_;
};

template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;
  Result() = default;
  Result(E error) : error_(std::move(error)) {}
  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  void value() const { HOSO_CHECK(has_value()); }
  const E& error() const {
    HOSO_CHECK(!has_value());
    return *error_;
  }

 private:
  std::optional<E> error_;
};

using Status = Result<void>;

}  // namespace hoso::base

#define HOSO_CONCAT_(a, b) a##b
#define HOSO_CONCAT(a, b) HOSO_CONCAT_(a, b)
#define HOSO_TRY_(tmp, expr)                         \
  do {                                               \
    if (auto tmp = (expr); !tmp) return tmp.error(); \
  } while (false)
/// Passes a failure on to the caller; otherwise goes on. For Result<void>.
#define HOSO_TRY(expr) HOSO_TRY_(HOSO_CONCAT(hoso_try_, __COUNTER__), expr)

#define HOSO_TRY_ASSIGN_(tmp, var, expr) \
  auto tmp = (expr);                     \
  if (!tmp) return tmp.error();          \
  var = *std::move(tmp)
/// HOSO_TRY_ASSIGN(auto x, Compute()): the value, or the failure passed on to the caller.
#define HOSO_TRY_ASSIGN(var, expr) HOSO_TRY_ASSIGN_(HOSO_CONCAT(hoso_tmp_, __COUNTER__), var, expr)
