#include <gtest/gtest.h>

#include "common/catalog/load.h"
#include "sync/server/admin_catalogue.h"
#include "sync/server/authority.h"
#include "tests/support/fakes.h"

namespace hoso::server {
namespace {

TEST(PublishedCatalogue, StaysInForceWhenTheNextOneIsMalformed) {
  testing::TempFolder folder;
  const std::string set = folder / "set", file = set + "/procedures/1.013225.json";
  std::filesystem::copy(std::string(HOSO_SOURCE_DIR) + "/resources/catalog", set,
                        std::filesystem::copy_options::recursive);
  auto database = store::Database::OpenProvince("sqlite:" + (folder / "province.db"));
  ASSERT_TRUE(database);
  store::ProvinceStore store(std::move(*database));
  ASSERT_TRUE(ImportCatalogue(store, set));
  const auto before = store.Meta(kCatalogueMeta), id_before = store.Meta(kCatalogueIdMeta);

  // Everything else of the set is newer and right; nothing of it may be taken.
  std::string manifest = *base::ReadFile(set + "/catalog.json", 1u << 20);
  manifest.replace(manifest.find("2026.11.23"), 10, "2027.01.01");
  ASSERT_TRUE(base::WriteFile(set + "/catalog.json", manifest));
  const std::string right = *base::ReadFile(file, 1u << 20);
  std::string wrong = right;
  wrong.replace(wrong.find("\"value\": 7"), 10, "\"value\": -7");
  ASSERT_TRUE(base::WriteFile(file, wrong));
  const auto refused = ImportCatalogue(store, set);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "procedures/1.013225.json:15: 'value' is out of range");
  EXPECT_EQ(**store.Meta(kCatalogueMeta), **before);
  EXPECT_EQ(**store.Meta(kCatalogueIdMeta), **id_before);

  ASSERT_TRUE(base::WriteFile(file, right));
  EXPECT_EQ(*ImportCatalogue(store, set), "2027.01.01");
  EXPECT_NE(**store.Meta(kCatalogueIdMeta), **id_before);
}

}  // namespace
}  // namespace hoso::server
