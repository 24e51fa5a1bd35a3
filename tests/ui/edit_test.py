#!/usr/bin/env python3
"""edit_test.py BIN SHOTS: a dossier edited in place, offline; and acts taken back, in the window."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class Edit(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def receive(self, name):
        return self.office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                               "applicant.name=" + name, "summary=Nhà ở")["id"]

    def field(self, dossier, key):
        return self.office.cli("dossier", "show", dossier)["fields"].get(key)

    def focus(self, role, name):
        self.office.find(role, name).queryComponent().grabFocus()

    def test_leaving_a_field_writes_it(self):
        office = self.office
        first, second = self.receive("Nguyễn Văn An"), self.receive("Trần Thị Bưởi")
        office.stop_server()
        office.unlock()
        office.choose_row(0)
        self.focus("text", "Trích yếu")
        office.type_into("text", "Trích yếu", "Nhà ở hai tầng")
        self.focus("text", "Họ tên hoặc tên tổ chức")
        wait(lambda: self.field(first, "summary") == "Nhà ở hai tầng", "the field to be written")
        office.find("label", "H")
        # A click on another dossier takes the focus and the place of this one at once.
        self.focus("text", "Trích yếu")
        office.type_into("text", "Trích yếu", "Nhà ở ba tầng")
        office.choose_row(1)
        wait(lambda: self.field(first, "summary") == "Nhà ở ba tầng", "the field to be written")
        self.assertEqual(self.field(second, "summary"), "Nhà ở")
        office.shot("edit-offline")

    def test_undo_of_words_and_of_acts(self):
        office = self.office
        dossier = self.receive("Nguyễn Văn An")
        office.unlock()
        office.choose_row(0)
        self.focus("text", "Trích yếu")
        text = office.find("text", "Trích yếu").queryText()
        office.key("End")
        office.key("x")
        wait(lambda: text.getText(0, -1) == "Nhà ởx", "the letter")
        office.key("ctrl+z")
        wait(lambda: text.getText(0, -1) == "Nhà ở", "the letter to be gone")
        office.press("Chuyển xử lý")
        office.find("label", "Chuyển xử lý")
        wait(lambda: office.cli("dossier", "show", dossier)["state"] == 4, "the dossier to go on")
        office.shot("undo-offered")
        office.find("push button", "Đã hiểu")
        # The rules have no way back from a hand-over: it says so and changes nothing.
        self.assertIsNone(office.shows("push button", "Hoàn tác"))
        office.press("Đã hiểu")
        office.type_into("text", "Ghi chú mới", "nhầm hồ sơ")
        office.press("Thêm ghi chú")
        wait(lambda: len(office.cli("dossier", "show", dossier)["notes"]) == 1, "the note")
        office.choose_menu("Hoàn tác việc vừa làm")
        office.press("Hoàn tác")
        wait(lambda: len(office.cli("dossier", "show", dossier)["notes"]) == 2, "the withdrawal")
        office.shot("undo-done")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
