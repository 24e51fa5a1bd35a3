// A receipt that was printed before says so, and what a receipt needs is told while it is typed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/flows/draft_flow.h"
#include "client/flows/intake_form.h"
#include "client/flows/receipt_facts.h"
#include "common/change/change.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReceiptPrintTest : public ::testing::Test {
 protected:
  void SetUp() override { office_.Enrol("mc", "MC"); }
  std::unique_ptr<flows::OpenDesk> Open() {
    return *flows::OpenDesk::Unlock(flows::DeskFolder(office_.Folder("mc")), "", office_.kPin,
                                    office_.Tools());
  }
  testing::Office office_;
};

TEST_F(ReceiptPrintTest, WhatWasPrintedOnceIsAReprintFromThenOn) {
  const std::string one = office_.Receive("mc"), other = office_.Receive("mc");
  {
    const auto open = Open();
    EXPECT_FALSE(*flows::WasPrinted(*open, one));
    ASSERT_TRUE(flows::MarkPrinted(*open, one));
  }
  const auto open = Open();
  EXPECT_TRUE(*flows::WasPrinted(*open, one));
  EXPECT_FALSE(*flows::WasPrinted(*open, other));
}

TEST_F(ReceiptPrintTest, WhatIsOddIsToldAtItsFieldAndNeverRefused) {
  const auto open = Open();
  auto form = *flows::IntakeForm::Open(*open, flows::DraftFlow(*open).NewIntakeKey());
  ASSERT_TRUE(form.Set("applicant.phone", "09123"));
  ASSERT_TRUE(form.Set("applicant.name", std::string(change::kMaxValueBytes + 1, 'a')));
  ASSERT_TRUE(form.Set("summary", "Nhà ở"));
  EXPECT_THAT(form.WarningsAt("applicant.phone"), ElementsAre("phone.form"));
  EXPECT_THAT(form.WarningsAt("applicant.name"), ElementsAre("field.too_long"));
  EXPECT_THAT(form.WarningsAt("summary"), IsEmpty());
  EXPECT_THAT(form.WarningsAt("applicant.address"), IsEmpty());
}

}  // namespace
}  // namespace hoso
