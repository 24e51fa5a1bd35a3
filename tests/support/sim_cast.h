#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/engine/desk.h"
#include "sync/server/enrolment.h"
#include "sync/server/lender.h"
#include "tests/support/fakes.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/sim_officer.h"

namespace hoso::testing {

/// Who takes part in every simulated life, made once: eight desks with their officers, two
/// catalogues, and the files of a province and of desks that have just been enrolled. A life begins
/// with copies of those files, because making databases costs more than living in them.
class SimCast {
 public:
  static constexpr const char* kUnit = SimOfficer::kUnit;
  static constexpr const char* kOtherUnit = SimOfficer::kOtherUnit;
  static constexpr std::size_t kDesks = 8, kClones = 2;

  struct Officer {
    std::string user, role;
    crypto::Secret seed;
  };
  struct Member {
    std::vector<Officer> officers;  // One or two who work at this desk.
    std::string replica, certificate;
    crypto::Secret device_seed;
    FaultDisk::Image files;
  };

  /// Must outlive the lives. `vfs` is where their files will be.
  explicit SimCast(FaultVfs& vfs);

  FaultVfs& vfs() const { return vfs_; }
  const Member& member(std::size_t desk) const { return members_[desk]; }
  const FaultDisk::Image& province() const { return province_; }
  const crypto::Secret& receipt_seed() const { return receipt_seed_; }
  /// What gives a copied desk a certificate of its own.
  const server::Authority& authority() const { return authority_; }
  const server::Published& catalogue(std::size_t which) const { return *catalogues_[which]; }
  std::string DeskPath(std::size_t desk) const;
  std::string ProvincePath() const;
  base::Result<store::Database> OpenDesk(std::size_t desk) const;
  base::Result<store::ProvinceStore> OpenProvince() const;
  void Mount(std::size_t desk, FaultDisk& disk) const;
  void MountProvince(FaultDisk& disk) const;

 private:
  void MakeAuthority();
  void MakeDesk(std::size_t desk);
  void MakeProvince();

  FaultVfs& vfs_;
  TempFolder folder_;  // Holds only the empty files that the store makes to keep others out.
  base::Bytes key_;
  crypto::Secret receipt_seed_;
  server::Authority authority_;
  std::vector<std::shared_ptr<const server::Published>> catalogues_;
  std::vector<Member> members_;
  FaultDisk::Image province_;
};

}  // namespace hoso::testing
