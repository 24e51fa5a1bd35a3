#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/result.h"
#include "sync/protocol/stream.h"

namespace hoso::protocol {

inline constexpr int kVersion = 1;
inline constexpr std::size_t kMaxFrameBytes = 1u << 20;       // On the wire.
inline constexpr std::size_t kMaxFrameUnpacked = 4u << 20;    // After decompression.
inline constexpr std::size_t kMaxCatalogueBytes = 32u << 20;  // Sent in parts.
inline constexpr std::size_t kMaxAnswerBytes = 64u << 20;     // What a desk takes at most.
inline constexpr std::size_t kMaxBatchChanges = 64;
inline constexpr std::size_t kMaxBatchBytes = 512u << 10;
inline constexpr std::size_t kMaxReturnBytes = 32u << 20;  // Entries between two receipts.
inline constexpr std::size_t kMaxPoints = 128;
inline constexpr std::size_t kDeskShareBytes = 32;

// A desk says: Hello, Batch*, Over; or, to a province that lost entries, Hello, Returned*, Receipt,
// Over. The province answers: Welcome, Receipt, (Part | Entries)*, Done; or Behind or Refused,
// after which nothing follows.

struct Hello {
  int version = kVersion;
  std::string replica, unit, epoch;  // Epoch: empty before the first exchange.
  std::int64_t position = 0;         // How far the desk's copy of the log goes,
  base::Bytes log_hash;              // and its hash there (empty at 0).
  std::string catalogue;             // Id of the catalogue set it has; empty: none.
  std::string directory;             // Id of the list of users it has; empty: none.
  friend bool operator==(const Hello&, const Hello&) = default;
};

struct Batch {
  std::int64_t first = 0;            // Sequence of the first change.
  std::vector<base::Bytes> changes;  // Canonical octets, dense.
  base::Bytes chain;                 // The replica's chain after the last one,
  base::Bytes signature;             // signed by the desk: Ed25519 over BatchSigned.
  friend bool operator==(const Batch&, const Batch&) = default;
};

struct Over {
  friend bool operator==(const Over&, const Over&) = default;
};

struct Welcome {
  std::string epoch;
  std::int64_t accepted_through = 0;  // Last sequence of this replica that is durable.
  std::int64_t province_ms = 0;
  friend bool operator==(const Welcome&, const Welcome&) = default;
};

/// The province's signed statement of what it holds durably. Both sides can prove it later.
struct Receipt {
  std::string unit, replica, epoch;
  std::int64_t accepted_through = 0;
  base::Bytes chain;  // The replica's chain there.
  std::int64_t position = 0;
  base::Bytes log_hash;
  std::int64_t province_ms = 0;
  base::Bytes signature;  // Ed25519 by the province over ReceiptSigned.
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

struct Entries {
  std::int64_t first = 0;            // Position of the first.
  std::vector<base::Bytes> entries;  // As change::EncodeEntry wrote them.
  friend bool operator==(const Entries&, const Entries&) = default;
};

/// A piece of a larger document: "catalogue" or "directory".
struct Part {
  std::string name, id;
  std::int64_t offset = 0, total = 0;
  base::Bytes bytes;
  friend bool operator==(const Part&, const Part&) = default;
};

struct Done {
  std::int64_t position = 0;  // Head of the log when the answer was made.
  base::Bytes log_hash;
  bool more = false;  // Ask again: the answer was cut short on purpose.
  friend bool operator==(const Done&, const Done&) = default;
};

/// The desk's copy of the log is not a beginning of the province's, or the epoch is another one.
/// Nothing of the request was taken. Gives some hashes of the province's log, the highest position
/// first, so that the desk finds how far both are the same.
struct Behind {
  struct Point {
    std::int64_t position = 0;
    base::Bytes log_hash;  // Empty at 0.
    friend bool operator==(const Point&, const Point&) = default;
  };
  std::string epoch;
  std::vector<Point> points;
  friend bool operator==(const Behind&, const Behind&) = default;
};

/// Entries of the log, from the desk's copy, that follow the position its Hello named. A Receipt
/// after the last of them proves them: the province signed that hash at that position.
struct Returned {
  std::int64_t first = 0;
  std::vector<base::Bytes> entries;
  friend bool operator==(const Returned&, const Returned&) = default;
};

struct Refused {
  std::string reason, detail;
  friend bool operator==(const Refused&, const Refused&) = default;
};

using Message = std::variant<Hello, Batch, Over, Welcome, Receipt, Entries, Part, Done, Refused,
                             Behind, Returned>;

/// One frame: kind (1 octet), length (4, big-endian), zstd-compressed CBOR.
base::Bytes EncodeFrame(const Message& message);

/// Reads frames off a source; every limit is checked before memory is taken.
class FrameReader {
 public:
  explicit FrameReader(ByteSource& source) : source_(source) {}
  /// kUnreachable if the source ends inside or before a frame, kDamaged "frame.*" if it is not
  /// ours.
  base::Result<Message> Next();

