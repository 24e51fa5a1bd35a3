#!/usr/bin/env python3
"""The rules of the house that no compiler checks.

lint.py [ROOT]: prints "file:line: rule: why" for each finding and ends with 1 if there is any.
"""

import collections
import os
import re
import sys

PRODUCT = ("common", "sync", "client")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
OWNERS = {  # An outside library's headers, and the only folders that may include them.
    r"soci/": ("common/store",),
    r"sqlite3\.h|sqlcipher/": ("common/store", "tests/bench", "tests/support"),
    r"libpq": ("common/store",),
    r"Poco/": ("sync/transport", "sync/server", "client/app", "tests/bench", "tests/integration"),
    r"openssl/": ("common/crypto", "sync/transport", "sync/server", "tests/bench", "tests/integration"),
    r"sodium": ("common/crypto",),
    r"nlohmann/": ("common/catalog", "common/change", "sync/protocol", "client/cli", "sync/server", "tests"),
    r"zstd|zdict": ("sync/protocol", "tests/bench", "tests/integration"),
    r"utf8proc": ("common/text",),
    r"hpdf|qrencode\.h": ("client/paper",),
    r"cairo|ft2build": ("tests/integration",),
    r"wx/": ("client/ui", "client/app", "tests/bench", "tests/integration"),
    r"gtest/|gmock/": ("tests",),
}
SQL = (
    r'"[^"\n]*\b(SELECT [^"]*\bFROM|(INSERT|REPLACE) INTO|DELETE FROM|UPDATE \w+ SET'
    r"|(CREATE|ALTER|DROP) (VIRTUAL )?(TABLE|INDEX)|PRAGMA \w+)\b"
)
BANNED = {  # Rule: pattern, where it may stand, why not elsewhere.
    "sleep": (r"\bsleep_for\b|\bsleep_until\b|\bu?sleep\(", (), "wait for a condition, never for time"),
    "regex": (r"std::regex", (), "slow and easy to exhaust; write the parser"),
    "swallow": (r"catch \(\.\.\.\)\s*\{\s*\}", (), "an error swallowed"),
    "clock": (r"system_clock::now", ("common/base",), "the time comes through base::Clock"),
    "thread": (
        r"std::(recursive_|shared_|timed_)?mutex\b|std::j?thread\b",
        ("common/base", "sync/transport", "sync/server", "tests"),
        "threads live at the edges",
    ),
    "skip": (r"\bDISABLED_|GTEST_SKIP", (), "a test that is not run is not a test"),
    "todo": (r"\b(TODO|FIXME|XXX)\b", (), "finish it, or file it"),
    # Tests look under the store's hood and type hostile SQL as data; none of it ships.
    "sql": (SQL, ("common/store", "tests"), "SQL belongs to common/store"),
    "singleton": (
        r"\binstance\(\)",
        ("sync/transport", "sync/server", "tests/integration"),
        "build it in the program and pass it",
    ),
}
# What stands for now: how many findings of a rule in a file. The count only goes down, and a line
# that is no longer needed is itself a finding, so that the list can't outlive its reasons.
DEBT = {}


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def layers(root):
    """The table of common/cmake/HosoModule.cmake: module -> modules it may need."""
    table = re.search(r"set\(HOSO_LAYERS(.*?)\)\n", read(root, "common/cmake/HosoModule.cmake"), re.S)
    rows = re.findall(r'"(\w+):([\w,]*)"', table.group(1))
    return {name: set(filter(None, needs.split(","))) for name, needs in rows}


def files(root, tops, endings):
    for top in tops:
        for folder, below, names in os.walk(os.path.join(root, top)):
            below.sort()
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.relpath(os.path.join(folder, name), root)


def module_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] in PRODUCT and len(parts) > 2 else None


def is_program(path):
    """A program joins everything, so the table doesn't bind it. No header is a program."""
    return module_of(path) == "app" or re.search(r"/main(_\w+)?\.cpp$", path)


def within(path, places):
    return any(path == place or path.startswith(place + "/") for place in places)


def includes(text):
    """(line, quoted, target) of each #include."""
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1] == '"', match[2]


def check_include(path, quoted, target, allowed):
    for pattern, owners in OWNERS.items():
        if re.match(pattern, target) and not within(path, owners):
            yield "owner", "only " + ", ".join(owners) + " may include " + target
    from_root = target.split("/")[0] in (*PRODUCT, "tests") and "/../" not in target
    if quoted and not from_root and not target.startswith("Poco/") and not target.endswith(".inc"):
        yield "include", f'"{target}" is not written from the root, so no rule can see it'
    mine, other = module_of(path), module_of(target)
    if mine and target.startswith("tests/"):
        yield "layer", "the product may not need its tests"
    if other is None or other == mine:
        return
    if other == "app":
        yield "layer", "nothing may need app"
    elif mine and not is_program(path) and other not in allowed.get(mine, ()):
        yield "layer", f"{mine} may not need {other}"


def check_header(text):
    if not re.search(r"^\s*//", text, re.M):
        yield 1, "promise", "a header says what it promises"
    if "#pragma once" not in text:
        yield 1, "guard", "#pragma once is missing"


