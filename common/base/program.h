#pragma once

#include <cstdio>
#include <string>
#include <vector>

/// What a program settles with the system before anything else, and how it is spoken to. For the
/// thread that begins it.
namespace hoso::base {

/// A line that breaks becomes an error instead of an end; texts go out as UTF-8, as they are; and
/// on Windows, libraries come from the system's own folder only.
void BeginProgram();
/// What the program was called with, in UTF-8, without its own name.
std::vector<std::string> Arguments(int argc, char** argv);
std::string PcName();  ///< The name this machine has in its network; "" if it has none.
/// One line of standard input, without its end; at a terminal nobody sees it typed. "" if none
/// comes. What is behind its 4,096th octet is left where it is.
std::string ReadUnseen();
void Print(std::FILE* where, const std::string& text);  ///< At once.

}  // namespace hoso::base
