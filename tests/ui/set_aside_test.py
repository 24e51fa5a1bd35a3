#!/usr/bin/env python3
"""set_aside_test.py BIN SHOTS: changes that took no effect are settled in the window."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office, usable, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class SetAside(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS, desks=("MC", "CV", "TP", "LD"))
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def approved_over_a_change(self):
        """A change to a dossier that had been approved before it came."""
        office = self.office
        dossier = office.proposed("Nguyễn Văn An")
        office.at("MC").cli("dossier", "set", dossier, "summary=Nhà ở hai tầng")
        office.at("TP").cli("dossier", "decide", dossier, "approve")
        for role in ("TP", "MC", "LD", "CV"):
            office.at(role).cli("sync")
        office.unlock()
        office.open_line("Để riêng")
        return dossier

    def test_dismiss_with_a_reason(self):
        office = self.office
        self.approved_over_a_change()
        office.find("label", "Sửa «Trích yếu» thành «Nhà ở hai tầng»")
        office.find("label", "Muốn ghi")
        office.find("label", "Chưa nhận lại được: ")
        self.assertFalse(usable(office.find("push button", "Bỏ qua")))  # No reason yet.
        office.type_into("text", "Lý do", "Đã duyệt, không sửa nữa")
        office.shot("set-aside")
        self.assertFalse(usable(office.find("push button", "Nhận lại")))
        office.press("Bỏ qua")
        office.find("label", "Không có thay đổi nào để riêng.")
        self.assertEqual(office.cli("status")["set_aside"], 0)
        office.shot("set-aside-none")

    def test_adopt_once_the_dossier_takes_changes_again(self):
        office = self.office
        dossier = self.approved_over_a_change()
        office.type_into("text", "Lý do", "Người dân xác nhận")
        office.at("LD").cli("dossier", "decide", dossier, "return", "--reason", "Xem lại diện tích")
        office.cli("sync")
        office.at("CV").key("F9")
        wait(lambda: usable(office.find("push button", "Nhận lại")), "the change to be adoptable")
        office.shot("set-aside-adopt")
        office.press("Nhận lại")  # What was typed is still there.
        wait(lambda: office.cli("dossier", "show", dossier)["fields"].get("summary")
             == "Nhà ở hai tầng", "the change to take effect")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
