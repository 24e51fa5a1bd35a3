#include "sync/server/reconciler.h"

#include <algorithm>
#include <map>

#include "common/change/entry.h"
#include "common/crypto/hash.h"
#include "common/crypto/sign.h"
#include "common/domain/code.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kEntriesPerRead = 256;
constexpr std::size_t kFrameTarget = 256u << 10;  // Entries are packed up to about this much,
constexpr std::size_t kAnswerTarget = 16u << 20;  // and an answer is cut short after this.
constexpr std::size_t kPartBytes = 256u << 10;
constexpr std::int64_t kMaxBatchesPerRequest = 1024;

/// A refusal on its way to being an answer; any other failure is the line's or the database's.
bool IsRefusal(const base::Error& error) {
  return error.kind == ErrorKind::kRefused || error.kind == ErrorKind::kDamaged ||
         error.kind == ErrorKind::kNewer;
}

base::Status Send(protocol::ByteSink& answer, const protocol::Message& message) {
  return answer.Write(protocol::EncodeFrame(message));
}

base::Status SendParts(protocol::ByteSink& answer, const std::string& name, const std::string& id,
                       const base::Bytes& whole) {
  for (std::size_t at = 0; at < whole.size(); at += kPartBytes)
    HOSO_TRY(Send(answer, protocol::Part{name, id, static_cast<std::int64_t>(at),
                                         static_cast<std::int64_t>(whole.size()),
                                         whole.substr(at, kPartBytes)}));
  return {};
}

/// "2026-11-23T08:30" to "261123", the day as codes write it.
std::string CodeDay(const std::string& received_at) {
  return received_at.substr(2, 2) + received_at.substr(5, 2) + received_at.substr(8, 2);
}

}  // namespace

struct Reconciler::Session {
  protocol::Hello hello;
  store::Device device;
};

/// Appends one batch inside the transaction that holds the unit's row.
class BatchWriter {
 public:
  BatchWriter(store::ProvinceStore& store, const catalog::Catalog& catalogue,
              const std::vector<domain::Transition>& transitions, std::int64_t now_ms,
              store::Device& device, store::UnitHead& head)
      : store_(store),
        catalogue_(catalogue),
        transitions_(transitions),
        now_ms_(now_ms),
        device_(device),
        head_(head) {}

  base::Status Take(const base::Bytes& octets, std::int64_t sequence) {
    device_.chain = change::ChainHash(device_.chain, octets);
    device_.accepted_through = sequence;
    const auto change = change::Decode(octets);
    if (!change)
      return Append("", octets, {change::Outcome::kSetAside, "change.malformed"}, "", "");
    if (change->id != change::ChangeId{device_.replica, sequence})
      return Fail(ErrorKind::kRefused, "change.not_yours");

    HOSO_TRY_ASSIGN(const change::Context context, ContextFor(*change, octets));
    HOSO_TRY_ASSIGN(change::DossierState * state, StateOf(change->dossier));
    const change::Verdict verdict =
        change::Judge(state->id.empty() ? nullptr : state, *change, context);
    std::string code;
    if (const auto* create = std::get_if<change::Create>(&change->body);
        create && verdict.outcome != change::Outcome::kSetAside) {
      HOSO_TRY_ASSIGN(code, NextCode(*create));
    }
    const std::string role = context.role ? domain::ToString(*context.role) : "";
    HOSO_TRY(Append(change->dossier, octets, verdict, code, role));
    change::Apply(*state, *change, {head_.position, verdict, code, role, octets}, transitions_);
    return {};
  }

  base::Status Finish() {
    for (const auto& [id, state] : states_)
      HOSO_TRY(store_.SaveState(device_.unit, id, change::EncodeState(state),
                                change::StateDigest(state)));
    HOSO_TRY(store_.SetHead(device_.unit, head_));
    return store_.SaveDevice(device_);
  }

 private:
  base::Result<change::Context> ContextFor(const change::Change& change,
                                           const base::Bytes& octets) {
    change::Context context;
    context.transitions = &transitions_;
    context.unit = device_.unit;
    HOSO_TRY_ASSIGN(const auto user, store_.FindUser(change.author));
    HOSO_TRY_ASSIGN(const auto officers, store_.OfficersOf(device_.replica));
    const auto by_author = [&](const auto& key) { return key.user == change.author; };
    if (!user || std::none_of(officers.begin(), officers.end(), by_author)) return context;
    if (const auto role = domain::ParseRole(user->role)) context.role = *role;
    context.active = user->active && user->unit == device_.unit;
    // Any of the author's keys: the one of before a forgotten PIN may have signed what waited.
    const auto signed_with = [&](const auto& key) {
      return by_author(key) &&
             crypto::Verify(key.signing_key, change::SignedPartOf(octets), change.signature);
    };
    context.signature_valid = !change::NeedsSignature(change) ||
                              std::any_of(officers.begin(), officers.end(), signed_with);
    return context;
  }

