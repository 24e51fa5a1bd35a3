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
/// asked; kRefused "enrol.other_unit" where this PC is another unit's; kDamaged "share.missing".
base::Result<Enrolled> Enrol(const DeskFolder& folder, const std::string& file_path,
                             const std::string& pin, const Tools& tools, std::stop_token stop = {});

/// The file that the PC's keeper laid ready, "" if none: the one that the settings name, or in a
/// folder of such files the one that has this PC's name. It need not be there.
std::string OfferedEnrolment(const DeskFolder& folder, const Tools& tools,
                             const std::string& pc_name);

/// What an enrolment file says of itself, to be shown before it is used. kUsage "enrol.file".
struct EnrolmentFacts {
  std::string user, unit, unit_name, province, server;
};
base::Result<EnrolmentFacts> LookAtEnrolment(const std::string& file_path);

}  // namespace hoso::flows
