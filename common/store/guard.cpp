#include "common/store/guard.h"

#include "common/store/soci.h"  // First: it settles what the backends' headers need.

#include <soci/sqlite3/soci-sqlite3.h>

#include <string>

#include "common/store/postgres_raw.h"

namespace hoso::store {
namespace {

using base::ErrorKind;
using base::Fail;

base::Error FromSqlite(int code) {
  const std::string detail = std::to_string(code);
  switch (code & 0xff) {  // The rest of the number only says more of the same.
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fail(ErrorKind::kBusy, "store.busy", detail);
    case SQLITE_FULL:
      return Fail(ErrorKind::kDisk, "store.full", detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fail(ErrorKind::kDamaged, "store.damaged", detail);
    default:
      return Fail(ErrorKind::kDisk, "store.failed", detail);
  }
}

base::Error FromPostgres(const std::string& state) {
  // 08: no connection; 57P: the server goes down or comes up. Blank: the line broke in mid-answer.
  if (state.starts_with("08") || state.starts_with("57P") || state.starts_with(" ") ||
      state.empty())
    return Fail(ErrorKind::kUnreachable, "store.unreachable", state);
  // 40001 and 40P01: two transactions in each other's way; 55P03: a lock not to be had; 53300: all
  // connections taken.
  if (state == "40001" || state == "40P01" || state == "55P03" || state == "53300")
    return Fail(ErrorKind::kBusy, "store.busy", state);
  if (state == "53100") return Fail(ErrorKind::kDisk, "store.full", state);
  if (state == "XX001" || state == "XX002")
    return Fail(ErrorKind::kDamaged, "store.damaged", state);
  return Fail(ErrorKind::kDisk, "store.failed", state);
}

}  // namespace

// SOCI's messages quote the bound values, personal data among them: only codes leave here.
base::Status Guarded(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const soci::sqlite3_soci_error& error) {
    return FromSqlite(error.result());
  } catch (const soci::soci_error& error) {
    if (const auto state = PostgresState(error)) return FromPostgres(*state);
    return Fail(ErrorKind::kDisk, "store.failed");
  }
}

}  // namespace hoso::store
