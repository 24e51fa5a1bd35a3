#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/catalog/load.h"
#include "sync/engine/desk.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_province.h"

namespace hoso::testing {

/// One province and some desks of one unit in one process: real databases, real codec, real
/// signatures; the line, the clock and the restarts are ours. Stories drive it by name, the
/// simulator by seed.
class SimWorld {
 public:
  static constexpr const char* kUnit = "06994";

  explicit SimWorld(std::uint64_t seed);
  ~SimWorld();

  struct Member {
    std::string user, role;
    crypto::Secret seed;  // The officer's signing key.
  };

  /// One program at work on a desk's file.
  struct Program {
    std::unique_ptr<store::DeskStore> store;
    std::unique_ptr<engine::Desk> desk;
  };

  /// A desk with one officer of this role; returns its index.
  std::size_t AddDesk(const std::string& role);

  base::Result<change::Change> Act(std::size_t desk, const std::string& dossier, change::Body body);
  std::string Receive(std::size_t desk, const std::string& applicant);
  base::Result<change::Change> Write(std::size_t desk, const std::string& dossier,
                                     const std::string& key, const std::string& value);
  base::Result<change::Change> Step(std::size_t desk, const std::string& dossier,
                                    const std::string& name);
  base::Result<change::Change> Decide(std::size_t desk, const std::string& dossier,
                                      change::Decision decision);
  base::Result<engine::SyncReport> Sync(std::size_t desk, MemoryProvince::Faults faults = {});
  void SyncAll();  // Twice round, without faults.

  void RestartDesk(std::size_t desk);
  /// Copies the desk's file as `backup create` does, and puts the last copy back, as `backup
  /// restore` does (told) or as somebody does by hand. What the officer did in between is lost if
  /// the province never received it, and only then.
  void BackUpDesk(std::size_t desk);
  void RestoreDesk(std::size_t desk, bool told);
  /// Copies a desk's folder to another PC, whose officer is the same; the new desk's index.
  std::size_t CloneDesk(std::size_t desk);
  /// A second program on the same desk, with a connection of its own.
  Program AnotherProgram(std::size_t desk);
  Program& program(std::size_t desk) { return desks_[desk].program; }
  MemoryProvince Line(std::size_t desk);
  void RestartProvince();
  /// From now on the log goes back in pieces, and comes in frames and answers, of about so many
  /// octets.
  void TakeSmallPieces(std::size_t returned, const server::Reconciler::AnswerSizes& answers);
  /// Copies the province's database, and puts the last copy back: with a new epoch, as
  /// `hosoxa-server restore` does (told), or by hand.
  void BackUpProvince();
  void RestoreProvince(bool told);

  change::DossierState Shown(std::size_t desk, const std::string& dossier);
  std::string DigestOf(std::size_t desk);
  std::string DigestOfProvince();
  std::vector<change::Entry> Log();
  /// What is wrong, in words; empty when every promise holds. Call after SyncAll.
  std::string Broken();

  std::size_t desks() const { return desks_.size(); }
  SeededRandom& random() { return random_; }
  FakeClock& clock() { return clock_; }
  const std::vector<std::string>& dossiers() const { return dossiers_; }
  const Member& member(std::size_t desk) const { return desks_[desk].member; }
  store::DeskStore& desk_store(std::size_t desk) { return *desks_[desk].program.store; }
  store::ProvinceStore& province_store() { return *province_; }
  server::Reconciler& reconciler() { return *reconciler_; }
  const crypto::Secret& receipt_seed() const { return receipt_seed_; }

 private:
  struct DeskNode {
    Member member;
    std::string replica, certificate, path;
    Program program;
    std::set<std::int64_t> copied = {};  // Times of the acts that the copy of its file knows.
  };
  /// An act whatever its number: no two acts of a desk have the same time here.
  using ActKey = std::pair<std::string, std::int64_t>;
  base::Bytes Meant(const DeskNode& node, const change::Change& change);

  SeededRandom random_;
  FakeClock clock_;
  TempFolder folder_;
  base::Bytes key_;
  crypto::Secret receipt_seed_;
  std::unique_ptr<store::ProvinceStore> province_;
  std::unique_ptr<server::Reconciler> reconciler_;
  std::optional<std::size_t> return_piece_;
  server::Reconciler::AnswerSizes answers_;
  std::vector<DeskNode> desks_;
  std::vector<std::string> dossiers_;
  /// What an officer was told is saved, each reference by the time of the act it means.
  std::map<ActKey, base::Bytes> acknowledged_;
};

}  // namespace hoso::testing
