#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "common/catalog/load.h"
#include "common/crypto/sign.h"
#include "sync/server/audit.h"
#include "sync/server/authority.h"
#include "tests/support/sim_world.h"

namespace hoso::testing {

/// A desk for each role, one dossier that was handed on, all level, and then a backup of the
/// province.
struct BackedUpWorld : SimWorld {
  BackedUpWorld(std::uint64_t seed, std::initializer_list<const char*> roles) : SimWorld(seed) {
    for (const char* role : roles) AddDesk(role);
    id = Receive(0, "Nguyễn Văn An");
    (void)Step(0, id, "transfer");
    SyncAll();
    server::SaveCatalogue(province_store(), catalog::PackDefault().value()).value();
    BackUpProvince();
  }
  /// What the audit finds wrong; "" if nothing.
  std::string Audited() {
    const auto audit =
        server::VerifyProvince(province_store(), crypto::PublicKey(receipt_seed()), kUnit);
    return audit ? "" : audit.error().reason + " " + audit.error().detail;
  }
  void Note(std::size_t desk, const std::string& text) {
    ASSERT_TRUE(Act(desk, id, change::AddNote{text}));
  }
  void Exchange(std::initializer_list<std::size_t> order) {
    for (const std::size_t desk : order) {
      const auto report = Sync(desk);
      ASSERT_TRUE(report) << desk << ": " << report.error().reason;
    }
  }
  std::string id;
};

}  // namespace hoso::testing
