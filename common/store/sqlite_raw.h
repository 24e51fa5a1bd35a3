#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace soci {
class session;
}

/// What SOCI has no way to say, on SQLite's own handle. All throw SOCI's error.
namespace hoso::store {

/// All statements of a script; SOCI alone would run the first and drop the rest.
void RunSqliteScript(soci::session& sql, const std::string& script);
/// First column of the first row, "" if there is none.
std::string AskSqlite(soci::session& sql, const std::string& query);
/// Values for the ":name"s of a query; those it does not have are left out.
using NamedTexts = std::vector<std::pair<const char*, std::string>>;
/// Runs over the rows of a query: the first column, a number, and the second, a text, "" without
/// one. For queries with as many rows as there are dossiers, where SOCI costs more than SQLite.
void ForEachNumber(soci::session& sql, const std::string& query, const NamedTexts& values,
                   const std::function<void(std::int64_t, std::string_view)>& each);
/// A function of texts that scripts may call; `arguments` of them. It must outlive the session.
using TextFunction = std::string (*)(const std::vector<std::string_view>& arguments);
void AddFunction(soci::session& sql, const char* name, int arguments, TextFunction function);
/// Gives the key to the library without writing it into SQL, where errors would quote it.
void KeySqlite(soci::session& sql, std::string_view key32);
/// True if the file can be read without any key. Asked through SQLite's own handle, for the reason
/// that MakePrivate gives.
bool IsPlainSqlite(soci::session& sql);
/// From any thread: the statement that runs, if one does, fails.
void InterruptSqlite(soci::session& sql);
/// From now on a commit that leaves a long WAL moves it into the file, without waiting for readers,
/// and with the lock of whoever writes. What SQLite would do by itself takes no such lock, and up
/// to 3.51.2 that may lose what another connection commits meanwhile (sqlite.org/wal.html, "The
/// WAL-reset bug").
void CheckpointWithWritersLock(soci::session& sql);
/// Whether closing may move the WAL into the file.
void CheckpointOnClose(soci::session& sql, bool allowed);
/// False when SQLite rolled back by itself, as it does on a full disk.
bool InSqliteTransaction(soci::session& sql);

}  // namespace hoso::store
