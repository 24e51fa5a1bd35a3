#!/usr/bin/env python3
"""support_test.py BIN SHOTS: of the support package each entry is read, and one left out, before it
is saved."""

import os
import subprocess
import sys
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import LIMIT, Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class Support(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def text(self):
        shown = self.office.find("text", "Mục đang chọn").queryText()
        return shown.getText(0, shown.characterCount)

    def test_what_is_not_ticked_stays_here(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.office.folder.name)
        self.office.unlock()
        self.office.choose_menu("Thông tin chương trình")
        wait(lambda: "Việc chờ gửi: 0" in self.text(), "the support information")
        self.office.key("Down")
        wait(lambda: "log.level: info (default)" in self.text(), "the settings")
        self.office.key("Down")
        wait(lambda: " 100 info hosoxa/" in self.text(), "the file of the log")
        self.office.shot("support")
        self.office.key("space")
        self.office.press("Lưu gói hỗ trợ…")
        # The toolkit's own dialog, which suggests a name in the program's folder.
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Lưu gói hỗ trợ$",
                        "windowfocus", "--sync"], check=True, timeout=LIMIT)
        # It takes no answer before it has read the folder.
        wait(lambda: os.path.exists("hosoxa-ho-tro.zip") or self.office.key("Return"), "the package")
        self.office.find("label", "Đã lưu gói hỗ trợ.")
        with zipfile.ZipFile("hosoxa-ho-tro.zip") as package:
            self.assertIsNone(package.testzip())
            self.assertEqual(package.namelist(), ["ho-tro.txt", "cai-dat.txt"])
            self.assertIn("Giao thức: 1", package.read("ho-tro.txt").decode())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
