#!/usr/bin/env python3
"""list_test.py BIN SHOTS: the list of dossiers: filter, order, columns, and what is remembered."""

import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import PIN, Office, wait  # noqa: E402

BIN, SHOTS = sys.argv[1], sys.argv[2]
NAMES = ["Trần Văn Đức", "Lê Thị Ánh", "Phạm Thị Đường", "Vũ Thị Dung", "Bùi Văn Ân"]
IN_ORDER = ["Lê Thị Ánh", "Bùi Văn Ân", "Vũ Thị Dung", "Trần Văn Đức", "Phạm Thị Đường"]


class DossierList(unittest.TestCase):
    def setUp(self):
        self.office = Office(BIN, SHOTS)
        self.addCleanup(self.office.close)
        self.addCleanup(self.office.shot, "last-" + self._testMethodName)
        for name in NAMES:
            self.office.cli("dossier", "new", "--procedure", "1.013225", "--set",
                            "applicant.name=" + name)
        self.unlock()

    def unlock(self):
        self.office.open_window()
        self.type_pin_again()

    def table(self):
        return self.office.find("table", "Danh sách hồ sơ").queryTable()

    def headers(self):
        table = self.table()
        return [table.getColumnDescription(i) for i in range(table.nColumns)]

    def cells(self, header):
        column = self.headers().index(header)
        table = self.table()
        return [table.getAccessibleAt(row, column).name for row in range(table.nRows)]

    def rows(self, count):
        wait(lambda: self.table().nRows == count, f"{count} rows")

    def header(self, header):
        for child in self.office.find("table", "Danh sách hồ sơ"):
            if child is not None and child.getRoleName() == "table column header" \
                    and child.name == header:
                return child
        raise AssertionError(f"no header «{header}»")

    def press_header(self, header):
        self.header(header).queryAction().doAction(0)

    def widths(self):
        return [self.header(name).queryComponent().getSize()[0] for name in self.headers()[:-1]]

    def order(self, expected):
        wait(lambda: self.cells("Người nộp") == expected, f"the order {expected}")

    def choose_column(self, downs):
        self.office.press("Cột…")
        self.office.find("check menu item", "Mã hồ sơ")
        self.office.shot("list-columns")
        for _ in range(downs):
            self.office.key("Down")
        self.office.key("Return")

    def test_filter_finds_without_accents_and_goes_back(self):
        office = self.office
        office.key("ctrl+f")
        office.type_into("text", "Lọc nhanh", "duong")
        self.rows(1)
        self.assertEqual(self.cells("Người nộp"), ["Phạm Thị Đường"])
        office.find("label", "1 / 5 hồ sơ")
        office.shot("list-filtered")
        office.key("Return")
        office.find("text", "Ghi chú mới")  # The first row is open beside the list.
        office.key("F3")
        office.key("Escape")
        self.rows(len(NAMES))
        office.find("label", "5 hồ sơ")
        office.type_into("text", "Lọc nhanh", "khongcoai")
        office.find("label", "0 / 5 hồ sơ")
        office.shot("list-none")

    def test_order_and_columns_are_remembered(self):
        office = self.office
        self.press_header("Người nộp")
        self.order(IN_ORDER)
        office.shot("list-by-name")
        self.press_header("Người nộp")
        self.order(IN_ORDER[::-1])
        self.choose_column(6)  # Of six in sight the last, "Thủ tục".
        wait(lambda: "Thủ tục" not in self.headers(), "the column to go")
        self.choose_column(9)  # "Thửa đất", not in sight before.
        wait(lambda: "Thửa đất" in self.headers(), "the column to come")
        office.shot("list-other-columns")
        before, widths = self.headers(), self.widths()
        self.assertGreater(min(widths), 80)
        office.window.terminate()
        office.window.wait()
        wait(lambda: office.find_app() is None, "the program to leave the accessibility bus")
        self.unlock()
        self.assertEqual(self.headers(), before)
        wait(lambda: self.widths() == widths, f"the widths {widths}")
        self.order(IN_ORDER[::-1])
        office.shot("list-remembered")
        self.choose_column(10)  # "Trở về mặc định".
        wait(lambda: "Thủ tục" in self.headers(), "the usual columns")

    def test_the_width_of_the_dossier_is_remembered(self):
        office = self.office

        def list_width():
            return office.find("table", "Danh sách hồ sơ").queryComponent().getSize()[0]

        before = list_width()
        self.drag_edge(-150)
        wait(lambda: abs(list_width() - (before - 150)) < 20, "a wider dossier")
        office.shot("list-narrow")
        narrow = list_width()
        office.key("ctrl+l")
        self.type_pin_again()
        wait(lambda: abs(list_width() - narrow) < 3, "the same width after unlocking")

    def drag_edge(self, by):
        """Of the list, with the mouse: nothing else can move it."""
        box = self.office.find("table", "Danh sách hồ sơ").queryComponent().getExtents(0)
        x, y = box.x + box.width + 2, box.y + box.height // 2
        for words in (["mousemove", x, y], ["mousedown", 1], ["mousemove", x + by // 2, y],
                      ["mousemove", x + by, y], ["mouseup", 1]):
            subprocess.run(["xdotool"] + [str(word) for word in words], check=True)

    def type_pin_again(self):
        self.office.type_into("password text", "Mã PIN", PIN)
        self.office.press("Mở máy")
        self.rows(len(NAMES))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
