#include <gtest/gtest.h>

#include "client/flows/list_flow.h"
#include "client/flows/list_layout.h"
#include "client/flows/list_rows.h"
#include "tests/support/office.h"

namespace hoso::flows {
namespace {

using store::Order;
using store::View;
using testing::Office;

TEST(ListLayout, ComesBackAsItWasKept) {
  ListLayout layout = DefaultLayout();
  std::swap(layout.columns[0], layout.columns[5]);
  layout.columns[2].width = 333;
  layout.columns[3].shown = false;
  layout.order = Order::kApplicant;
  layout.descending = true;
  EXPECT_EQ(DecodeLayout(EncodeLayout(layout)), layout);
  EXPECT_EQ(DecodeLayout(EncodeLayout(DefaultLayout())), DefaultLayout());
}

TEST(ListLayout, WhatIsNotUnderstoodIsLeftOut) {
  EXPECT_EQ(DecodeLayout(""), DefaultLayout());
  EXPECT_EQ(DecodeLayout("x y z:1 code code: code:abc :5 due:9x -"), DefaultLayout());
  const ListLayout some = DecodeLayout("step down due:99999 -due:5 applicant:1");
  EXPECT_EQ(some.order, Order::kStep);
  EXPECT_TRUE(some.descending);
  EXPECT_EQ(some.columns.size(), DefaultLayout().columns.size());
  EXPECT_EQ(some.columns[0], (ListLayout::Column{Order::kDue, 2000, true}));  // Once, and in sight.
  EXPECT_EQ(some.columns[1], (ListLayout::Column{Order::kApplicant, 30, true}));
  std::string hidden = "due up";
  for (const char* word :
       {"code", "applicant", "due", "step", "signs", "procedure", "assignee", "received", "parcel"})
    hidden += std::string(" -") + word + ":100";
  EXPECT_TRUE(DecodeLayout(hidden).columns[0].shown);  // A list without columns can't be used.
}

class ListRowsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.Enrol("m", "MC");
    for (const char* name : {"Trần Văn Đức", "Lê Thị Ánh", "Phạm Thị Đường", "Vũ Thị Duong"})
      ids_[name] = office_.Receive("m", name);
    auto open =
        OpenDesk::Unlock(DeskFolder(office_.Folder("m")), "", Office::kPin, office_.Tools());
    ASSERT_TRUE(open);
    open_ = std::move(*open);
  }
  /// What a window would show of this wish.
  std::string Names(ListFinder& finder, const ListWish& wish) {
    ListRows rows(*open_);
    rows.Take(*finder.Find(wish));
    std::string names;
    for (std::size_t i = 0; i < rows.count(); ++i)
      names += (i > 0 ? ", " : "") + rows.At(i)->applicant;
    return names;
  }

  Office office_;
  std::map<std::string, std::string> ids_;
  std::unique_ptr<OpenDesk> open_;
};

TEST_F(ListRowsTest, FilterStaysInTheViewAndInItsOrder) {
  ListFinder finder(*open_);
  ListWish wish{View::kMine, Order::kApplicant, false};
  EXPECT_EQ(Names(finder, wish), "Lê Thị Ánh, Vũ Thị Duong, Trần Văn Đức, Phạm Thị Đường");
  wish.filter = "duong";
  EXPECT_EQ(Names(finder, wish), "Vũ Thị Duong, Phạm Thị Đường");
  EXPECT_EQ(finder.Find(wish)->in_view, 4u);
  wish.filter = "đường";  // As written first, though D comes before Đ.
  EXPECT_EQ(Names(finder, wish), "Phạm Thị Đường, Vũ Thị Duong");
  wish.descending = true;
  EXPECT_EQ(finder.Find(wish)->found, 2u);
  wish.filter = "  ";
  EXPECT_EQ(Names(finder, wish), "Phạm Thị Đường, Trần Văn Đức, Vũ Thị Duong, Lê Thị Ánh");
  wish.view = View::kConflicts;
  EXPECT_EQ(Names(finder, wish), "");
  wish.filter = "duong";
  EXPECT_EQ(Names(finder, wish), "");  // Of other views nothing is found.
}

