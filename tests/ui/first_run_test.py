#!/usr/bin/env python3
"""first_run_test.py BIN SHOTS: a new desk from the enrolment file to its first dossier on screen."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import PIN, Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]
DOSSIERS = 24


class FirstRun(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)

    def code_for_new_officer(self):
        office = self.office
        user = office.run("hosoxa-server", "user", "add", "--data", office.province, "--unit",
                          "06994", "--role", "CV", "--name", "Lê Văn Cường")["user"]
        code = os.path.join(office.folder.name, "cv.hsx")
        office.run("hosoxa-server", "enrol-code", "--data", office.province, "--user", user,
                   "--server", f"https://127.0.0.1:{office.port}", "--out", code)
        return code

    def type_pins(self, first, second):
        self.office.type_into("password text", "Mã PIN mới", first)
        self.office.type_into("password text", "Gõ lại mã PIN", second)

    def test_a_new_desk_in_three_steps(self):
        office = self.office
        for number in range(DOSSIERS):
            office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                       f"applicant.name=Nguyễn Văn An {number}")
        office.cli("sync")
        code = self.code_for_new_officer()
        office.desk = os.path.join(office.folder.name, "new-desk")

        office.open_window()
        office.find("label", "Bước 1/3")
        office.type_into("text", "Đường dẫn tệp ghi danh", office.pin_file)
        office.press("Tiếp tục")
        office.find("label", "Yêu cầu chưa đúng.\nVì: tệp này không phải tệp ghi danh")
        office.shot("first-run-wrong-file")
        office.type_into("text", "Đường dẫn tệp ghi danh", code)
        office.press("Tiếp tục")

        office.find("label", "Bước 2/3")
        self.type_pins("12", "12")
        office.find("label", "Độ mạnh: Yếu: mã PIN quá ngắn")
        office.press("Tiếp tục")
        office.find("label", "Bước 2/3")
        self.type_pins("123456", "123457")
        office.find("label", "Độ mạnh: Yếu: các ký tự liền nhau")
        office.press("Tiếp tục")
        office.find("label", "✘ Hai lần gõ chưa giống nhau.")
        office.shot("first-run-pins-differ")
        office.press("Quay lại")
        office.find("label", "Máy này thuộc: ")
        office.shot("first-run-file")
        office.press("Tiếp tục")
        self.type_pins(PIN, PIN)
        office.find("label", "Độ mạnh: Được")
        office.shot("first-run-pin")
        office.press("Tiếp tục")

        office.find("label", "Đã tải xong dữ liệu của đơn vị.")
        office.shot("first-run-loaded")
        office.press("Bắt đầu làm việc")
        office.find("text", "Lọc nhanh")
        office.shot("first-run-work")
        status = office.cli("status")
        self.assertGreaterEqual(status["position"], DOSSIERS)
        self.assertEqual(office.cli("dossier", "list", "--view", "all")["total"], DOSSIERS)

    def test_without_the_province_it_says_so_and_goes_on_later(self):
        office = self.office
        code = self.code_for_new_officer()
        office.desk = os.path.join(office.folder.name, "new-desk")
        office.stop_server()
        office.open_window()
        office.type_into("text", "Đường dẫn tệp ghi danh", code)
        office.press("Tiếp tục")
        self.type_pins(PIN, PIN)
        office.press("Tiếp tục")
        office.find("label", "Chưa kết nối được máy chủ tỉnh.")
        office.shot("first-run-offline")
        office.run_server(office.port)
        office.press("Thử lại")
        office.press("Bắt đầu làm việc")
        office.find("text", "Lọc nhanh")
        self.assertEqual(office.cli("status")["waiting"], 0)

    def test_an_officer_who_forgot_the_pin_gets_a_new_one(self):
        office = self.office
        user = office.cli("status")["officer"]
        code = os.path.join(office.folder.name, "again.hsx")
        office.run("hosoxa-server", "enrol-code", "--data", office.province, "--user", user,
                   "--server", f"https://127.0.0.1:{office.port}", "--out", code)
        office.open_window()
        office.press("Thêm cán bộ hoặc đặt lại mã PIN")
        office.find("label", "Bước 1/3")
        office.press("Quay lại")
        office.press("Thêm cán bộ hoặc đặt lại mã PIN")
        office.type_into("text", "Đường dẫn tệp ghi danh", code)
        office.press("Tiếp tục")
        self.type_pins("739105", "739105")
        office.press("Tiếp tục")
        office.press("Bắt đầu làm việc")
        office.find("text", "Lọc nhanh")
        with open(office.pin_file, "w", encoding="utf-8") as file:
            file.write("739105\n")
        self.assertEqual(wait(lambda: office.cli("status"), "the new PIN")["officer"], user)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
