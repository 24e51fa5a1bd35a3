#!/usr/bin/env python3
"""no_english_test.py BIN SHOTS SOURCE: every page and menu, walked as assistive technology does.

In Vietnamese no English is on the screen, in English no Vietnamese but what is data; every control
has a name; nothing is cut off at any text size. A new line of "my work" and a new command of the
menus are walked without a word here.
"""

import os
import re
import sys
import unicodedata
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pyatspi  # noqa: E402
from gi.repository import GLib  # noqa: E402
from office import PIN, Office, wait  # noqa: E402

BIN, SHOTS, SOURCE = sys.argv[1:4]
ENGLISH = set("""
    about accept add address all and apply approve back browse cancel change choose clear close code
    color colour connected confirm conflict contents continue copy date default delete details
    directory discard done dossier down edit error exit failed file filter find finish first folder
    font forward from help history home invalid language last left list lock locked name new next
    note notes offline open options page paper password paste please preview previous print printer
    printing procedure properties quit reason receive redo refresh reload remove replace reset right
    save search select settings setup show size skip sort start status stop synchronise text this
    tools today top undo unlock up version view waiting warning window with work yes zoom
""".split())
# Of the about page, as their authors write them; and names of keys.
KEPT = re.compile(r"wxWindows Library Licence|Apache 2.0|Caps Lock|Noto Sans")
with open(os.path.join(SOURCE, "resources/po/en.po"), encoding="utf-8") as po:
    PAIRS = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"', po.read().replace("&", ""), re.M)
TRANSLATED = {text for text, translation in PAIRS if text != translation}
CONTROLS = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TEXT, pyatspi.ROLE_PASSWORD_TEXT,
            pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_RADIO_BUTTON,
            pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE,
            pyatspi.ROLE_LIST_BOX, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_SLIDER}
TABLES = {pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE}
WORDS = {  # What the walk itself needs to know, in each language.
    "vi": {"open": "Mở máy", "pin": "Mã PIN", "nav": "Việc của tôi", "away": ("Xong", "Để dở, làm sau"),
           "leave": ("Khóa máy", "Thoát"), "ready": "Lọc nhanh", "next": "Tiếp tục",
           "forgot": "Quên mã PIN?"},
    "en": {"open": "Unlock the desk", "pin": "PIN", "nav": "My work", "away": ("Done", "Put aside"),
           "leave": ("Lock", "Quit"), "ready": "Quick filter", "next": "Next",
           "forgot": "Forgot the PIN?"},
}


def nodes(root, showing=True):
    """Every node in sight; cells of tables are left out, column heads are not. What goes away while
    we look is not in sight."""
    try:
        children = [child for child in root if child is not None]
        heads_only = root.getRole() in TABLES
    except GLib.GError:
        return
    for child in children:
        try:
            shown = child.getState().contains(pyatspi.STATE_SHOWING)
            head = child.getRole() == pyatspi.ROLE_TABLE_COLUMN_HEADER
        except GLib.GError:
            continue
        if head if heads_only else shown or not showing:
            yield child
            if not heads_only:
                yield from nodes(child, showing)


def is_vietnamese(text):
    return "đ" in text.lower() or any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", text))


def english_in(text):
    return [w for w in re.findall(r"[A-Za-z]+", KEPT.sub("", text)) if w.lower() in ENGLISH]


