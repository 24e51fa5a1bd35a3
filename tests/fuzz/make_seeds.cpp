// make-seeds FOLDER: writes valid values for every target into FOLDER/<target>/.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "common/catalog/load.h"
#include "common/change/cbor.h"
#include "common/crypto/certificate.h"
#include "common/crypto/key_slots.h"
#include "common/store/desk_store.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/move.h"
#include "sync/protocol/registration.h"
#include "tests/support/change_story.h"
#include "tests/support/fakes.h"

namespace hoso {
namespace {

using base::Bytes;
using testing::Story;

const std::string kReplica = "0192a000-0000-7000-8000-000000000001";

class Seeds {
 public:
  explicit Seeds(std::string folder) : folder_(std::move(folder)) {}
  void Write(const std::string& target, const std::string& name, const Bytes& octets) const {
    std::filesystem::create_directories(folder_ + "/" + target);
    std::ofstream(folder_ + "/" + target + "/" + name, std::ios::binary) << octets;
  }

 private:
  std::string folder_;
};

std::vector<change::Change> Changes() {
  Story story;
  std::vector<change::Change> changes{story.Create("a")};
  story.Proposed();
  changes.push_back(story.Set("b", "summary", "đặc khu"));
  changes.push_back(story.Check("b", "c1", "have"));
  changes.push_back(story.Note("a", "ghi chú"));
  changes.push_back(story.Move("b", "ask-supplement"));
  changes.push_back(story.Assign("t", "user-b"));
  changes.push_back(story.DecideNow("t", change::Decision::kApprove));
  const auto rival = story.Set("c", "summary", "một");
  story.Log(story.Set("b", "summary", "hai"));
  story.Log(rival);
  changes.push_back(story.ResolveNow("b", "field.summary", rival.id));
  changes.push_back(story.SettleNow("t", rival.id, true));
  changes.push_back(story.Note("a", "x"));
  changes.back().body = change::Unknown{"parcel-split"};
  return changes;
}

change::DossierState State() {
  Story story;
  story.Proposed();
  const auto rival = story.Set("c", "summary", "một");
  story.Log(story.Set("b", "summary", "hai"));
  story.Log(rival);
  story.Log(story.Note("a", "ghi chú"));
  story.Log(story.Move("v", "propose"));  // Set aside: not his to do.
  story.Log(story.DecideNow("t", change::Decision::kApprove));
  return story.state();
}

void Messages(const Seeds& seeds) {
  const protocol::Receipt receipt{"06994",        kReplica, "e",           4, Bytes(32, 'c'), 9,
                                  Bytes(32, 'h'), 1,        Bytes(64, 's')};
  const std::vector<protocol::Message> messages{
      protocol::Hello{1, kReplica, "06994", "e", 7, Bytes(32, 'h'), "c", "d"},
      protocol::Batch{3, {change::Encode(Changes()[0]), "x"}, Bytes(32, 'c'), Bytes(64, 's')},
      protocol::Over{},
      protocol::Welcome{"e", 4, 1'800'000'000'000},
      receipt,
      protocol::Entries{5, {"entry"}},
      protocol::Part{"catalogue", "id", 0, 3, "abc"},
      protocol::Done{9, Bytes(32, 'h'), true},
      protocol::Refused{"device.revoked", ""}};
  Bytes all;
  for (const protocol::Message& message : messages) {
    const std::string number = std::to_string(message.index());
    seeds.Write("frame", number, protocol::EncodeFrame(message));
    seeds.Write("message", number,
                static_cast<char>(message.index()) + change::ToCbor(protocol::ToJson(message)));
    all += protocol::EncodeFrame(message);
  }
  seeds.Write("frame", "all", all);
}

void Log(const Seeds& seeds) {
  int number = 0;
  for (const change::Change& change : Changes()) {
    const Bytes octets = change::Encode(change);
    const std::string name = std::to_string(number) + "-" + change::KindOf(change);
    seeds.Write("change", name, octets);
    const change::Verdict verdict{static_cast<change::Outcome>(number % 3), "decide.twice"};
    seeds.Write("entry", name,
                change::EncodeEntry({++number, 5, verdict, "H22.1.2", "TP", 1, octets}));
  }
  seeds.Write("state", "rich", change::EncodeState(State()));
  seeds.Write("state", "empty", change::EncodeState({}));
}

void Enrolment(const Seeds& seeds, const std::string& certificate, const std::string& csr) {
  const Bytes said = protocol::EncodeRegistrations({{"22",
                                                     kReplica,
                                                     "06994",
                                                     Bytes(32, 'd'),
                                                     Bytes(72, 's'),
                                                     {"u-1", "Trần Văn Bình", "MC", "06994", true},
                                                     Bytes(32, 'o'),
                                                     Bytes(64, 'g')}});
  seeds.Write("enrol", "file",
              protocol::EncodeEnrolmentFile({"https://127.0.0.1:8443", "22", "06994", "u-1",
                                             certificate, certificate, "khóa"}));
  seeds.Write("enrol", "request",
              protocol::EncodeEnrolRequest({kReplica, csr, Bytes(32, 'd'), Bytes(32, 'o')}));
  seeds.Write("enrol", "answer",
              protocol::EncodeEnrolAnswer({"u-1", "Trần Văn Bình", "MC", "06994", "22", certificate,
                                           Bytes(32, 'r'), Bytes(32, 'x'), Bytes(32, 's'), said}));
  seeds.Write("enrol", "move", protocol::EncodeMoveRequest({kReplica, csr, Bytes(32, 'd')}));
  seeds.Write("enrol", "moved", protocol::EncodeMoveAnswer({certificate, said}));
  seeds.Write("enrol", "people",
              protocol::EncodeDirectory({{"u-1", "Trần Văn Bình", "MC", "06994", true}}));
  seeds.Write("enrol", "registered", said);
}

void KeyFile(const Seeds& seeds) {
  crypto::KeySlots slots;
  slots.device_info = "máy 1";
  seeds.Write("key_file", "none", slots.Encode());
  slots.slots.push_back({"u-1", Bytes(16, 's'), {}, Bytes(112, 'k'), 2, 77});
  slots.slots.push_back({"u-2", Bytes(16, 't'), {}, Bytes(112, 'l'), 0, 0});
  slots.recovery = Bytes(80, 'r');
  seeds.Write("key_file", "two", slots.Encode());
}

void Catalogue(const Seeds& seeds) {
  const auto all = nlohmann::json::from_cbor(catalog::PackDefault().value());
  auto small = nlohmann::json::object();
  int number = 0, procedures = 0;
  for (const auto& [name, text] : all.items())
    if (!name.starts_with("procedures/") || ++procedures == 1) small[name] = text;
  for (const auto& [name, text] : small.items()) {
    const Bytes octets = text.get<std::string>();
    std::string flat = name;
    for (char& c : flat)
      if (c == '/') c = '-';
    if (octets.size() < 8000) seeds.Write("catalogue", flat, static_cast<char>(number) + octets);
    ++number;
  }
  seeds.Write("catalogue", "pack", change::ToCbor({{"catalog.json", "{}"}, {"roles.json", "[]"}}));
}

void Backup(const Seeds& seeds, const std::string& folder) {
  const std::string path = folder + "/seed.db";
  {
    auto database = store::Database::OpenEncrypted(path, Bytes(32, '\x17'));
    (void)store::DeskStore(*std::move(database)).SetMeta("replica", kReplica).has_value();
  }
  // The first page alone is enough to be recognised and to be missing the rest.
  seeds.Write("backup", "first-page", base::ReadFile(path, 1u << 24)->substr(0, 4096));
}

/// One record of a province's backup file (sync/server/backup.h).
Bytes Record(char kind, const std::vector<std::string>& texts) {
  const auto size = [](std::size_t octets) {
    return Bytes("\0\0", 2) + static_cast<char>(octets >> 8) + static_cast<char>(octets);
  };
  Bytes body;
  for (const std::string& text : texts) body += size(text.size()) + text;
  return kind + size(body.size()) + body;
}

void ProvinceBackup(const Seeds& seeds) {
  const Bytes head = Record('H', {"1", "22", "sqlite", "1795397400000"});
  const Bytes rows = Record('T', {"officer", "id", "name", "unit", "role", "active"}) +
                     Record('R', {"u-1", "Nguyễn Văn An", "06994", "MC", "1"}) +
                     Record('T', {"log_entry", "unit", "position", "dossier", "entry", "hash"}) +
                     Record('R', {"06994", "1", kReplica, "oWFw", "aGFzaA=="});
  seeds.Write("province_backup", "head", head);
  seeds.Write("province_backup", "rows", rows);
  seeds.Write("province_backup", "whole", head + Record('F', {"ca.pem", "x"}) + rows);
  seeds.Write("province_backup", "line", "HoSoXa province backup 1\n" + head);
}

void All(const Seeds& seeds) {
  const testing::TempFolder folder;
  const auto key = crypto::MakeKeyPem();
  const auto ca = crypto::MakeCa(*key, {"CA", std::string(32, '1'), 0, 9999});
  const auto csr = crypto::MakeCsr(*key, kReplica);
  Messages(seeds);
  Log(seeds);
  Enrolment(seeds, *ca, *csr);
  KeyFile(seeds);
  Catalogue(seeds);
  seeds.Write("certificate", "ca", *ca);
  seeds.Write("certificate", "request", *csr);
  ProvinceBackup(seeds);
  Backup(seeds, folder.path());
}

}  // namespace
}  // namespace hoso

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "make-seeds FOLDER\n";
    return 2;
  }
  hoso::All(hoso::Seeds(argv[1]));
  return 0;
}