TEST_F(ListRowsTest, WhatIsInSightComesFirstAndSaysThatMoreFollows) {
  ListFinder finder(*open_);
  const ListWish wish{View::kMine};
  const auto first = finder.First(wish);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->is_all);
  EXPECT_EQ(first->shown, finder.Find(wish)->shown);
  EXPECT_FALSE(finder.First({View::kMine, Order::kApplicant}));  // No index has what is mine so.
  EXPECT_FALSE(finder.First({View::kMine, Order::kDue, false, "duong"}));
}

TEST_F(ListRowsTest, RowsStayWhereTheyAreUntilOthersAreTaken) {
  ListFinder finder(*open_);
  ListRows rows(*open_);
  const ListWish wish{View::kMine, Order::kApplicant};
  rows.Take(*finder.Find(wish));
  const std::string id = ids_["Trần Văn Đức"];
  EXPECT_EQ(rows.Find(id), 2u);
  office_.Receive("m", "Bùi An");
  EXPECT_EQ(rows.Find(id), 2u);
  EXPECT_EQ(rows.At(2)->id, id);
  EXPECT_EQ(finder.Find(wish)->found, 4u);  // Nobody said that something was written.
  finder.Forget();
  rows.Take(*finder.Find(wish));
  EXPECT_EQ(rows.Find(id), 3u);
  EXPECT_EQ(rows.Find("nobody"), std::nullopt);
  EXPECT_EQ(rows.At(99), nullptr);
  EXPECT_EQ(CountDossiers(*open_, {View::kMine, View::kConflicts})->at(0), 5);
}

TEST_F(ListRowsTest, NothingIsLostBeyondTheFirstPage) {
  constexpr int kMany = 250;
  ASSERT_TRUE(open_->store().database().Atomically([&]() -> base::Status {
    const auto one = open_->store().Load(ids_["Lê Thị Ánh"]);
    for (int i = 0; i < kMany; ++i) {
      store::StoredDossier dossier = **one;
      dossier.shown.id = "many-" + std::to_string(1000 + i);
      HOSO_TRY(open_->store().Save(dossier, {}));
    }
    return {};
  }));
  ListFinder finder(*open_);
  ListRows rows(*open_);
  rows.Take(*finder.Find({View::kAll, Order::kReceived}));
  ASSERT_EQ(rows.count(), 254u);
  for (std::size_t i = rows.count(); i-- > 0;) EXPECT_EQ(rows.Find(rows.At(i)->id), i);
}

TEST_F(ListRowsTest, OfVeryManyTheFirstAreRowsAndAllAreCounted) {
  constexpr std::size_t kMany = ListFinder::kMost + 3;
  ASSERT_TRUE(open_->store().database().Atomically([&]() -> base::Status {
    store::StoredDossier dossier;
    dossier.shown.state = 2;
    for (std::size_t i = 0; i < kMany; ++i) {
      dossier.shown.id = "many-" + std::to_string(i);
      dossier.shown.registers["field.applicant.name"].held.value =
          i % 2 == 0 ? "Ngô Bá Khá" : "Ngô Bà Khả";
      HOSO_TRY(open_->store().Save(dossier, {}));
    }
    return {};
  }));
  ListFinder finder(*open_);
  ListWish wish{View::kAll, Order::kApplicant};
  EXPECT_EQ(finder.Find(wish)->shown.size(), ListFinder::kMost);
  EXPECT_EQ(finder.Find(wish)->found, kMany + 4);
  // As it is typed, and as it is pasted: the same.
  for (const char* typed : {"b", "ba", "ba k", "ba kh", "ba kha", "bá kha", "bá khả", "ba thi"}) {
    wish.filter = typed;
    const ListFound found = *finder.Find(wish);
    const ListFound pasted = *ListFinder(*open_).Find(wish);
    EXPECT_EQ(found.shown, pasted.shown) << typed;
    EXPECT_EQ(found.found, pasted.found) << typed;
    EXPECT_EQ(found.in_view, kMany + 4);
  }
  wish.filter = "ba kha";
  EXPECT_EQ(finder.Find(wish)->found, kMany);
  wish.filter = "khongcoai";
  EXPECT_EQ(finder.Find(wish)->found, 0u);
}

}  // namespace
}  // namespace hoso::flows
