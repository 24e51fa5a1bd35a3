#!/usr/bin/env python3
"""lock_test.py BIN SHOTS: wrong PINs cost time, the session's lock locks the desk, and another
language or text size is there at once."""

import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pyatspi  # noqa: E402
from office import PIN, Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class Lock(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)
        self.assertIn("=Trần Thị Bình\n", self.settings())  # The enrolment said who that is.
        self.office.open_window()

    def unlock(self, pin, button="Mở máy", field="Mã PIN"):
        self.office.type_into("password text", field, pin)
        self.office.press(button)

    def settings(self):
        with open(os.path.join(self.office.desk, "settings.ini"), encoding="utf-8") as file:
            return file.read()

    def test_wrong_pins_are_counted_down(self):
        for _ in range(5):
            self.unlock("000000")
            self.office.find("label", "Chưa mở được máy.")
        # Too early, it is not even tried; where a second has passed, the next wait is longer.
        button = self.office.find("push button", "Mở máy")
        label = None
        while label is None or button.getState().contains(pyatspi.STATE_SENSITIVE):
            self.unlock("000000")
            wait(lambda: self.tried() or self.waits(), "an answer")
            label = self.waits()
        self.assertRegex(label.name, r"Chờ \d+ giây")
        self.office.shot("unlock-wait")
        wait(lambda: button.getState().contains(pyatspi.STATE_SENSITIVE), "the wait to be over")
        self.unlock(PIN)
        self.office.find("text", "Lọc nhanh")

    def tried(self):
        return self.office.shows("label", "Chưa mở được máy.")

    def waits(self):
        return self.office.shows("label", "Đã sai nhiều lần nên phải đợi.")

    def test_the_session_locks_the_desk_and_it_knows_its_officer(self):
        self.unlock(PIN)
        self.office.find("text", "Lọc nhanh")
        self.assertIn("=Trần Thị Bình\n", self.settings())
        subprocess.run(["dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver",
                        "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"], check=True)
        self.office.find("password text", "Mã PIN")
        self.assertEqual([frame.name for frame in self.office.app], ["HoSoXa"])
        self.office.shot("locked-by-session")

    def choose(self, name, index):
        combo = self.office.find("combo box", name)
        combo.querySelection().selectChild(index)

    def test_settings_apply_at_once(self):
        self.unlock(PIN)
        self.office.find("text", "Lọc nhanh")
        self.office.key("ctrl+comma")
        before = self.office.find("label", "Cỡ chữ").queryComponent().getSize()[1]
        self.choose("Cỡ chữ", 2)
        wait(lambda: self.office.find("label", "Cỡ chữ").queryComponent().getSize()[1] > before * 1.3,
             "larger text")
        self.office.shot("settings-150")
        self.assertIn("text_percent=150\n", self.settings())
        self.choose("Ngôn ngữ", 1)
        self.office.find("label", "Text size")
        self.office.press("Done")
        self.office.find("text", "Quick filter")
        self.office.shot("work-english")
        self.assertIn("language=en\n", self.settings())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
