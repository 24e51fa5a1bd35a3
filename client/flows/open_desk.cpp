#include "client/flows/open_desk.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "client/flows/tell.h"
#include "common/base/disk.h"
#include "common/catalog/load.h"
#include "common/text/fold.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
using base::FileLock;

constexpr std::uint32_t kOften = 3;  // So many wrong PINs in a row are no slip any more.

void TellWrongPin(const Tools& tools, const DeskFolder& folder, const crypto::KeySlots& slots,
                  const std::string& officer) {
  const crypto::Slot* slot = slots.Find(officer);
  if (slot == nullptr) return;
  Tell(tools, folder,
       {slot->failures < kOften ? events::Id::kUnlockFailed : events::Id::kUnlockFailedOften,
        "",
        {{"tries", slot->failures}}});
}

/// Does something with the key slots and writes them back if that changed them, also when it
/// failed: wrong tries are counted there.
template <class Work>
auto WithKeys(const DeskFolder& folder, const Work& work)
    -> decltype(work(std::declval<crypto::KeySlots&>())) {
  HOSO_TRY_ASSIGN(const FileLock lock, folder.LockKeys());
  HOSO_TRY_ASSIGN(crypto::KeySlots slots, folder.ReadKeys());
  const base::Bytes before = slots.Encode();
  auto result = work(slots);
  if (slots.Encode() != before) HOSO_TRY(folder.WriteKeys(slots));
  return result;
}

}  // namespace

base::Result<std::vector<std::string>> OpenDesk::Officers(const DeskFolder& folder) {
  HOSO_TRY_ASSIGN(const crypto::KeySlots slots, folder.ReadKeys());
  std::vector<std::string> ids;
  for (const crypto::Slot& slot : slots.slots) ids.push_back(slot.officer_id);
  return ids;
}

base::Result<std::string> ChooseOfficer(const DeskFolder& folder, const std::string& officer) {
  HOSO_TRY_ASSIGN(const auto ids, OpenDesk::Officers(folder));
  if (!officer.empty()) {
    if (std::find(ids.begin(), ids.end(), officer) == ids.end())
      return Fail(ErrorKind::kNotFound, "slot.missing", officer);
    return officer;
  }
  if (ids.size() == 1) return ids.front();
  std::string all;
  for (const std::string& id : ids) all += (all.empty() ? "" : ", ") + id;
  return Fail(ErrorKind::kUsage, "officer.choose", all);
}

base::Result<crypto::Unlocked> TryPin(const DeskFolder& folder, const std::string& officer,
                                      const std::string& pin, const Tools& tools) {
  HOSO_TRY_ASSIGN(const crypto::Secret device, folder.DeviceSecret());
  return WithKeys(folder, [&](crypto::KeySlots& slots) {
    auto opened = slots.OpenSlot(officer, text::Nfc(pin), device, tools.clock.NowMs());
    if (!opened && opened.error().reason == "pin.wrong")
      TellWrongPin(tools, folder, slots, officer);
    return opened;
  });
}

base::Status ChangePin(const DeskFolder& folder, const std::string& officer,
                       const std::string& old_pin, const std::string& new_pin, const Tools& tools) {
  HOSO_TRY_ASSIGN(const std::string who, ChooseOfficer(folder, officer));
  HOSO_TRY_ASSIGN(const crypto::Secret device, folder.DeviceSecret());
  return WithKeys(folder, [&](crypto::KeySlots& slots) {
    auto changed = slots.ChangePin(who, text::Nfc(old_pin), text::Nfc(new_pin), device,
                                   tools.clock.NowMs(), tools.random, tools.pin_cost);
    if (!changed && changed.error().reason == "pin.wrong") TellWrongPin(tools, folder, slots, who);
    return changed;
  });
}

OpenDesk::OpenDesk(const DeskFolder& folder, const Tools& tools, base::FileLock lock,
                   store::DeskStore store, std::string officer)
    : folder_(folder),
      tools_(tools),
      lock_(std::move(lock)),
      store_(std::move(store)),
      officer_(std::move(officer)) {}

