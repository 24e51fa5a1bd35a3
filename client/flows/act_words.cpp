#include "client/flows/act_words.h"

#include "client/flows/change_words.h"
#include "client/flows/step_words.h"

namespace hoso::flows {
namespace {

std::string Quoted(const std::string& text) {
  return "«" + text + "»";
}

std::string With(const std::string& words, const std::string& reason) {
  return reason.empty() ? words : words + ": " + Quoted(reason);
}

struct TextOf {
  OpenDesk& open;
  const change::DossierState& state;

  std::string Wrote(const std::string& place, const std::string& value) const {
    return Quoted(LabelOf(open, state, place)) + " thành " + Quoted(ValueText(open, place, value));
  }
  std::string operator()(const change::Create&) const { return "Tiếp nhận hồ sơ"; }
  std::string operator()(const change::SetFields& set) const {
    std::string text;
    for (const change::Write& write : set.fields)
      text += (text.empty() ? "Sửa " : "; ") + Wrote("field." + write.key, write.value);
    return text;
  }
  std::string operator()(const change::CheckItem& check) const {
    return "Ghi giấy tờ " + Wrote("component." + check.item.key, check.item.value);
  }
  std::string operator()(const change::AddNote& note) const { return With("Ghi chú", note.text); }
  std::string operator()(const change::Assign& assign) const {
    return "Giao hồ sơ cho " + ValueText(open, "assignee", assign.to.value);
  }
  std::string operator()(const change::Step& step) const {
    return With(StepText(step.name), step.reason);
  }
  std::string operator()(const change::Decide& decide) const {
    return With(StepText(ToText(decide.decision)), decide.reason);
  }
  std::string operator()(const change::Resolve& resolve) const {
    const std::string text = "Giải quyết xung đột " + Quoted(LabelOf(open, state, resolve.field));
    return resolve.value ? text + " bằng " + Quoted(ValueText(open, resolve.field, *resolve.value))
                         : text;
  }
  std::string operator()(const change::Settle& settle) const {
    return With(settle.adopt ? "Nhận lại thay đổi để riêng" : "Bỏ qua thay đổi để riêng",
                settle.reason);
  }
  std::string operator()(const change::Unknown&) const {
    return "Việc do phiên bản mới hơn của chương trình ghi";
  }
};

}  // namespace

std::string ActText(OpenDesk& open, const change::DossierState& state, const change::Body& body) {
  return std::visit(TextOf{open, state}, body);
}

std::string ValueText(OpenDesk& open, const std::string& place, const std::string& value) {
  if (value.empty()) return "(trống)";
  if (place == "assignee") return PersonText(open, value);
  if (place == "stage") return StageText(value);
  return place.starts_with("component.") ? PaperText(value) : value;
}

std::string PersonText(OpenDesk& open, const std::string& user) {
  const auto person = open.PersonOf(user);
  return person && !person->name.empty() ? person->name : user;
}

std::string CodeText(const change::DossierState& state) {
  return state.code.empty() ? state.provisional_code : state.code;
}

std::string PaperText(const std::string& status) {
  if (status == "have") return "Bản chính";
  if (status == "copy") return "Bản sao";
  return status == "missing" ? "Chưa có" : status;
}

}  // namespace hoso::flows