  base::Result<change::DossierState*> StateOf(const std::string& id) {
    const auto known = states_.find(id);
    if (known != states_.end()) return &known->second;
    HOSO_TRY_ASSIGN(const auto bytes, store_.State(device_.unit, id));
    change::DossierState state;
    if (bytes) {
      HOSO_TRY_ASSIGN(state, change::DecodeState(*bytes));
    }
    return &(states_[id] = std::move(state));
  }

  base::Result<std::string> NextCode(const change::Create& create) {
    const std::string org = catalogue_.UnitOrgCode(create.unit);
    const std::string day = CodeDay(create.received_at);
    HOSO_TRY_ASSIGN(const std::int64_t number, store_.NextCodeNumber(org, day));
    return domain::FormatCode(org, day, number);
  }

  base::Status Append(const std::string& dossier, const base::Bytes& octets,
                      const change::Verdict& verdict, const std::string& code,
                      const std::string& role) {
    if (head_.position == 0) head_.hash = change::LogStart(device_.unit);
    ++head_.position;
    const base::Bytes entry = change::EncodeEntry(
        {head_.position, now_ms_, verdict, code, role, change::kRulesVersion, octets});
    head_.hash = change::LogHash(head_.hash, entry);
    return store_.AppendEntry(device_.unit, head_.position, dossier, entry, head_.hash);
  }

  store::ProvinceStore& store_;
  const catalog::Catalog& catalogue_;
  const std::vector<domain::Transition>& transitions_;
  const std::int64_t now_ms_;
  store::Device& device_;
  store::UnitHead& head_;
  std::map<std::string, change::DossierState> states_;
};

Reconciler::Reconciler(store::ProvinceStore& store, const catalog::Catalog& catalogue,
                       base::Bytes packed_catalogue, const base::Clock& clock, base::Random& random,
                       const crypto::Secret& receipt_seed)
    : store_(store),
      catalogue_(catalogue),
      packed_catalogue_(std::move(packed_catalogue)),
      clock_(clock),
      random_(random),
      receipt_seed_(receipt_seed),
      transitions_(catalogue.Transitions()) {}

base::Status Reconciler::Exchange(const std::string& certificate, protocol::ByteSource& request,
                                  protocol::ByteSink& answer) {
  protocol::FrameReader reader(request);
  Session session;
  const auto work = [&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto device, store_.DeviceByCertificate(certificate));
    if (!device) return Fail(ErrorKind::kRefused, "device.unknown");
    session.device = *device;
    HOSO_TRY_ASSIGN(const protocol::Message first, reader.Next());
    const auto* hello = std::get_if<protocol::Hello>(&first);
    if (hello == nullptr) return Fail(ErrorKind::kDamaged, "message.unexpected");
    HOSO_TRY(Greet(session, *hello));
    for (std::int64_t batches = 0; batches <= kMaxBatchesPerRequest; ++batches) {
      HOSO_TRY_ASSIGN(const protocol::Message next, reader.Next());
      if (std::holds_alternative<protocol::Over>(next)) return {};
      const auto* batch = std::get_if<protocol::Batch>(&next);
      if (batch == nullptr) return Fail(ErrorKind::kDamaged, "message.unexpected");
      HOSO_TRY(TakeBatch(session, *batch));
    }
    return Fail(ErrorKind::kRefused, "request.too_long");
  };
  if (const base::Status done = work(); !done) {
    if (!IsRefusal(done.error())) return done;
    return Send(answer, protocol::Refused{done.error().reason, done.error().detail});
  }
  return Answer(session, answer);
}

base::Status Reconciler::Greet(Session& session, const protocol::Hello& hello) {
  session.hello = hello;
  if (hello.version != protocol::kVersion) return Fail(ErrorKind::kNewer, "protocol.version");
  if (session.device.revoked) return Fail(ErrorKind::kRefused, "device.revoked");
  if (hello.replica != session.device.replica || hello.unit != session.device.unit)
    return Fail(ErrorKind::kRefused, "device.other");
  HOSO_TRY_ASSIGN(const auto head, store_.Unit(hello.unit));
  const std::int64_t position = head ? head->position : 0;
  if (hello.position < 0 || hello.position > position)
    return Fail(ErrorKind::kRefused, "log.mismatch");
  if (hello.position == 0) return {};
  HOSO_TRY_ASSIGN(const auto hash, store_.HashAt(hello.unit, hello.position));
  if (!hash || *hash != hello.log_hash) return Fail(ErrorKind::kRefused, "log.mismatch");
  return {};
}