 private:
  base::Status ReadExactly(char* into, std::size_t size);
  ByteSource& source_;
};

/// What the signatures are over: a name for the purpose, then the fields, in canonical CBOR.
/// Of a batch: with the epoch that its Hello names. Said again after a loss of the province, it is
/// of an epoch that is over: what the desk gives back of the log comes first.
base::Bytes BatchSigned(const std::string& replica, const std::string& epoch, std::int64_t last,
                        const base::Bytes& chain);
base::Bytes ReceiptSigned(const Receipt& receipt);
base::Bytes EncodeReceipt(const Receipt& receipt);
base::Result<Receipt> DecodeReceipt(std::string_view bytes);

/// A user as desks know him: who may do what, and whose signature is whose.
struct Person {
  std::string id, name, role, unit;
  bool active = true;
  friend bool operator==(const Person&, const Person&) = default;
};
base::Bytes EncodeDirectory(const std::vector<Person>& people);
base::Result<std::vector<Person>> DecodeDirectory(std::string_view bytes);

/// Enrolment: the desk's request and the province's answer, each one CBOR document.
struct EnrolRequest {
  std::string replica;      // Chosen by a new desk; an existing desk names its own.
  std::string csr;          // PEM; empty when an officer joins an existing desk.
  base::Bytes device_key;   // Ed25519 public key of the desk.
  base::Bytes officer_key;  // Ed25519 public key of the officer.
};
struct EnrolAnswer {
  std::string user, user_name, role, unit, province;
  std::string certificate;    // PEM; empty when the desk has one already.
  base::Bytes receipt_key;    // The province's Ed25519 public key.
  base::Bytes recovery_key;   // Its X25519 public key for recovery slots.
  base::Bytes desk_share;     // Half of what opens this desk's database; the desk never keeps it.
  base::Bytes registrations;  // EncodeRegistrations: all that is said of this desk.
};
base::Bytes EncodeEnrolRequest(const EnrolRequest& request);
base::Result<EnrolRequest> DecodeEnrolRequest(std::string_view bytes);
base::Bytes EncodeEnrolAnswer(const EnrolAnswer& answer);
base::Result<EnrolAnswer> DecodeEnrolAnswer(std::string_view bytes);

/// The enrolment file carried to a new desk: where the province is, whom it trusts, a bootstrap
/// certificate good for 72 hours and one use.
struct EnrolmentFile {
  std::string server;  // https://host:port
  std::string province, unit, user;
  std::string ca;           // PEM
  std::string certificate;  // PEM, with
  std::string key;          // its private key.
};
std::string EncodeEnrolmentFile(const EnrolmentFile& file);  // JSON text.
base::Result<EnrolmentFile> DecodeEnrolmentFile(std::string_view text);

}  // namespace hoso::protocol
