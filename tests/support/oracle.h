#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/change/state.h"
#include "common/domain/workflow.h"

namespace hoso::testing {

/// What a log means, written a second time from the design and not from the product's judge, apply
/// or merge: every value that was written and that nobody has replaced knowingly stands, the first
/// holds, the others are rivals. Slow and plain on purpose.
class Oracle {
 public:
  /// The author as the province knew him when it took the change.
  struct Author {
    std::string role;  // "" if the province does not know him.
    bool active = true;
    bool signed_it = true;  // Asked only where a signature is needed.
  };

  Oracle(std::string unit, std::vector<domain::Transition> steps)
      : unit_(std::move(unit)), steps_(std::move(steps)) {}

  /// Takes the next change of the log and says what must have become of it: "accepted",
  /// "accepted_with_conflicts" or "set_aside". `decided_on` is the content that the author of a
  /// decision saw (see ContentOf). What was `issued` before a loss stands, whatever came between.
  std::string Take(std::int64_t position, const change::Change& change, const Author& author,
                   const std::string& decided_on, bool issued = false);

  /// In words, what a replica has otherwise than it should; empty if nothing.
  std::string Differs(const change::DossierState& state) const;
  std::size_t dossiers() const { return dossiers_.size(); }

  /// Everything of a dossier that a decision is about, as text.
  static std::string ContentOf(const change::DossierState& state);

 private:
  using Id = change::ChangeId;
  struct Standing {
    std::string value, author;
    std::vector<Id> ids;  // Several who wrote the very same; the first of them holds.
    std::int64_t at_ms = 0, position = 0;  // Of the first.
    bool Is(const change::Value& value) const;
  };
  struct Place {
    std::vector<Standing> values;  // The first holds; the others are rivals.
    std::int64_t began = 0;
  };
  struct Aside {
    change::Change change;
    std::int64_t position = 0;
    std::string settled = {};
    std::vector<std::string> difference = {};  // What a decision's author had not seen.
    bool Is(const change::SetAside& aside) const;
  };
  struct Dossier {
    bool created = false;
    int state = 0;
    std::string stage, receiver;
    change::Moved moved;
    std::set<std::string> proposers;
    std::map<std::string, Place> places;
    std::vector<change::Note> notes;
    std::optional<change::Create> received;
    std::vector<change::Pause> pauses;
    std::optional<change::LastDecision> decision;
    std::vector<Aside> asides;
    int extensions = 0, supplements = 0;
  };
  enum class Fate { kTaken, kConflict, kAside };

  bool May(const change::Change& change, const Author& author) const;
  Fate FateOf(const Dossier& dossier, const change::Change& change, const Author& author,
              const std::string& decided_on) const;
  Fate FateOfWrite(const Dossier& dossier, const std::string& key,
                   const change::Write& write) const;
  Fate FateOfStep(const Dossier& dossier, const change::Step& step) const;
  Fate FateOfDecision(const Dossier& dossier, const change::Change& change,
                      const change::Decide& decide, const Author& author,
                      const std::string& decided_on) const;
  Fate FateOfResolve(const Dossier& dossier, const change::Resolve& resolve) const;
  void Do(Dossier& dossier, const change::Change& change, const std::string& role,
          std::int64_t position) const;
  void DoStep(Dossier& dossier, const change::Change& change, const change::Step& step) const;
  static void Write(Dossier& dossier, const std::string& key, const change::Change& change,
                    const std::string& value, const std::optional<Id>& seen, std::int64_t position);
  static void Resolve(Place& place, const change::Change& change, const change::Resolve& resolve,
                      std::int64_t position);
  static void Settled(Place& place, std::int64_t position);
  static std::vector<std::string> Unseen(const Dossier& dossier, const change::Change& change,
                                         const change::Decide& decide);
  static bool Locked(const Dossier& dossier);
  static std::string ContentOf(const Dossier& dossier);
  const domain::Transition* StepOf(const std::string& name) const;

  std::string unit_;
  std::vector<domain::Transition> steps_;
  std::map<std::string, Dossier> dossiers_;
};

}  // namespace hoso::testing
