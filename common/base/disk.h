#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/result.h"

/// The disk where the standard library has no word for it, on every system we run on. Texts that
/// name a file are UTF-8 everywhere: only PathOf and Utf8Of know what the system has instead. Any
/// thread.
namespace hoso::base {

std::filesystem::path PathOf(std::string_view utf8);
std::string Utf8Of(const std::filesystem::path& path);           ///< With the system's separators.
std::string In(std::string_view folder, std::string_view name);  ///< The name in the folder.

/// Null if it can't be opened; octets, not lines.
std::FILE* OpenToRead(const std::string& path);
std::FILE* OpenToWrite(const std::string& path);  ///< What is there is cut to nothing.
/// Null if the file is already there. `secret`: its owner's only, where files have rights of their
/// own; on Windows it takes those of its folder, which the officers of one PC share.
std::FILE* CreateNew(const std::string& path, bool secret);

/// Makes the folder and those above it, and gives it, if it was made, to its owner alone (and, on
/// Windows, to the system and its administrators). kDisk "folder.create".
Status MakePrivateFolder(const std::string& path);
/// Gives a folder that is there to its owner alone, in the same way. kDisk "folder.create".
Status OwnFolder(const std::string& path);

/// Whether the folder, there or not yet, is on this machine's own disk and stays there. kRefused
/// "folder.network" on another machine's, where locks can't be relied on; "folder.roaming" in a
/// profile that Windows copies from PC to PC at each logon.
Status CheckLocal(const std::string& path);

/// Makes the file, empty and its owner's only, if it is not there. SQLite gives its -wal and -shm
/// the same rights. A file that is there is not even opened: closing it again would drop the locks
/// of every connection this process has to it (POSIX), and another program would then take the
/// database from under them. kDisk "file.write".
Status MakePrivateFile(const std::string& path);
/// Adds to the end of a file, which is made its owner's only if it is not there, all in one piece:
/// what several threads and programs add stands one after the other. Not flushed. kDisk
/// "file.write".
Status Append(const std::string& path, std::string_view octets);
/// The octets of `from` in `to`, whose rights stay if it is there. Not flushed. kDisk "file.write".
Status CopyInto(const std::string& from, const std::string& to);
/// Flushes `beside`, a file or folder, renames it over `path` and makes the new name durable.
/// kDisk "file.write".
Status MoveIntoPlace(const std::string& beside, const std::string& path);

}  // namespace hoso::base