def check_file(path, text, allowed):
    lines = text.splitlines()
    limit = 500 if path.startswith("tests/") else 400
    if len(lines) > limit:
        yield len(lines), "size", f"over {limit} lines; is it still one idea?"
    for number, line in enumerate(lines, 1):
        if len(line) > 100 and "\\x" not in line:
            yield number, "columns", "over 100 columns"
    if path.endswith(".h"):
        yield from check_header(text)
    if module_of(path) not in (None, "app", *allowed):
        yield 1, "layer", f"{module_of(path)} is missing from HOSO_LAYERS"
    for number, quoted, target in includes(text):
        for rule, why in check_include(path, quoted, target, allowed):
            yield number, rule, why
    for rule, (pattern, places, why) in BANNED.items():
        if not within(path, places):
            for match in re.finditer(pattern, text):
                yield text.count("\n", 0, match.start()) + 1, rule, why


def cycles(edges):
    """Each way back onto the path of a walk over the graph: [a, b, ..., a]."""
    done, path = set(), []

    def walk(node):
        if node in path:
            yield path[path.index(node):] + [node]
        elif node not in done:
            path.append(node)
            for other in sorted(edges.get(node, ())):
                yield from walk(other)
            done.add(path.pop())

    for node in sorted(edges):
        yield from walk(node)


def check_cycles(texts, allowed):
    """Between folders as the includes are, programs too; and in the table as it is written."""
    edges = collections.defaultdict(dict)
    for path, text in texts.items():
        for number, quoted, target in includes(text):
            mine, other = os.path.dirname(path), os.path.dirname(target)
            if quoted and other != mine and other.split("/")[0] in (*PRODUCT, "tests"):
                edges[mine].setdefault(other, (path, number))
    for cycle in cycles(edges):
        steps = [edges[one][other] for one, other in zip(cycle, cycle[1:])]
        places = ", ".join(f"{path}:{number}" for path, number in steps)
        yield *steps[-1], "cycle", " includes ".join(cycle) + f" ({places})"
    for cycle in cycles(allowed):
        yield "common/cmake/HosoModule.cmake", 1, "cycle", " needs ".join(cycle)


def check_sql_files(root):
    for path in files(root, (*PRODUCT, "tests", "resources", "installer"), (".sql",)):
        if not within(path, ("resources/schema",)):
            yield path, 1, "sql", "a schema step belongs to resources/schema"


def columns(sql):
    """table -> columns after all steps of one schema."""
    found = {}
    sql = re.sub(r"--.*", "", sql)
    for table, body in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)[^(]*\((.*?)\)[^);]*;", sql, re.S):
        parts = re.split(r",(?![^(]*\))", body)  # Not at the commas of a key.
        names = [re.match(r"\s*(\w+)(?!\s*=)\b", part) for part in parts]
        rules = ("PRIMARY", "UNIQUE", "CHECK", "FOREIGN")
        found[table] = [name[1] for name in names if name and name[1] not in rules]
    for table, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", sql):
        found.setdefault(table, []).append(column)
    return found


def check_schema_page(root):
    """Each table has its section on the page, and each of its columns a word there."""
    folder, page = os.path.join(root, "resources/schema"), "resources/docs/schema.md"
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        steps = files(root, (f"resources/schema/{name}",), (".sql",))
        text = read(root, page) if os.path.exists(os.path.join(root, page)) else ""
        part = re.search(rf"^## {name.capitalize()}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
        sections = dict(re.findall(r"^### `(\w+)`(.*?)(?=^### |\Z)", part[1] if part else "", re.S | re.M))
        for table, names in columns("\n".join(read(root, step) for step in steps)).items():
            if table not in sections:
                yield page, 1, "schema", f"{name}: {table} is not described"
                continue
            for column in names:
                if f"`{column}`" not in sections[table]:
                    yield page, 1, "schema", f"{name}: {table}.{column} is not described"


def check_patches(root):
    """A deliberate mistake that can't be made any more proves nothing (tests/scenario/find_bugs)."""
    for path in files(root, ("tests",), (".patch",)):
        text = read(root, path)
        source = re.search(r"^\+\+\+ b/(\S+)$", text, re.M)[1]
        there = read(root, source) if os.path.exists(os.path.join(root, source)) else ""
        for hunk in re.split(r"^@@.*@@.*\n", text, flags=re.M)[1:]:
            old = "".join(line[1:] for line in hunk.splitlines(True) if not line.startswith("+"))
            if old not in there:
                yield path, 1, "patch", f"{source} has changed: it does not apply any more"


def all_findings(root):
    allowed = layers(root)
    texts = {path: read(root, path) for path in files(root, (*PRODUCT, "tests"), (".h", ".cpp"))}
    for path, text in texts.items():
        for number, rule, why in check_file(path, text, allowed):
            yield path, number, rule, why
    yield from check_cycles(texts, allowed)
    yield from check_sql_files(root)
    yield from check_schema_page(root)
    yield from check_patches(root)


def check(root, debt):
    found = list(all_findings(root))
    count = collections.Counter((path, rule) for path, _, rule, _ in found)
    for finding in found:
        place = finding[0], finding[2]
        if count[place] > debt.get(place, 0):
            yield finding
    for (path, rule), known in debt.items():
        if count[path, rule] < known:
            yield path, 1, "debt", f"only {count[path, rule]} of {known} '{rule}' left: say so in DEBT"


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "..")
    found = list(check(root, DEBT))
    for path, number, rule, why in found:
        print(f"{path}:{number}: {rule}: {why}")
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