base::Status Reconciler::TakeBatch(Session& session, const protocol::Batch& batch) {
  if (batch.changes.empty() || batch.first < 1)
    return Fail(ErrorKind::kDamaged, "message.malformed");
  const std::int64_t last = batch.first + static_cast<std::int64_t>(batch.changes.size()) - 1;
  return store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(store::UnitHead head,
                    store_.LockUnit(session.device.unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(auto device, store_.FindDevice(session.device.replica));
    if (!device || device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    if (!crypto::Verify(device->signing_key,
                        protocol::BatchSigned(device->replica, last, batch.chain), batch.signature))
      return Fail(ErrorKind::kRefused, "batch.signature");
    if (batch.first > device->accepted_through + 1)
      return Fail(ErrorKind::kRefused, "sequence.gap");
    if (device->chain.empty()) device->chain = change::ChainStart();
    const std::int64_t known = device->accepted_through;
    if (last < known) return {};  // A repeat of something long accepted.

    BatchWriter writer(store_, catalogue_, transitions_, clock_.NowMs(), *device, head);
    for (std::int64_t sequence = std::max(batch.first, known + 1); sequence <= last; ++sequence)
      HOSO_TRY(
          writer.Take(batch.changes[static_cast<std::size_t>(sequence - batch.first)], sequence));
    // Same number, other content: two desks share one identity, or an old copy went on by itself.
    if (device->chain != batch.chain) return Fail(ErrorKind::kRefused, "replica.forked");
    if (last == known) return {};
    return writer.Finish();
  });
}

base::Status Reconciler::Answer(Session& session, protocol::ByteSink& answer) {
  const protocol::Hello& hello = session.hello;
  store::UnitHead head;
  store::Device device;
  HOSO_TRY(store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(head, store_.LockUnit(hello.unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(const auto found, store_.FindDevice(hello.replica));
    if (!found) return Fail(ErrorKind::kRefused, "device.unknown");
    device = *found;
    return {};
  }));
  protocol::Receipt receipt{
      hello.unit, hello.replica,  head.epoch, device.accepted_through, device.chain, head.position,
      head.hash,  clock_.NowMs(), {}};
  receipt.signature = crypto::Sign(receipt_seed_, protocol::ReceiptSigned(receipt));
  HOSO_TRY(
      Send(answer, protocol::Welcome{head.epoch, device.accepted_through, receipt.province_ms}));
  HOSO_TRY(Send(answer, receipt));

  const std::string catalogue_id = base::ToHex(crypto::Sha256(packed_catalogue_));
  if (catalogue_id != hello.catalogue)
    HOSO_TRY(SendParts(answer, "catalogue", catalogue_id, packed_catalogue_));
  HOSO_TRY_ASSIGN(const auto users, store_.Users());
  std::vector<protocol::Person> people;
  for (const store::User& user : users)
    if (user.unit == hello.unit)
      people.push_back({user.id, user.name, user.role, user.unit, user.active});
  const base::Bytes directory = protocol::EncodeDirectory(people);
  const std::string directory_id = base::ToHex(crypto::Sha256(directory));
  if (directory_id != hello.directory)
    HOSO_TRY(SendParts(answer, "directory", directory_id, directory));
  return SendEntries(hello, head, answer);
}

base::Status Reconciler::SendEntries(const protocol::Hello& hello, const store::UnitHead& head,
                                     protocol::ByteSink& answer) {
  std::int64_t sent = hello.position;
  std::size_t total = 0;
  while (sent < head.position && total < kAnswerTarget) {
    HOSO_TRY_ASSIGN(auto rows, store_.Entries(hello.unit, sent,
                                              std::min(kEntriesPerRead, head.position - sent)));
    if (rows.empty()) return Fail(ErrorKind::kDisk, "store.damaged");
    protocol::Entries frame{sent + 1, {}};
    std::size_t size = 0;
    for (base::Bytes& row : rows) {
      if (!frame.entries.empty() && size + row.size() > kFrameTarget) break;
      size += row.size();
      frame.entries.push_back(std::move(row));
    }
    sent += static_cast<std::int64_t>(frame.entries.size());
    total += size;
    HOSO_TRY(Send(answer, frame));
  }
  return Send(answer, protocol::Done{head.position, head.hash, sent < head.position});
}

}  // namespace hoso::server
