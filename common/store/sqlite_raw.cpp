#include "common/store/sqlite_raw.h"

#ifndef SQLITE_HAS_CODEC
#define SQLITE_HAS_CODEC
#endif
#include "common/store/soci.h"  // First: it settles what the backends' headers need.

#include <soci/sqlite3/soci-sqlite3.h>

#include <memory>

#include "common/base/bytes.h"

// SOCI includes SQLite's header inside this namespace; the plain header must not come here too.
using namespace sqlite_api;

namespace hoso::store {
namespace {

sqlite_api::sqlite3* Handle(soci::session& sql) {
  return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

/// The library's own message may quote data; only the code is passed on.
void Require(int code) {
  if (code != SQLITE_OK) throw soci::sqlite3_soci_error("sqlite", code);
}

int KeepFirst(void* out, int columns, char** values, char**) {
  auto& text = *static_cast<std::string*>(out);
  if (text.empty() && columns > 0 && values[0] != nullptr) text = values[0];
  return 0;
}

std::string_view TextOf(sqlite3_value* value) {
  const void* octets = sqlite3_value_blob(value);
  return octets == nullptr ? std::string_view()
                           : std::string_view(static_cast<const char*>(octets),
                                              static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void CallFunction(sqlite3_context* context, int count, sqlite3_value** values) {
  std::vector<std::string_view> arguments;
  for (int i = 0; i < count; ++i) arguments.push_back(TextOf(values[i]));
  const auto function = reinterpret_cast<TextFunction>(sqlite3_user_data(context));
  const std::string text = function(arguments);
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

/// The lock that whoever commits holds, taken beside SQLite's own calls: its place is part of the
/// WAL's format (sqlite.org/walformat.html, "WAL Locks").
class WritersLock {
 public:
  explicit WritersLock(sqlite_api::sqlite3* handle, const char* database) {
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(handle, database, SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
        file != nullptr && file->pMethods != nullptr && file->pMethods->iVersion >= 2 &&
        Call(file, SQLITE_SHM_LOCK))
      file_ = file;
  }
  ~WritersLock() {
    if (file_ != nullptr) Call(file_, SQLITE_SHM_UNLOCK);
  }
  WritersLock(const WritersLock&) = delete;
  WritersLock& operator=(const WritersLock&) = delete;
  bool held() const { return file_ != nullptr; }

 private:
  static bool Call(sqlite3_file* file, int what) {
    constexpr int kWriter = 0;
    return file->pMethods->xShmLock(file, kWriter, 1, what | SQLITE_SHM_EXCLUSIVE) == SQLITE_OK;
  }
  sqlite3_file* file_ = nullptr;
};

constexpr int kLongPages = 1000, kTooLongPages = 10 * kLongPages;
constexpr int kTries = 3, kTriesWhenTooLong = 1000;  // A millisecond apart.

/// What it can't do now, the next commit tries again: the WAL holds everything meanwhile.
int Checkpoint(void*, sqlite_api::sqlite3* handle, const char* database, int pages) {
  if (pages < kLongPages) return SQLITE_OK;
  const int tries = pages < kTooLongPages ? kTries : kTriesWhenTooLong;
  for (int i = 0; i < tries; ++i) {
    if (const WritersLock lock(handle, database); lock.held()) {
      sqlite3_wal_checkpoint_v2(handle, database, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
      break;
    }
    sqlite3_sleep(1);
  }
  return SQLITE_OK;
}

}  // namespace

void ForEachNumber(soci::session& sql, const std::string& query, const NamedTexts& values,
                   const std::function<void(std::int64_t, std::string_view)>& each) {
  sqlite3_stmt* statement = nullptr;
  Require(sqlite3_prepare_v2(Handle(sql), query.c_str(), -1, &statement, nullptr));
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(statement,
                                                                         sqlite3_finalize);
  for (const auto& [name, value] : values) {
    const int place = sqlite3_bind_parameter_index(statement, (std::string(":") + name).c_str());
    if (place == 0) continue;
    Require(sqlite3_bind_text(statement, place, value.data(), static_cast<int>(value.size()),
                              SQLITE_STATIC));
  }
  const bool has_text = sqlite3_column_count(statement) > 1;
  int code = SQLITE_OK;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    std::string_view text;
    if (has_text) {
      const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement, 1));
      if (start != nullptr)
        text = {start, static_cast<std::size_t>(sqlite3_column_bytes(statement, 1))};
    }
    each(sqlite3_column_int64(statement, 0), text);
  }
  if (code != SQLITE_DONE) Require(code);
}

void AddFunction(soci::session& sql, const char* name, int arguments, TextFunction function) {
  Require(sqlite3_create_function_v2(
      Handle(sql), name, arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
      reinterpret_cast<void*>(function), CallFunction, nullptr, nullptr, nullptr));
}

void RunSqliteScript(soci::session& sql, const std::string& script) {
  Require(sqlite3_exec(Handle(sql), script.c_str(), nullptr, nullptr, nullptr));
}

std::string AskSqlite(soci::session& sql, const std::string& query) {
  std::string answer;
  Require(sqlite3_exec(Handle(sql), query.c_str(), KeepFirst, &answer, nullptr));
  return answer;
}

void KeySqlite(soci::session& sql, std::string_view key32) {
  std::string hex = base::ToHex(key32);
  std::string key;
  key.reserve(hex.size() + 3);  // Grown in place there would be copies left in freed memory.
  key.append("x'").append(hex).append("'");
  const int code = sqlite3_key_v2(Handle(sql), "main", key.data(), static_cast<int>(key.size()));
  for (std::string* secret : {&hex, &key}) {
    volatile char* octets = secret->data();
    for (std::size_t i = 0; i < secret->size(); ++i) octets[i] = 0;
  }
  Require(code);
}

bool IsPlainSqlite(soci::session& sql) {
  constexpr std::string_view kHeader("SQLite format 3\0", 16);
  sqlite3_file* file = nullptr;
  Require(sqlite3_file_control(Handle(sql), "main", SQLITE_FCNTL_FILE_POINTER, &file));
  std::string start(kHeader.size(), ' ');
  if (file == nullptr || file->pMethods == nullptr) return false;
  return file->pMethods->xRead(file, start.data(), static_cast<int>(start.size()), 0) ==
             SQLITE_OK &&
         start == kHeader;
}

void InterruptSqlite(soci::session& sql) {
  sqlite3_interrupt(Handle(sql));
}

void CheckpointWithWritersLock(soci::session& sql) {
  sqlite3_wal_hook(Handle(sql), Checkpoint, nullptr);
}

void CheckpointOnClose(soci::session& sql, bool allowed) {
  Require(sqlite3_db_config(Handle(sql), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, allowed ? 0 : 1,
                            static_cast<int*>(nullptr)));
}

bool InSqliteTransaction(soci::session& sql) {
  return sqlite3_get_autocommit(Handle(sql)) == 0;
}

}  // namespace hoso::store
