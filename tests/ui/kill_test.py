#!/usr/bin/env python3
"""kill_test.py BIN SHOTS [ROUNDS] [SEED]: what was typed outlives a window that is killed.

Types into a parked intake, into a dossier's field and into its note, kills the window at a random
moment of the typing, opens it again and looks: what had been on the screen must all be there. At
the end the desk and the province hold the same, and nothing that was typed is anywhere in plain.
"""

import os
import random
import select
import string
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office, wait  # noqa: E402

ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 32)
TMP = ("/tmp", os.environ.get("XDG_RUNTIME_DIR", "/tmp"))
WORDS = ("Nhà ở hai tầng", "Ưởng Ễ ậ Ộ", "thửa đất số", "đã gọi điện", "Quảng Ninh")
MOST = 100 << 20  # Octets of a file that is still searched.

chance = random.Random(SEED)
office = Office(sys.argv[1], sys.argv[2], os.environ["DEMO_DESK"])
marks = []


def intake_field():
    office.key("ctrl+d")
    office.press("Làm tiếp: Tiếp nhận:")
    return office.find("text", "Trích yếu")


def dossier_field():
    return office.find("text", "Trích yếu")


def dossier_note():
    return office.find("text", "Ghi chú mới")


def text_of(field):
    return field.queryText().getText(0, -1)


def clear(field):
    """Whatever an earlier round left; then only keys, and letters that no key has, go in."""
    field.queryComponent().grabFocus()
    field.queryEditableText().setTextContents("")
    wait(lambda: text_of(field) == "", "the field to be empty")


def type_and_kill(field):
    """Returns what the window had last shown, and all that was to be typed."""
    mark = "".join(chance.choices(string.ascii_lowercase, k=12))
    marks.append(mark)
    clear(field)
    word = chance.choice(WORDS) + " "
    field.queryEditableText().insertText(0, word, len(word.encode()))
    wait(lambda: text_of(field) == word, "the first words")
    office.key("End")
    wait(lambda: field.queryText().caretOffset == len(word), "the caret to be behind them")
    typed = mark + " " + "".join(chance.choices(string.ascii_lowercase + "  ", k=60))
    keys = subprocess.Popen(["xdotool", "type", "--delay", "20", typed])
    end = time.monotonic() + chance.uniform(0.1, 1.6)
    seen = text_of(field)
    while time.monotonic() < end:
        seen = text_of(field)
        select.select([], [], [], 0.005)
    office.window.kill()
    keys.wait()
    office.kill_window()
    return seen, word + typed


def round_of(number):
    open_field = chance.choice((intake_field, dossier_field, dossier_note))
    seen, everything = type_and_kill(open_field())
    office.unlock()
    kept = text_of(open_field())
    assert everything.startswith(kept), f"round {number}: {kept!r} was never typed"
    assert len(kept) >= len(seen), f"round {number}: {seen!r} was seen, {kept!r} was kept"
    if open_field == intake_field:  # The others begin at the list.
        office.kill_window()
        office.unlock()
    return open_field.__name__, len(seen), len(kept)


def files_of(folder, since=0):
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            try:
                found = os.stat(file)
                if os.path.isfile(file) and since <= found.st_mtime and found.st_size < MOST:
                    with open(file, "rb") as octets:
                        yield file, octets.read()
            except OSError:
                continue  # Gone meanwhile, or not ours.


def in_plain(texts, folders, since):
    needles = [text.encode(form) for text in texts for form in ("utf-8", "utf-16-le", "utf-16-be")]
    return [file for folder in folders for file, octets in files_of(folder, since)
            if any(needle in octets for needle in needles)]


def same_as_province():
    office.cli("sync")
    ours = office.cli("digest")
    province = office.run("hosoxa-server", "digest", "--unit", "06994", "--data",
                          os.path.join(os.environ["DEMO_FOLDER"], "province"))
    assert ours["sha256"] == province["sha256"], "the desk differs from the province"


def main():
    print(f"seed {SEED}, {ROUNDS} rounds", flush=True)
    start, began = time.monotonic(), time.time() - 1
    office.unlock()
    for number in range(ROUNDS):
        where, seen, kept = round_of(number)
        print(f"{number + 1}: {where}: {seen} letters seen, {kept} kept", flush=True)
    assert in_plain(marks, [office.desk], 0) == []
    assert in_plain(marks, TMP, began) == []
    control = os.path.join(office.folder.name, "control")
    with open(control, "w", encoding="utf-16-le") as file:
        file.write("x" + marks[0])
    assert in_plain(marks, TMP, began) != [], "the search would not have found it"
    office.window.terminate()
    office.window.wait()
    same_as_province()
    print(f"nothing lost, nothing in plain, {time.monotonic() - start:.0f} s", flush=True)


try:
    main()
except BaseException:
    office.shot("last-kill_test")
    raise
finally:
    office.close()
