#include "client/flows/receipt_proof_flow.h"

namespace hoso::flows {
namespace {

std::string TextOrNone(const std::optional<std::int64_t>& ms) {
  return ms ? LocalText(*ms) : "";
}

}  // namespace

base::Result<ProofView> VerifyReceipts(OpenDesk& open) {
  ProofView view;
  HOSO_TRY_ASSIGN(view.proof, engine::ProveReceipts(open.store()));
  const engine::ReceiptProof& proof = view.proof;
  const auto say = [&](std::string sentence) { view.sentences.push_back(std::move(sentence)); };
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  if (proof.through > 0)
    say("Tỉnh đã ký nhận " + number(proof.through) + " thay đổi của máy này, từ số 1 đến số " +
        number(proof.through) + ", lúc " + LocalText(proof.through_ms) + ".");
  else
    say("Tỉnh chưa ký nhận thay đổi nào của máy này.");
  if (proof.position > 0)
    say("Nhật ký trên máy đến vị trí " + number(proof.position) + " đúng như tỉnh đã ký lúc " +
        LocalText(proof.position_ms) + ".");
  say("Đã soát chữ ký và tính lại " + number(proof.receipts) + " biên nhận.");
  if (proof.ahead > 0)
    say(number(proof.ahead) +
        " biên nhận nói về phần nhật ký chưa nhận về: đối chiếu rồi soát lại.");
  if (proof.earlier > 0)
    say(number(proof.earlier) +
        " biên nhận có từ trước khi tỉnh phục hồi dữ liệu: thứ tự tỉnh đã "
        "ký khi đó nay không còn.");
  return view;
}

base::Result<std::vector<ProvenChange>> ProvenChangesOf(OpenDesk& open,
                                                        const engine::ReceiptProof& proof,
                                                        const std::string& dossier) {
  HOSO_TRY_ASSIGN(DossierView view, ShowDossier(open, dossier));
  std::vector<ProvenChange> all;
  for (ChangeView& change : view.changes) {
    ProvenChange one;
    if (const auto id = change::ChangeId::Parse(change.id))
      one.signed_at = TextOrNone(proof.ReceivedMs(id->replica, id->sequence));
    if (change.standing.position > 0)
      one.ordered_at = TextOrNone(proof.OrderedMs(change.standing.position));
    one.change = std::move(change);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace hoso::flows
