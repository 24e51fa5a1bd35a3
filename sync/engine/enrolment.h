#pragma once

#include <string>

#include "common/crypto/secret.h"
#include "common/store/desk_store.h"
#include "sync/engine/province.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {

/// An enrolment file as read from disk, checked. kUsage "enrol.file" if it is none of ours.
base::Result<protocol::EnrolmentFile> ReadEnrolmentFile(const std::string& path);

/// The keys that a desk and an officer begin with. They must be on disk before the province is
/// asked: its answer may be lost, and only the same keys are told the same again.
struct BeginnerKeys {
  std::string replica;
  base::Bytes device_key;       // Ed25519 public key of the desk.
  crypto::Secret tls_key;       // PEM; empty when an officer joins a desk that has one.
  crypto::Secret officer_seed;  // Ed25519
};
/// kRefused with the province's reason; kUnreachable; kDamaged when the answer is for another user.
base::Result<protocol::EnrolAnswer> AskToEnrol(Province& province, const BeginnerKeys& keys,
                                               const std::string& user);

/// Where the desk's database finds its province again. Written in the caller's transaction.
base::Status SaveConnection(store::DeskStore& store, const protocol::EnrolmentFile& file);
/// The desk's certificate and its key.
base::Status SaveCertificate(store::DeskStore& store, const std::string& certificate_pem,
                             const crypto::Secret& key_pem);

}  // namespace hoso::engine
