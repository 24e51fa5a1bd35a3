#include <cstdio>
#include <exception>
#include <string>

#include "client/app/connect.h"
#include "client/app/program_folder.h"
#include "client/cli/run.h"
#include "client/config/machine.h"
#include "client/events/event_log.h"
#include "client/flows/support_info.h"
#include "common/base/program.h"
#include "common/crypto/random.h"

int main(int argc, char** argv) {
  using hoso::base::Print;
  hoso::base::BeginProgram();
  try {
    const hoso::base::SystemClock clock;
    hoso::crypto::SystemRandom random;
    const hoso::config::Layers keeper = hoso::config::ReadMachine();
    return hoso::cli::Run(
        hoso::base::Arguments(argc, argv),
        {clock,
         random,
         hoso::app::Connect,
         {},
         hoso::app::FontFolder(),
         "",
         hoso::app::TestLine,
         hoso::app::DataFolder(keeper),
         keeper,
         std::make_shared<hoso::events::EventLog>(
             clock, "hosoxa-cli/" + hoso::flows::ProgramVersion(), hoso::events::MakeSystemLog())},
        {[](const std::string& text) { Print(stdout, text); },
         [](const std::string& text) { Print(stderr, text); }});
  } catch (const std::exception& thrown) {
    Print(stderr, std::string("Chương trình gặp lỗi không lường trước.\nVì: ") + thrown.what() +
                      ".\nDữ liệu đã lưu vẫn còn; thử lại, nếu còn lỗi thì báo quản trị.\n");
    return 6;
  }
}
