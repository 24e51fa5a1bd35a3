#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client/cli/args.h"
#include "client/cli/json_views.h"
#include "client/flows/open_desk.h"

namespace hoso::cli {

/// What a command works with. For the sources of this module.
struct Job {
  const Args& args;
  const flows::Tools& tools;
  std::size_t first = 0;                            // Index of the first word after the verb.
  std::unique_ptr<flows::OpenDesk> open = nullptr;  // Where the command needs an unlocked desk.

  /// The n-th word after the verb; "" if absent.
  std::string Word(std::size_t n) const {
    return first + n < args.words.size() ? args.words[first + n] : "";
  }
  std::vector<std::string> WordsFrom(std::size_t n) const {
    if (first + n >= args.words.size()) return {};
    return {args.words.begin() + static_cast<long>(first + n), args.words.end()};
  }
  flows::DeskFolder Folder() const {
    return flows::DeskFolder(args.Has("data") ? args.Get("data") : tools.data_folder);
  }
  /// The first line of a file named by an option. kUsage "pin.missing", "file.missing".
  base::Result<std::string> Pin(const char* option) const;
  /// A whole number from `low` up; `otherwise` if the option is absent. kUsage "args.number".
  base::Result<std::int64_t> Number(const char* option, std::int64_t otherwise,
                                    std::int64_t low) const;
};

/// One command: its words, how many more it takes, its options, whether it opens the desk.
struct Command {
  std::vector<std::string> verb;
  std::size_t least = 0, most = 0;   // Words after the verb.
  std::vector<std::string> options;  // Allowed besides --data, --pin-file, --officer.
  enum class Needs { kNothing, kFolder, kDesk } needs = Needs::kDesk;
  base::Result<Json> (*run)(Job&) = nullptr;
};

inline constexpr std::size_t kAnyNumber = 10'000;

std::vector<Command> DossierCommands();  // dossier ..., search
std::vector<Command> DeskCommands();     // enrol, pin, status, sync, outbox, backup, conflict ...
std::vector<Command> PaperCommands();    // dossier receipt
std::vector<Command> ConfigCommands();   // config show, config set
std::vector<Command> ProofCommands();    // receipt verify
std::vector<Command> LookUpCommands();   // deadline, procedure, unit

}  // namespace hoso::cli
