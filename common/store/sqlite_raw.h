#pragma once

#include <string>
#include <string_view>

namespace soci {
class session;
}

/// What SOCI has no way to say, on SQLite's own handle. All throw SOCI's error.
namespace hoso::store {

/// All statements of a script; SOCI alone would run the first and drop the rest.
void RunSqliteScript(soci::session& sql, const std::string& script);
/// First column of the first row, "" if there is none.
std::string AskSqlite(soci::session& sql, const std::string& query);
/// Gives the key to the library without writing it into SQL, where errors would quote it.
void KeySqlite(soci::session& sql, std::string_view key32);
/// True if the file can be read without any key. Asked through SQLite's own handle, for the reason
/// that MakePrivate gives.
bool IsPlainSqlite(soci::session& sql);
/// Whether closing may move the WAL into the file.
void CheckpointOnClose(soci::session& sql, bool allowed);
/// False when SQLite rolled back by itself, as it does on a full disk.
bool InSqliteTransaction(soci::session& sql);

}  // namespace hoso::store
