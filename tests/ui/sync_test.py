#!/usr/bin/env python3
"""sync_test.py BIN SHOTS: the page "Đối chiếu với tỉnh" with the province up, down and silent."""

import os
import signal
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import Office  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]
STEPS = ["Tên máy chủ", "Cổng kết nối", "Mã hóa", "Chứng thư", "Đồng hồ"]


class SyncPage(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)
        self.office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                        "applicant.name=Đặng Thị Ánh")
        self.office.unlock()
        self.office.open_line("Đối chiếu với tỉnh")

    def test_offline_is_calm_and_the_line_test_names_the_step(self):
        office = self.office
        office.find("label", "Chờ gửi: 1 việc")
        office.find("label", "· tiếp nhận hồ sơ – Đặng Thị Ánh")
        office.press("Kiểm tra đường truyền")
        for step in STEPS:
            office.find("label", "✔ " + step)
        office.shot("sync-line-fine")

        office.stop_server()
        office.press("Kiểm tra đường truyền")
        office.find("label", "✘ Cổng kết nối")
        office.find("label", "✔ Tên máy chủ")
        office.find("label", "– Chứng thư: Chưa thử tới.")
        office.press("Đối chiếu ngay")
        office.find("label", "Lần gần nhất: ")
        office.find("label", "Chờ gửi: 1 việc")
        office.shot("sync-offline")

        office.run_server(office.port)
        office.press("Thử lại")
        office.find("label", "Không có việc nào chờ gửi")
        office.shot("sync-done")
        self.assertEqual(office.cli("status")["waiting"], 0)

    def test_a_silent_province_can_be_left(self):
        office = self.office
        office.server.send_signal(signal.SIGSTOP)
        self.addCleanup(office.server.send_signal, signal.SIGCONT)
        office.press("Đối chiếu ngay")
        office.find("progress bar", "Tiến độ đối chiếu")
        office.find("label", "Đã nhận 0 dòng nhật ký")
        office.shot("sync-running")
        office.press("Dừng")
        office.find("label", "Lần gần nhất: ")
        office.shot("sync-stopped")
        office.server.send_signal(signal.SIGCONT)
        office.press("Thử lại")
        office.find("label", "Không có việc nào chờ gửi")
        self.assertEqual(office.cli("status")["waiting"], 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
