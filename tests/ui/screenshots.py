#!/usr/bin/env python3
"""screenshots.py BIN FOLDER: what the README shows, from the demo (DEMO_DESK of desktop.sh)."""

import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from office import PIN, Office, wait  # noqa: E402

BIN, FOLDER = sys.argv[1], sys.argv[2]
office = Office(BIN, FOLDER, os.environ["DEMO_DESK"])


def picture(name):
    """Few colours: the text stays sharp and the file small."""
    office.shot(name)
    path = os.path.join(FOLDER, name + ".png")
    subprocess.run(["convert", path, "+dither", "-colors", "64", "-strip",
                    "-define", "png:compression-level=9", "PNG8:" + path], check=True)
    print(f"{path}: {os.path.getsize(path) // 1024} kB")


def open_line(title):
    """A line of «Việc của tôi», by what it begins with; gives its whole name."""
    lines = office.find("table", "Việc của tôi").queryTable()

    def line():
        names = [lines.getAccessibleAt(row, 0).name for row in range(lines.nRows)]
        return next((found for found in enumerate(names) if found[1].startswith(title)), None)
    row, name = wait(line, title)
    lines.addRowSelection(row)
    return name


def open_list(title):
    """The same for a list of dossiers; its first dossier is in sight."""
    name = open_line(title)
    office.find("label", re.search(r"\d+", name).group() + " hồ sơ")
    office.choose_row(0)
    office.find("label", "Hẹn trả")


def unlock():
    office.open_window()
    office.find("password text", "Mã PIN")
    picture("unlock")
    office.type_into("password text", "Mã PIN", PIN)
    office.press("Mở máy")
    office.find("text", "Lọc nhanh")


def dossiers():
    open_list("Quá hạn")
    picture("work")
    open_list("Hôm nay")
    picture("dossier")


def conflict():
    open_line("Xung đột")
    office.find("label", "Bản gốc")
    picture("conflict")


def approval():
    open_list("Chờ duyệt")
    picture("approval")


def receipt():
    open_list("Tất cả")
    office.key("ctrl+p")
    office.find(None, "Bản xem trước giấy tiếp nhận")
    picture("receipt")
    office.key("Escape")
    office.find("text", "Lọc nhanh")


def intake():
    office.key("ctrl+n")
    office.type_into("text", "Họ tên hoặc tên tổ chức", "Đặng Thị Ánh Tuyết")
    office.type_into("text", "Số định danh", "022185001234")
    office.type_into("text", "Số điện thoại", "09123")
    office.type_into("text", "Địa chỉ", "Thôn Đông Hợp, đặc khu Vân Đồn")
    office.find("label", "Lưu ý")
    picture("intake")
    office.key("Escape")
    office.find("text", "Lọc nhanh")


def sync():
    office.key("F9")
    wait(lambda: office.cli("status")["waiting"] == 0, "the exchange to be done")
    open_line("Xung đột (2)")  # The other desk's value has come.
    open_line("Đối chiếu với tỉnh")
    wait(lambda: not office.shows("text", "Lọc nhanh"), "the place")
    picture("sync")


try:
    for take in (unlock, dossiers, conflict, approval, receipt, intake, sync):
        take()
finally:
    office.close()
