#include "client/cli/job.h"
#include "client/flows/receipt_proof_flow.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;

Json Proven(const flows::ProvenChange& proven) {
  Json json = ToJson(proven.change);
  json["signed_at"] = OrNull(proven.signed_at);
  json["ordered_at"] = OrNull(proven.ordered_at);
  return json;
}

base::Result<Json> Verify(Job& job) {
  if (job.args.Has("all") && job.args.Has("dossier"))
    return Fail(ErrorKind::kUsage, "args.not_here", "--all");
  HOSO_TRY_ASSIGN(const flows::ProofView view, flows::VerifyReceipts(*job.open));
  const engine::ReceiptProof& proof = view.proof;
  Json json{{"proven", view.sentences},   {"receipts", proof.receipts}, {"through", proof.through},
            {"position", proof.position}, {"ahead", proof.ahead},       {"earlier", proof.earlier}};
  if (!job.args.Has("dossier")) return json;
  HOSO_TRY_ASSIGN(const auto changes,
                  flows::ProvenChangesOf(*job.open, proof, job.args.Get("dossier")));
  Json all = Json::array();
  for (const flows::ProvenChange& change : changes) all.push_back(Proven(change));
  json["changes"] = std::move(all);
  return json;
}

}  // namespace

std::vector<Command> ProofCommands() {
  return {{{"receipt", "verify"}, 0, 0, {"dossier", "all"}, Command::Needs::kDesk, Verify}};
}

}  // namespace hoso::cli
