#pragma once

#include <string>
#include <vector>

#include "client/flows/dossier_view.h"
#include "sync/engine/receipt_proof.h"

namespace hoso::flows {

/// What the stored receipts prove, offline. engine::ProveReceipts' errors.
struct ProofView {
  engine::ReceiptProof proof;
  std::vector<std::string> sentences;  // What is proven, in words.
};
base::Result<ProofView> VerifyReceipts(OpenDesk& open);

/// One change of a dossier and what is proven of it.
struct ProvenChange {
  ChangeView change;
  std::string signed_at;   // Local time of the first receipt over it; "": none, or not of here.
  std::string ordered_at;  // The same for its place in the log.
};
/// FindDossier's errors too.
base::Result<std::vector<ProvenChange>> ProvenChangesOf(OpenDesk& open,
                                                        const engine::ReceiptProof& proof,
                                                        const std::string& dossier);

}  // namespace hoso::flows
