#include "client/flows/change_words.h"

namespace hoso::flows {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

void AddReason(Parts& parts, const std::string& reason) {
  if (!reason.empty()) parts.emplace_back("reason", reason);
}

struct PartsOf {
  Parts operator()(const change::Create& create) const {
    Parts parts = {{"procedure", create.procedure},
                   {"procedure_version", create.procedure_version},
                   {"case", create.case_key},
                   {"received_at", create.received_at},
                   {"provisional_code", create.provisional_code}};
    for (const auto& [key, value] : create.fields) parts.emplace_back(key, value);
    return parts;
  }
  Parts operator()(const change::SetFields& set) const {
    Parts parts;
    for (const change::Write& write : set.fields) parts.emplace_back(write.key, write.value);
    return parts;
  }
  Parts operator()(const change::CheckItem& check) const {
    return {{"component", check.item.key}, {"status", check.item.value}};
  }
  Parts operator()(const change::AddNote& note) const { return {{"text", note.text}}; }
  Parts operator()(const change::Assign& assign) const { return {{"to", assign.to.value}}; }
  Parts operator()(const change::Step& step) const {
    Parts parts = {{"step", step.name}};
    AddReason(parts, step.reason);
    return parts;
  }
  Parts operator()(const change::Decide& decide) const {
    Parts parts = {{"decision", ToText(decide.decision)}, {"digest", decide.digest}};
    AddReason(parts, decide.reason);
    return parts;
  }
  Parts operator()(const change::Resolve& resolve) const {
    Parts parts = {{"field", resolve.field}};
    if (resolve.keep) parts.emplace_back("keep", resolve.keep->ToText());
    if (resolve.value) parts.emplace_back("value", *resolve.value);
    return parts;
  }
  Parts operator()(const change::Settle& settle) const {
    Parts parts = {{"change", settle.change.ToText()},
                   {"action", settle.adopt ? "adopt" : "dismiss"}};
    AddReason(parts, settle.reason);
    return parts;
  }
  Parts operator()(const change::Unknown& unknown) const { return {{"kind", unknown.kind}}; }
};

}  // namespace

Parts BodyParts(const change::Body& body) {
  return std::visit(PartsOf(), body);
}

std::string ToText(change::Decision decision) {
  switch (decision) {
    case change::Decision::kApprove:
      return "approve";
    case change::Decision::kReturn:
      return "return";
    case change::Decision::kRefuse:
      break;
  }
  return "refuse";
}

}  // namespace hoso::flows
