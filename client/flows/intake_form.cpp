#include "client/flows/intake_form.h"

#include <algorithm>

#include "client/flows/casework_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/look_up.h"
#include "common/text/fold.h"

namespace hoso::flows {
namespace {

constexpr std::string_view kPaper = "paper.";

bool HasAllWords(const std::string& folded, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return folded.find(word) != std::string::npos;
  });
}

}  // namespace

base::Result<IntakeForm> IntakeForm::Open(OpenDesk& open, const std::string& draft_key) {
  IntakeForm form(open, draft_key);
  HOSO_TRY_ASSIGN(form.values_, DraftFlow(open).Of(draft_key));
  return form;
}

std::string IntakeForm::Get(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? "" : found->second;
}

base::Status IntakeForm::Set(const std::string& key, const std::string& value) {
  if (Get(key) == value) return {};
  if (key == "procedure" || key == "case")
    std::erase_if(values_, [](const auto& pair) { return pair.first.starts_with(kPaper); });
  if (key == "procedure") values_.erase("case");
  values_[key] = value;
  return DraftFlow(*open_).Keep(key_, values_);
}

std::vector<const catalog::Procedure*> IntakeForm::Find(const std::string& words) const {
  const auto wanted = text::Words(text::Fold(words));
  std::vector<const catalog::Procedure*> found;
  for (const catalog::Procedure& procedure : open_->catalogue().Procedures())
    if (HasAllWords(text::Fold(procedure.code + " " + procedure.name + " " + procedure.field),
                    wanted))
      found.push_back(&procedure);
  return found;
}

const catalog::Procedure* IntakeForm::procedure() const {
  return open_->catalogue().FindProcedure(Get("procedure"), domain::ToText(open_->Now().day));
}

const catalog::Case* IntakeForm::the_case() const {
  const catalog::Procedure* chosen = procedure();
  if (chosen == nullptr) return nullptr;
  return Get("case").empty() ? &chosen->cases.front() : chosen->FindCase(Get("case"));
}

std::vector<ComponentView> IntakeForm::Papers() const {
  std::vector<ComponentView> papers;
  if (const catalog::Case* chosen = the_case())
    for (const catalog::Component& paper : chosen->components) {
      const std::string status = Get(std::string(kPaper) + paper.key);
      papers.push_back(
          {paper.key, paper.name, status.empty() ? "missing" : status, paper.optional});
    }
  return papers;
}

DueView IntakeForm::Due() const {
  if (the_case() == nullptr) return {};
  const auto due = Deadline(open_->catalogue(), {Get("procedure"),
                                                 the_case()->key,
                                                 Get("difficult") == "1",
                                                 std::nullopt,
                                                 "",
                                                 domain::ToText(open_->Now()),
                                                 {}});
  return due ? *due : DueView();
}

std::vector<std::string> IntakeForm::Missing() const {
  std::vector<std::string> missing;
  if (text::Words(Get("applicant.name")).empty()) missing.push_back("create.no_applicant");
  if (the_case() == nullptr) missing.push_back("procedure.missing");
  return missing;
}

std::vector<std::string> IntakeForm::Warnings() const {
  return WarningsOf(values_);
}

std::vector<std::string> IntakeForm::WarningsAt(const std::string& key) const {
  const std::map<std::string, std::string> field = {{key, Get(key)}};
  std::vector<std::string> warnings = WarningsOf(field);
  if (const auto clean = CleanFields(open_->catalogue(), procedure(), field);
      !clean && clean.error().reason != "field.unknown")
    warnings.push_back(clean.error().reason);
  return warnings;
}

std::map<std::string, std::string> IntakeForm::Fields() const {
  std::map<std::string, std::string> fields;
  for (const auto& [key, value] : values_)
    if (!value.empty() && !key.starts_with(kPaper) && key != "procedure" && key != "case" &&
        key != "difficult")
      fields[key] = value;
  return fields;
}

base::Result<Received> IntakeForm::Accept() {
  if (const auto missing = Missing(); !missing.empty())
    return base::Fail(base::ErrorKind::kRefused, missing.front());
  constexpr std::size_t kKind = std::string_view("intake:").size();
  Intake intake{Get("procedure"),        the_case()->key, "",
                Get("difficult") == "1", Fields(),        key_.substr(kKind)};
  auto received = Receive(*open_, intake);
  // Accepted before, and cut before the draft was dropped: it is the same dossier.
  if (!received && received.error().reason == "create.duplicate")
    received = Received{intake.id, "", {}};
  if (!received) return received;
  std::map<std::string, std::string> papers;
  for (const auto& [key, value] : values_)
    if (key.starts_with(kPaper) && value != "missing") papers[key.substr(kPaper.size())] = value;
  if (!papers.empty()) HOSO_TRY(CaseworkFlow(*open_).Check(received->id, papers));
  HOSO_TRY(Drop());
  return received;
}

base::Status IntakeForm::Drop() {
  return DraftFlow(*open_).Drop(key_);
}

}  // namespace hoso::flows
