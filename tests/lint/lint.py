#!/usr/bin/env python3
"""The rules of the house, checked on every build.

lint.py [ROOT]: prints "file:line: rule: why" for each finding and ends with 1 if there is any.
"""

import os
import re
import sys

SOURCE = (".h", ".cpp")
OWNERS = {  # An outside library's header, and the only folders that may include it.
    r"<soci/": ("common/store",),
    r"<sqlite3\.h>": ("tests/bench",),
    r"<libpq": ("common/store",),
    r"<Poco/|\"Poco/": ("sync/transport", "sync/server", "client/app", "tests/integration"),
    r"<openssl/": ("common/crypto", "sync/transport", "sync/server", "tests/integration"),
    r"<sodium": ("common/crypto",),
    r"<nlohmann/": ("common/catalog", "common/change", "sync/protocol", "client/cli", "sync/server", "tests"),
    r"<zstd": ("sync/protocol",),
    r"<utf8proc": ("common/text",),
    r"<wx/": ("client/ui", "client/app"),
}
BANNED = [  # Pattern, where it may stand, why not elsewhere.
    (r"\bsleep_for\b|\busleep\(", (), "wait for a condition, never for time"),
    (r"std::regex", (), "slow and easy to exhaust; write the parser"),
    (r"catch \(\.\.\.\) *\{ *\}", (), "an error swallowed"),
    (r"system_clock::now", ("common/base",), "the time comes through base::Clock"),
    (r"std::(recursive_)?mutex\b|std::j?thread\b", ("common/base", "sync/transport", "sync/server", "tests"), "threads live at the edges"),
    (r"\bDISABLED_|GTEST_SKIP", ("tests/lint",), "a test that is not run is not a test"),
    (r"\b(TODO|FIXME|XXX)\b", (), "finish it, or file it"),
    (r"\"[^\"]*\b(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b", ("common/store", "tests"), "SQL belongs to store"),
    (r"\binstance\(\)", ("sync/transport", "sync/server", "tests/integration"), "no singletons"),
]


def layers(root):
    text = open(os.path.join(root, "common/cmake/HosoModule.cmake"), encoding="utf-8").read()
    table = re.search(r"set\(HOSO_LAYERS(.*?)\)\n", text, re.S).group(1)
    return {name: set(filter(None, needs.split(","))) for name, needs in re.findall(r'"(\w+):([\w,]*)"', table)}


def files(root):
    for top in ("common", "sync", "client", "tests"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith(SOURCE):
                    yield os.path.relpath(os.path.join(folder, name), root)


def module_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] in ("common", "sync", "client") and len(parts) > 2 else None


def is_program(path):
    return module_of(path) == "app" or os.path.basename(path).startswith(("main", "admin"))


def within(path, folders):
    return any(path.startswith(folder + "/") for folder in folders)


def check_include(path, line, allowed):
    found = []
    for pattern, owners in OWNERS.items():
        if re.search(r"#include " + pattern, line) and not within(path, owners):
            found.append(("owner", "only " + ", ".join(owners) + " may include this"))
    target = re.match(r'#include "((?:common|sync|client)/(\w+)/[^"]+)"', line)
    mine = module_of(path)
    if target and mine in allowed and target.group(2) != mine and not is_program(path):
        if target.group(2) not in allowed[mine]:
            found.append(("layer", f"{mine} may not need {target.group(2)}"))
    return found


def check_file(root, path, allowed):
    text = open(os.path.join(root, path), encoding="utf-8").read()
    lines = text.split("\n")
    limit = 500 if path.startswith("tests/") else 400
    if len(lines) > limit:
        yield len(lines), "size", f"over {limit} lines; is it still one idea?"
    if path.endswith(".h") and not re.search(r"^\s*(///|//)", text, re.M):
        yield 1, "promise", "a header says what it promises"
    if path.endswith(".h") and "#pragma once" not in text:
        yield 1, "guard", "#pragma once is missing"
    for number, line in enumerate(lines, 1):
        if len(line) > 100 and "\\x" not in line:
            yield number, "columns", "over 100 columns"
        for rule, why in check_include(path, line, allowed):
            yield number, rule, why
        if path.startswith("tests/lint/"):
            continue
        for pattern, places, why in BANNED:
            if re.search(pattern, line) and not within(path, places):
                yield number, "banned", why


def folder_cycles(root, allowed):
    """The table itself must have no cycle; then no include that keeps to it can make one."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done:
            return None
        path.append(name)
        for need in sorted(allowed.get(name, ())):
            cycle = visit(need)
            if cycle:
                return cycle
        path.pop()
        done.add(name)
        return None

    for name in sorted(allowed):
        cycle = visit(name)
        if cycle:
            yield "common/cmake/HosoModule.cmake", 1, "cycle", " needs ".join(cycle)


def check(root):
    allowed = layers(root)
    for path in files(root):
        for number, rule, why in check_file(root, path, allowed):
            yield path, number, rule, why
    yield from folder_cycles(root, allowed)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "..")
    found = list(check(root))
    for path, number, rule, why in found:
        print(f"{path}:{number}: {rule}: {why}")
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
