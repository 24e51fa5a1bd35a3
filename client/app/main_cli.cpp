#include <cstdio>
#include <exception>
#include <string>

#include "client/app/connect.h"
#include "client/app/program_folder.h"
#include "client/cli/run.h"
#include "common/crypto/random.h"

#ifndef _WIN32
#include <csignal>
#endif

namespace {

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

}  // namespace

int main(int argc, char** argv) {
#ifndef _WIN32
  std::signal(SIGPIPE, SIG_IGN);  // A line that breaks is an error to handle, not an end.
#endif
  try {
    const hoso::base::SystemClock clock;
    hoso::crypto::SystemRandom random;
    return hoso::cli::Run(
        {argv + 1, argv + argc},
        {clock, random, hoso::app::Connect, {}, hoso::app::FontFolder(), "", hoso::app::TestLine},
        {[](const std::string& text) { Print(stdout, text); },
         [](const std::string& text) { Print(stderr, text); }});
  } catch (const std::exception& thrown) {
    Print(stderr, std::string("Chương trình gặp lỗi không lường trước.\nVì: ") + thrown.what() +
                      ".\nDữ liệu đã lưu vẫn còn; thử lại, nếu còn lỗi thì báo quản trị.\n");
    return 6;
  }
}
