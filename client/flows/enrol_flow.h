#pragma once

#include <string>

#include "client/flows/desk_folder.h"
#include "client/flows/tools.h"

namespace hoso::flows {

struct Enrolled {
  std::string user, name, role, unit;
  bool joined = false;  // An officer was added to a desk that was there.
};

/// Makes `folder` a desk with the enrolment file of its first officer, or adds an officer to it.
/// `pin` becomes that officer's PIN. An officer who forgot the PIN gets a new one the same way,
/// with a new file: the province's share opens the desk, no colleague's PIN is needed.
///
/// May be cut anywhere and called again with the same file and PIN. Errors: kUsage "enrol.file",
/// "pin.*"; kRefused with the province's reason; kUnreachable, "sync.stopped" after `stop` was
/// asked; kDamaged "share.missing".
base::Result<Enrolled> Enrol(const DeskFolder& folder, const std::string& file_path,
                             const std::string& pin, const Tools& tools, std::stop_token stop = {});

/// What an enrolment file says of itself, to be shown before it is used. kUsage "enrol.file".
struct EnrolmentFacts {
  std::string user, unit, unit_name, province, server;
};
base::Result<EnrolmentFacts> LookAtEnrolment(const std::string& file_path);

}  // namespace hoso::flows
