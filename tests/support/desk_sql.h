#pragma once

#include <gtest/gtest.h>

#include <string>

#include "client/flows/open_desk.h"
#include "common/store/sqlite_raw.h"
#include "tests/support/office.h"

namespace hoso::testing {

/// Runs SQL on a desk's own database, as somebody with its key could; the first value, if any.
inline std::string DeskSql(Office& office, const std::string& desk, const std::string& sql) {
  const flows::DeskFolder folder(office.Folder(desk));
  auto open = flows::OpenDesk::Unlock(folder, "", Office::kPin, office.Tools());
  EXPECT_TRUE(open);
  return store::AskSqlite((*open)->store().database().sql(), sql);
}

}  // namespace hoso::testing
