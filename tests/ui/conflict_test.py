#!/usr/bin/env python3
"""conflict_test.py BIN SHOTS: two desks wrote in one place; a person decides in the window."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class Conflicts(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS, desks=("MC", "CV"))
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def everybody(self):
        for role in ("MC", "CV", "MC"):
            self.office.at(role).cli("sync")

    def test_keep_one_and_write_a_new_one(self):
        office = self.office
        received = office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                              "applicant.name=Nguyễn Văn An", "--set", "summary=Nhà ở một tầng")
        dossier = received["id"]
        office.cli("dossier", "step", dossier, "transfer")
        self.everybody()
        office.at("MC").cli("dossier", "set", dossier, "summary=Nhà ở hai tầng", "parcel.sheet=7")
        office.at("CV").cli("dossier", "set", dossier, "summary=Nhà ở ba tầng", "parcel.sheet=8")
        self.everybody()

        office.at("CV").unlock()
        office.open_line("Xung đột")
        office.find("label", "Hai người sửa cùng một ô khi chưa thấy bản của nhau.")
        office.find("label", "1/2")
        office.find("label", "Tờ bản đồ số")
        office.find("label", "Bản gốc")
        office.find("label", "(trống)")
        office.find("label", "Hồ sơ đang giữ giá trị này")
        office.shot("conflict-empty-base")
        office.press("Để sau")
        office.find("label", "2/2")
        office.find("label", "Nhà ở một tầng")
        office.find("label", "Trần Thị Bình")
        office.shot("conflict-two-values")
        office.press("Giữ của tôi")
        wait(lambda: self.field(dossier, "summary") == "Nhà ở ba tầng", "the value to be kept")
        office.find("label", "1/1")
        office.type_into("text", "Giá trị mới", "9")
        office.window.kill()  # Even so the value stays typed.
        office.window.wait()
        wait(lambda: office.find_app() is None, "the program to leave the accessibility bus")
        office.at("CV").unlock()
        office.open_line("Đang nhập dở")
        office.find("label", "Chữ chưa ghi vào hồ sơ ở ô: Giá trị mới")
        office.shot("conflict-draft")
        office.find("push button", "Làm tiếp: Đang sửa:").queryAction().doAction(0)
        wait(lambda: office.find("text", "Giá trị mới").queryText().getText(0, -1) == "9",
             "the typed value")
        office.press("Dùng giá trị mới")
        wait(lambda: self.field(dossier, "parcel.sheet") == "9", "the new value")
        office.find("label", "Không có xung đột nào cần giải quyết.")
        office.shot("conflict-none")
        self.assertEqual(office.cli("status")["conflicts"], 0)

    def test_keys_keep_values(self):
        office = self.office
        dossier = office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                             "applicant.name=Nguyễn Văn An")["id"]
        office.cli("dossier", "step", dossier, "transfer")
        self.everybody()
        office.at("MC").cli("dossier", "set", dossier, "summary=Hai", "parcel.sheet=7")
        office.at("CV").cli("dossier", "set", dossier, "summary=Ba", "parcel.sheet=8")
        self.everybody()
        office.at("CV").unlock()
        office.open_line("Xung đột")
        office.find("label", "1/2")
        office.key("F6")
        office.key("alt+1")  # One's own, which the dossier does not hold.
        wait(lambda: self.field(dossier, "parcel.sheet") == "8", "the own value to be kept")
        office.find("label", "1/1")
        office.key("ctrl+Return")
        wait(lambda: office.cli("status")["conflicts"] == 0, "the held value to be kept")
        self.assertEqual(self.field(dossier, "summary"), "Hai")

    def field(self, dossier, key):
        return self.office.cli("dossier", "show", dossier)["fields"].get(key)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
