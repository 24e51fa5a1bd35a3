#!/usr/bin/env python3
"""main_job_test.py BIN SHOTS: an officer's main job in the real window."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import PIN, Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]


class MainJob(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def test_unlock_receive_reconcile_and_lock(self):
        office = self.office
        office.open_window()
        office.type_into("password text", "Mã PIN", "000000")
        office.press("Mở máy")
        office.find("label", "Chưa mở được máy.")
        office.shot("unlock-wrong-pin")
        office.type_into("password text", "Mã PIN", PIN)
        office.press("Mở máy")
        office.find("text", "Lọc nhanh")
        office.shot("work-empty")

        office.key("ctrl+n")
        office.type_into("text", "Họ tên hoặc tên tổ chức", "Đặng Thị Ánh Tuyết")
        office.type_into("text", "Số định danh", "123")
        office.find("label", "Lưu ý: số định danh không đủ 12 chữ số")
        office.shot("intake-applicant")
        office.press("Tiếp tục")
        office.type_into("text", "Tìm thủ tục", "giay phep xay dung moi")
        procedures = office.find("table", "Danh sách thủ tục")
        wait(lambda: procedures.queryTable().nRows >= 1, "a procedure found by plain words")
        procedures.queryTable().addRowSelection(0)
        office.shot("intake-procedure")
        office.press("Tiếp tục")
        office.find("label", "Bước 3/4")
        office.shot("intake-papers")
        office.press("Tiếp tục")
        office.find("label", "Người nộp: Đặng Thị Ánh Tuyết")
        office.shot("intake-check")
        office.press("Tiếp nhận")
        office.find("label", "Mã tạm: ")
        office.shot("intake-done")
        office.press("In giấy tiếp nhận")
        paper = office.find(None, "Bản xem trước giấy tiếp nhận")
        self.assertIn("ĐẶC KHU VÂN ĐỒN", paper.description)
        self.assertIn("Đặng Thị Ánh Tuyết", paper.description)
        office.shot("receipt")
        office.key("Escape")
        office.find("push button", "Chuyển xử lý")
        office.shot("work-received")
        self.assertEqual(office.cli("status")["waiting"], 1)

        office.key("F9")
        wait(lambda: office.cli("status")["waiting"] == 0, "the exchange to be done")
        found = office.cli("search", "dang thi anh tuyet")
        self.assertEqual(found["total"], 1)
        self.assertRegex(found["items"][0]["code"], r"^H49\.06\.994-\d{6}-0001$")
        office.shot("work-reconciled")
        office.press("Chuyển xử lý")
        wait(lambda: office.cli("dossier", "show", found["items"][0]["id"])["state"] == 4,
             "the dossier to be handed over")
        office.shot("work-transferred")

        office.key("ctrl+l")
        office.find("password text", "Mã PIN")
        office.shot("locked")

    def test_what_was_typed_survives_a_kill(self):
        office = self.office
        office.unlock()
        office.key("ctrl+n")
        office.type_into("text", "Họ tên hoặc tên tổ chức", "Nguyễn Văn Ưởng")
        office.type_into("text", "Trích yếu", "Nhà ở hai tầng")
        office.window.kill()
        office.window.wait()
        office.unlock()
        office.key("ctrl+d")
        office.find("label", "Còn thiếu: chưa chọn thủ tục")
        office.shot("drafts")
        office.press("Làm tiếp")
        name = office.find("text", "Họ tên hoặc tên tổ chức").queryText()
        self.assertEqual(name.getText(0, -1), "Nguyễn Văn Ưởng")
        summary = office.find("text", "Trích yếu").queryText()
        self.assertEqual(summary.getText(0, -1), "Nhà ở hai tầng")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