base::Result<std::unique_ptr<OpenDesk>> OpenDesk::Open(const DeskFolder& folder, const Tools& tools,
                                                       const std::string& officer,
                                                       const crypto::Unlocked& keys,
                                                       const OpenDesk* like) {
  HOSO_TRY_ASSIGN(FileLock lock, folder.LockDatabase(FileLock::Mode::kShared));
  // Opening would make an empty one, and the officer would think that everything is gone.
  std::error_code error;
  if (!std::filesystem::exists(base::PathOf(folder.Database()), error))
    return Fail(ErrorKind::kDamaged, "desk.database_missing");
  HOSO_TRY_ASSIGN(store::Database database,
                  store::Database::OpenEncrypted(folder.Database(), keys.database_key.view()));
  std::unique_ptr<OpenDesk> open(
      new OpenDesk(folder, tools, std::move(lock), store::DeskStore(std::move(database)), officer));
  HOSO_TRY(open->ReadCatalogue(like));
  open->desk_ = std::make_unique<engine::Desk>(open->store_, *open->catalogue_, tools.clock);
  open->signing_seed_ = keys.officer_seed.Clone();
  open->database_key_ = keys.database_key.Clone();
  return open;
}

base::Status OpenDesk::ReadCatalogue(const OpenDesk* like) {
  HOSO_TRY_ASSIGN(packed_, store_.Meta("catalogue"));
  // Reading one takes longer than a window may be silent.
  if (like != nullptr && like->packed_ == packed_) {
    catalogue_ = like->catalogue_;
    return {};
  }
  HOSO_TRY_ASSIGN(catalog::Catalog catalogue,
                  packed_ ? catalog::Unpack(*packed_) : catalog::LoadDefault());
  catalogue_ = std::make_shared<const catalog::Catalog>(std::move(catalogue));
  return {};
}

base::Result<std::unique_ptr<OpenDesk>> OpenDesk::Unlock(const DeskFolder& folder,
                                                         const std::string& officer,
                                                         const std::string& pin,
                                                         const Tools& tools) {
  HOSO_TRY(base::CheckLocal(folder.path()));
  auto open = [&]() -> base::Result<std::unique_ptr<OpenDesk>> {
    HOSO_TRY_ASSIGN(const std::string who, ChooseOfficer(folder, officer));
    HOSO_TRY_ASSIGN(const crypto::Unlocked keys, TryPin(folder, who, pin, tools));
    return Open(folder, tools, who, keys, nullptr);
  }();
  if (!open && open.error().kind == ErrorKind::kDamaged)
    Tell(tools, folder, {events::Id::kDamaged, ReasonOf(open.error())});
  return open;
}

base::Result<std::unique_ptr<OpenDesk>> OpenDesk::Again() const {
  return Open(folder_, tools_, officer_, {database_key_.Clone(), signing_seed_.Clone()}, this);
}

base::Result<protocol::Person> OpenDesk::PersonOf(const std::string& user) {
  HOSO_TRY_ASSIGN(const auto people, desk_->People());
  const auto found = std::find_if(people.begin(), people.end(),
                                  [&](const protocol::Person& p) { return p.id == user; });
  return found == people.end() ? protocol::Person{user, "", "", "", false} : *found;
}

base::Status OpenDesk::Record(const std::string& dossier, change::Body body) {
  const auto recorded = desk_->Record(actor(), dossier, std::move(body));
  return recorded ? base::Status() : base::Status(recorded.error());
}

const catalog::Procedure* OpenDesk::ProcedureOf(const change::DossierState& state) const {
  const auto* procedure = catalogue_->FindVersion(state.procedure, state.procedure_version);
  return procedure != nullptr ? procedure : catalogue_->FindProcedure(state.procedure);
}

}  // namespace hoso::flows