class Pages(unittest.TestCase):
    def open(self, language, percent=100, **environment):
        self.office = office = Office(BIN, SHOTS)
        self.addCleanup(office.close)
        self.addCleanup(office.close_window)
        self.addCleanup(office.shot, "last-" + self._testMethodName)
        self.words, self.language, self.size = WORDS[language], language, percent
        with open(os.path.join(office.desk, "settings.ini"), "w", encoding="utf-8") as file:
            file.write(f"text_percent={percent}\nlanguage={language}\n")
        self.found, self.pages = [], []
        office.open_window(**environment)
        self.frame = wait(lambda: next((n for n in office.app if n.getRole() == pyatspi.ROLE_FRAME), None),
                          "the window")
        self.check("locked")
        office.press(self.words["forgot"])
        self.check("forgot")
        office.type_into("password text", self.words["pin"], PIN)
        office.press(self.words["open"])
        office.find("text", self.words["ready"])

    def check(self, page):
        if page not in self.pages:
            self.office.shot(f"walk-{self.language}-{self.size}-{len(self.pages):02d}-{page}".replace("/", "-"))
        self.pages.append(page)
        self.found += self.without_room(page)
        for node in list(nodes(self.office.app)):
            try:
                self.check_node(page, node)
            except GLib.GError:
                continue  # It went away meanwhile.

    def check_node(self, page, node):
        role, name = node.getRole(), node.name or ""
        what = f"{page}: {node.getRoleName()} «{name}»"
        self.check_words(what, node, name)
        focusable = node.getState().contains(pyatspi.STATE_FOCUSABLE)
        if role in CONTROLS and focusable and not name.strip():
            self.found.append(f"{what} has no name")

    def check_words(self, what, node, name):
        chrome = node.getRole() not in (pyatspi.ROLE_FRAME, pyatspi.ROLE_STATUS_BAR)
        if self.language == "vi":
            if english_in(name):
                self.found.append(f"{what} has {english_in(name)}")
        elif chrome and name in TRANSLATED:
            self.found.append(f"{what} is not translated")
        elif chrome and is_vietnamese(name) and not any(data in name for data in self.data):
            self.found.append(f"{what} is Vietnamese")

    data = ("Trần Thị Bình", "Lào Cai")

    def without_room(self, page):
        """What has no room once the page stands still: laying out takes a moment."""
        looks = [None]

        def look():
            looks.append([f"{page}: {lack}" for lack in self.lacks()])
            return not looks[-1] or looks[-1] == looks[-2] == looks[max(0, len(looks) - 12)]
        wait(look, "the page to be laid out")
        return looks[-1]

    def lacks(self):
        window = self.frame.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        for node in list(nodes(self.office.app)):
            if node.getRole() not in (pyatspi.ROLE_LABEL, pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_COMBO_BOX):
                continue
            inside = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
            what, scrolled, parent = f"{node.getRoleName()} «{node.name}»", False, node.parent
            while parent is not None and parent.getRole() != pyatspi.ROLE_FRAME:
                scrolled = scrolled or parent.getRole() in (pyatspi.ROLE_SCROLL_PANE, pyatspi.ROLE_VIEWPORT)
                parent = parent.parent
            if parent is None or inside.width <= 0:
                continue  # Of another window, or without a place.
            if inside.x < window.x or inside.x + inside.width > window.x + window.width:
                yield f"{what} goes over the side of the window"
            if not scrolled and inside.y + inside.height > window.y + window.height:
                yield f"{what} goes below the window"
            if node.getRole() != pyatspi.ROLE_LABEL or "Text" not in pyatspi.listInterfaces(node):
                continue
            text = node.queryText()
            if text.characterCount:
                need = text.getRangeExtents(0, text.characterCount, pyatspi.DESKTOP_COORDS)
                if need[2] > inside.width + 1 or need[3] > inside.height + 1:
                    yield f"{what} needs {need[2]}x{need[3]} and has {inside.width}x{inside.height}"

    def nav(self):
        for node in nodes(self.office.app):
            if node.getRole() in TABLES and node.name.startswith(self.words["nav"]):
                return node
        return None

    def walk_places(self):
        table = wait(self.nav, "the list of places").queryTable()
        for row in range(table.nRows):
            title = table.getAccessibleAt(row, 0).name
            self.check_words(f"line «{title}»", table.getAccessibleAt(row, 0), title)
            table.addRowSelection(row)
            wait(lambda: table.isRowSelected(row), f"line «{title}» to be chosen")
            self.settle()
            self.choose_first_row()
            self.check(re.sub(r"\W+", "-", title))
        table.addRowSelection(0)

    def choose_first_row(self):
        """Of the list on the page, so that the dossier is shown too."""
        for node in list(nodes(self.office.app)):
            if node.getRole() in TABLES and not node.name.startswith(self.words["nav"]):
                table = node.queryTable()
                if table.nRows:
                    table.addRowSelection(0)
                    self.settle()

    def settle(self):
        """Until two looks in a row see the same."""
        def look():
            return [(n.getRole(), n.name) for n in nodes(self.office.app)]
        seen = [look()]
        def same():
            seen.append(look())
            return seen[-1] == seen[-2]
        wait(same, "the page to stand still")

    def walk_menus(self):
        bar = wait(lambda: next((n for n in nodes(self.office.app)
                                 if n.getRole() == pyatspi.ROLE_MENU_BAR), None), "the menus")
        commands = []
        for menu in bar:
            self.check_words("menu", menu, menu.name)
            for item in nodes(menu, showing=False):
                self.check_words("command", item, item.name)
                if item.getRole() == pyatspi.ROLE_MENU_ITEM and item.name:
                    commands.append(item)
        self.assertGreater(len(commands), 8)
        for item in commands:
            if item.name.startswith(self.words["leave"]):
                continue
            name = item.name
            item.queryAction().doAction(0)
            self.settle()
            self.check(re.sub(r"\W+", "-", name))
            self.walk_steps()
            self.go_away()

    def walk_steps(self):
        """The steps of an intake that can be reached without a citizen."""
        for step in range(3):
            button = self.button(self.words["next"])
            if button is None or not button.getState().contains(pyatspi.STATE_SENSITIVE):
                return
            button.queryAction().doAction(0)
            self.settle()
            self.check(f"step-{step + 2}")

    def button(self, *names):
        return next((n for n in nodes(self.office.app)
                     if n.getRole() == pyatspi.ROLE_PUSH_BUTTON and n.name.startswith(names)), None)

    def go_away(self):
        button = self.button(*self.words["away"])
        if button is not None:
            button.queryAction().doAction(0)
            wait(lambda: self.button(*self.words["away"]) is None, "the page to go away")

    def receive(self):
        self.office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                        "applicant.name=Nguyễn Thị Hương Giang", "--set",
                        "summary=Nhà ở riêng lẻ hai tầng tại thôn Bản Phùng")

    def walk(self, language, percent, **environment):
        self.open(language, percent, **environment)
        if language == "vi":  # A dossier is all Vietnamese data.
            self.receive()
            self.office.key("F5")
        self.walk_places()
        self.walk_menus()
        self.assertEqual(self.found, [], "\n" + "\n".join(dict.fromkeys(self.found)))


class Walk(Pages):
    def test_vietnamese(self):
        self.walk("vi", 100)

    def test_vietnamese_with_larger_text(self):
        self.walk("vi", 125)

    def test_vietnamese_with_the_largest_text(self):
        self.walk("vi", 150)

    def test_english(self):
        self.walk("en", 100)


class Twice(Pages):
    def test_vietnamese_at_twice_the_pixels(self):
        self.walk("vi", 100, GDK_SCALE="2")


class Catches(unittest.TestCase):
    def test_what_it_is_for(self):
        self.assertEqual(english_in("Cancel"), ["Cancel"])
        self.assertEqual(english_in("Tệp (*.txt) · Caps Lock"), [])
        self.assertTrue(is_vietnamese("Đóng") and is_vietnamese("Mở"))
        self.assertFalse(is_vietnamese("Close – “x” …"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[4:], verbosity=2)
