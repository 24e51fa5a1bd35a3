#!/usr/bin/env python3
"""keyboard_test.py BIN SHOTS: the main job by keys alone; accessibility only looks."""

import subprocess
import sys
import os
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pyatspi  # noqa: E402
from office import PIN, Office, wait  # noqa: E402

DROP_DOWN = "a drop-down list"
BIN, SHOTS = sys.argv[1], sys.argv[2]


class Keyboard(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-keyboard")

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)

    def at(self, name):
        """Waits until what has the keyboard has such a name; returns it."""
        last = []

        def there():
            focused = self.office.focused()
            last[:] = [focused and focused.name]
            return focused if focused is not None and focused.name.startswith(name) else None
        try:
            return wait(there, name)
        except AssertionError:
            self.fail(f"the keyboard is at {last[0]!r}, not at {name!r}")

    def tab_through(self, names):
        """Tab goes to these in turn, each shown as focused. GTK's drop-down lists keep the focus in
        a button that is nobody's child: of those only what comes after can be seen."""
        for name in names:
            self.office.key("Tab")
            if name == DROP_DOWN:
                wait(lambda: self.office.focused() is None, f"a drop-down list, not {self.office.focused()}")
            else:
                self.at(name)

    def unlock(self):
        self.office.open_window()
        self.at("Mã PIN")
        self.type(PIN)
        self.office.key("Return")
        self.at("Danh sách hồ sơ")

    def test_the_main_job(self):
        office, key = self.office, self.office.key
        self.unlock()

        key("ctrl+n")
        self.at("Họ tên hoặc tên tổ chức")
        self.type("Nguyen Van An")
        self.tab_through(["Số định danh", "Số điện thoại", "Địa chỉ", "Tờ bản đồ số",
                          "Thửa đất số", "Trích yếu", "Để dở, làm sau", "Tiếp tục",
                          "Họ tên hoặc tên tổ chức"])
        key("shift+Tab")
        self.at("Tiếp tục")
        key("Tab")
        self.at("Họ tên hoặc tên tổ chức")
        key("Return")
        self.at("Tìm thủ tục")
        self.type("giay phep xay dung moi")
        key("Return")
        self.at("Danh sách thủ tục")
        self.tab_through([DROP_DOWN, "Để dở, làm sau", "Quay lại", "Tiếp tục", "Tìm thủ tục"])
        key("alt+Left")
        name = self.at("Họ tên hoặc tên tổ chức")
        self.assertEqual(name.queryText().getText(0, -1), "Nguyen Van An")
        key("alt+Right")
        self.at("Tìm thủ tục")
        key("Return")
        self.at("Danh sách thủ tục")
        key("Return")
        self.at("Chưa có: Đơn đề nghị")
        key("Left")
        self.at("Bản sao: Đơn đề nghị")
        key("Left")
        paper = self.at("Bản chính: Đơn đề nghị")
        wait(lambda: paper.getState().contains(pyatspi.STATE_CHECKED), "the original to be chosen")
        self.tab_through(["Chưa có: Một trong 16"])
        key("Down")
        self.at("Chưa có: Bản vẽ mặt bằng công trình")
        key("Return")
        self.at("Tiếp nhận")
        key("Return")
        self.at("In giấy tiếp nhận")
        office.shot("keyboard-done")
        key("Return")
        paper = self.at("Bản xem trước giấy tiếp nhận")
        self.assertIn("Bản chính", paper.description)
        self.tab_through(["In…", "Lưu PDF…", DROP_DOWN, DROP_DOWN, "Đóng",
                          "Bản xem trước giấy tiếp nhận"])
        key("Escape")

        self.at("Danh sách hồ sơ")
        key("F6")
        self.at("Chuyển xử lý")
        found = office.cli("search", "nguyen van an")["items"][0]["id"]
        key("Return")
        wait(lambda: office.cli("dossier", "show", found)["state"] == 4, "the hand over")
        key("F9")
        wait(lambda: office.cli("status")["waiting"] == 0, "the exchange to be done")
        key("ctrl+l")
        self.at("Mã PIN")

    def test_an_intake_is_parked_by_escape(self):
        office, key = self.office, self.office.key
        self.unlock()
        key("ctrl+n")
        self.at("Họ tên hoặc tên tổ chức")
        self.type("Tran Thi Be")
        key("Escape")
        self.at("Danh sách hồ sơ")
        key("ctrl+d")
        self.at("Làm tiếp: Tiếp nhận: Tran Thi Be")
        key("Return")
        name = self.at("Họ tên hoặc tên tổ chức")
        self.assertEqual(name.queryText().getText(0, -1), "Tran Thi Be")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
