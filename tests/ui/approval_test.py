#!/usr/bin/env python3
"""approval_test.py BIN SHOTS: a head of department decides on what was proposed, in the window."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class Approval(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS, desks=("MC", "CV", "TP"))
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def step(self, dossier):
        return self.office.cli("dossier", "show", dossier)["step"]

    def test_decides_one_after_another_by_the_keyboard(self):
        office = self.office
        names = ["Nguyễn Văn An", "Trần Thị Bưởi", "Lê Văn Cam"]
        ids = [office.proposed(name) for name in names]
        office.at("TP").unlock()
        office.open_line("Chờ duyệt")
        office.choose_row(0)
        office.find("label", "Bạn chưa xem hồ sơ này")
        office.find("label", "▲ Chưa có giấy tờ")
        office.shot("approval-first")
        office.press("Trả lại")
        office.find("label", "Vì: trả lại hoặc từ chối thì phải nêu lý do")
        office.shot("approval-no-reason")
        self.assertEqual({self.step(one) for one in ids}, {"proposed"})
        office.type_into("text", "Lý do quyết định", "Thiếu bản vẽ")
        office.press("Trả lại")
        wait(lambda: "returned" in [self.step(one) for one in ids], "the first to be sent back")
        office.find("label", "Bạn chưa xem hồ sơ này")  # The next one has come by itself.
        office.key("ctrl+Return")
        wait(lambda: "reviewed" in [self.step(one) for one in ids], "the second to be approved")
        office.find("label", "Bạn chưa xem hồ sơ này")
        office.key("ctrl+Return")
        wait(lambda: sorted(self.step(one) for one in ids) == ["returned", "reviewed", "reviewed"],
             "all to be decided")
        office.shot("approval-done")

    def test_shows_what_changed_and_decides_on_nothing_else(self):
        office = self.office
        dossier = office.proposed("Nguyễn Văn An")
        other = office.proposed("Trần Thị Bưởi")
        office.at("TP").unlock()
        office.open_line("Chờ duyệt")
        office.choose_row(0)
        office.find("label", "Bạn chưa xem hồ sơ này")
        office.choose_row(1)  # The first one has been seen now.
        code = office.cli("dossier", "show", other)["code"]
        office.find("label", code)
        office.at("CV").cli("dossier", "set", dossier, "summary=Nhà ở hai tầng")
        office.cli("dossier", "note", dossier, "Đã bổ sung bản vẽ")
        office.cli("sync")
        office.at("TP").cli("sync")
        office.choose_row(0)
        office.find("label", "Thay đổi từ lần bạn xem")
        office.find("label", "• Trích yếu: (trống) → Nhà ở hai tầng – Lê Văn Cường")
        office.find("label", "• Ghi chú: Đã bổ sung bản vẽ – Lê Văn Cường")
        office.shot("approval-since")
        # Something comes while the card is on the screen and the window has not noticed.
        office.at("CV").cli("dossier", "set", dossier, "parcel.sheet=7")
        office.cli("sync")
        office.at("TP").cli("sync")
        office.press("Duyệt")
        office.find("label", "Vì: hồ sơ vừa có thay đổi sau khi bạn mở xem")
        office.find("label", "• Tờ bản đồ số: (trống) → 7 – Lê Văn Cường")
        office.shot("approval-changed-meanwhile")
        self.assertEqual(self.step(dossier), "proposed")
        office.press("Duyệt")
        wait(lambda: self.step(dossier) == "reviewed", "the dossier to be approved")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
