#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "client/config/config.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/crypto/derive.h"
#include "common/crypto/secret.h"
#include "sync/engine/line_facts.h"
#include "sync/engine/province.h"

namespace hoso::events {
class EventLog;
}

namespace hoso::flows {

/// Where the province is and how to prove who we are.
struct Connection {
  std::string url;       // https://host:port
  std::string province;  // Its code: the server must be "province-<code>", wherever it is.
  std::string ca_pem, certificate_pem;
  crypto::Secret key_pem;
  std::stop_token stop = {};           // Asked: whatever waits on the line ends at once.
  crypto::Secret proxy_password = {};  // Kept for a proxy on the way; empty if none is.
  config::Config in_force = {};        // Which way to go.
};

/// What flows need of the world outside, given by client/app, or by a test.
struct Tools {
  const base::Clock& clock;
  base::Random& random;
  std::function<std::unique_ptr<engine::Province>(Connection)> connect;
  crypto::KdfCost pin_cost = {};   // Of PINs set from now on; tests make it cheap.
  std::string font_folder = {};    // Of the fonts the program comes with, for what is printed.
  std::string locale_folder = {};  // Of the catalogues that windows speak from.
  std::function<engine::LineFacts(Connection, const base::Clock&)> test_line = {};
  std::string data_folder = {};  // Of the desk, unless the user names another.
  config::Layers keeper = {};    // What the PC's keeper set.
  std::shared_ptr<const events::EventLog> events = {};  // Null: what happens is not written down.
};

}  // namespace hoso::flows
