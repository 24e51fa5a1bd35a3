#include "client/ui/language.h"

#include <wx/arrstr.h>
#include <wx/filefn.h>
#include <wx/translation.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace hoso::ui {
namespace {

/// Our catalogues only, from one folder; wx's own loader would add the machine's.
class FolderLoader : public wxTranslationsLoader {
 public:
  explicit FolderLoader(std::string folder) : folder_(std::move(folder)) {}

  wxMsgCatalog* LoadCatalog(const wxString& domain, const wxString& language) override {
    const wxString file = File(domain, language);
    return wxFileExists(file) ? wxMsgCatalog::CreateFromFile(file, domain) : nullptr;
  }
  wxArrayString GetAvailableTranslations(const wxString& domain) const override {
    wxArrayString found;
    for (const char* language : {"en", "vi"})
      if (wxFileExists(File(domain, language))) found.push_back(language);
    return found;
  }

 private:
  wxString File(const wxString& domain, const wxString& language) const {
    return wxString::FromUTF8(folder_) + "/" + language + "/LC_MESSAGES/" + domain + ".mo";
  }

  std::string folder_;
};

}  // namespace

void SpeakInToolkit([[maybe_unused]] const std::string& language) {
#ifdef __WXGTK__
  setenv("LANGUAGE", language.c_str(), 1);
  // In the locale "C" the C library never translates; C.UTF-8 is on every system and does.
  const std::string_view now =
      std::setlocale(LC_ALL, "") == nullptr ? "C" : setlocale(LC_CTYPE, nullptr);
  if (now == "C" || now == "POSIX") {
    setenv("LC_ALL", "C.UTF-8", 1);
    std::setlocale(LC_ALL, "");
  }
  // Numbers are read and written in our own form; the C library's must stay as code expects it.
  std::setlocale(LC_NUMERIC, "C");
#endif
}

void SpeakInProgram(const std::string& language, const std::string& folder) {
  auto* translations = new wxTranslations;
  translations->SetLoader(new FolderLoader(folder));
  translations->SetLanguage(wxString::FromUTF8(language));
  translations->AddCatalog("hosoxa", wxLANGUAGE_VIETNAMESE);
  translations->AddCatalog("wxstd", wxLANGUAGE_ENGLISH);
  wxTranslations::Set(translations);  // The old ones go.
}

}  // namespace hoso::ui
