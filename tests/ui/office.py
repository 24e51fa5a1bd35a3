"""A province with its desks, and the desk's window as assistive technology sees it.

Everything waits for a condition, never for time to pass; a condition that does not come in LIMIT
seconds fails with what was on the screen.
"""

import json
import os
import select
import subprocess
import tempfile
import time

import gi
import pyatspi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT = 30
Atspi.set_timeout(LIMIT * 1000, LIMIT * 1000)  # An answer may take long where much else runs.
# What blocks is seen; how smooth the window is, bench-desk --gui tells: machines that test are busy.
MOST_STALL_MS = 500
PIN = "482913"
NAMES = {"MC": "Trần Thị Bình", "CV": "Lê Văn Cường", "TP": "Phạm Thị Dung", "LD": "Võ Văn Em"}


def wait(condition, what):
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        select.select([], [], [], 0.05)
    raise AssertionError(f"did not come: {what}")


def usable(control):
    return control.getState().contains(pyatspi.STATE_SENSITIVE)


class Office:
    def __init__(self, bin_folder, shots, desk=None, desks=("MC",)):
        """A new province with a desk for each of these roles, of which the first is in use until
        at() names another; or a desk that is there, whose province is others' matter."""
        self.bin, self.shots = bin_folder, shots
        os.makedirs(shots, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory()
        self.pin_file = os.path.join(self.folder.name, "pin")
        with open(self.pin_file, "w", encoding="utf-8") as file:
            file.write(PIN + "\n")
        self.stalls = os.path.join(self.folder.name, "stalls")
        self.window = self.server = None
        if desk is None:
            self.start_server()
            for role in desks:
                self.at(role).enrol(role)
            self.at(desks[0])
        else:
            self.desk = desk

    def at(self, role):
        self.desk = os.path.join(self.folder.name, "desk-" + role)
        return self

    def run(self, program, *words):
        done = subprocess.run([os.path.join(self.bin, program), *words, "--json"],
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def cli(self, *words):
        return self.run("hosoxa-cli", "--data", self.desk, "--pin-file", self.pin_file, *words)

    def start_server(self):
        self.province = os.path.join(self.folder.name, "province")
        self.run("hosoxa-server", "init", "--data", self.province, "--province", "22")
        self.run_server(0)

    def run_server(self, port):
        self.server = subprocess.Popen(
            [os.path.join(self.bin, "hosoxa-server"), "run", "--data", self.province, "--listen",
             f"127.0.0.1:{port}", "--json"], stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.server.stdout.readline())["port"]

    def stop_server(self):
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()

    def enrol(self, role):
        user = self.run("hosoxa-server", "user", "add", "--data", self.province, "--unit", "06994",
                        "--role", role, "--name", NAMES[role])["user"]
        code = os.path.join(self.folder.name, role + ".hsx")
        self.run("hosoxa-server", "enrol-code", "--data", self.province, "--user", user, "--server",
                 f"https://127.0.0.1:{self.port}", "--out", code)
        self.cli("enrol", "--code-file", code)
        self.cli("sync")

    def proposed(self, applicant):
        """A dossier that its specialist has proposed, known at every desk of MC, CV and TP."""
        dossier = self.at("MC").cli("dossier", "new", "--procedure", "1.013225", "--set",
                                    "applicant.name=" + applicant)["id"]
        self.cli("dossier", "step", dossier, "transfer")
        self.cli("sync")
        self.at("CV").cli("sync")
        self.cli("dossier", "note", dossier, "Đủ điều kiện")
        self.cli("dossier", "step", dossier, "propose")
        for role in ("CV", "MC", "TP"):
            self.at(role).cli("sync")
        return dossier

    def open_line(self, title):
        """The line of "my work" that begins so."""
        table = self.find("table", "Việc của tôi")
        table.queryComponent().grabFocus()
        lines = table.queryTable()
        for row in range(lines.nRows):
            if lines.getAccessibleAt(row, 0).name.startswith(title):
                lines.addRowSelection(row)
                return
        raise AssertionError(f"no line «{title}»")

    def choose_row(self, row):
        """Of the list of dossiers."""
        rows = self.find("table", "Danh sách hồ sơ").queryTable()
        wait(lambda: rows.nRows > row, "rows in the list")
        rows.addRowSelection(row)

    def open_window(self, **environment):
        measured = {"GTK_MODULES": os.path.abspath(os.path.join(self.bin, "stall_module.so")),
                    "HOSOXA_STALLS": self.stalls}
        self.window = subprocess.Popen([os.path.join(self.bin, "hosoxa"), "--data", self.desk],
                                       env={**os.environ, **measured, **environment})
        self.app = wait(self.find_app, "the program on the accessibility bus")

    def unlock(self):
        """Opens the window and the desk."""
        self.open_window()
        self.type_into("password text", "Mã PIN", PIN)
        self.press("Mở máy")
        self.find("text", "Lọc nhanh")

    def focused(self):
        """The control that has the keyboard, or None."""
        def visit(node):
            for child in node:
                if child is None:
                    continue
                if child.getState().contains(pyatspi.STATE_FOCUSED):
                    if child.getRoleName() not in ("frame", "table cell"):
                        return child
                if child.getRoleName() in ("table", "tree table", "menu bar"):
                    continue
                found = visit(child)
                if found:
                    return found
            return None
        return visit(self.app)

    def find_app(self):
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.name == "hosoxa":
                return app
        return None

    def find(self, role, name):
        """Waits for `shows`."""
        return wait(lambda: self.shows(role, name), f"{role} «{name}»")

    def shows(self, role, name):
        """The first control of that role (None: any) that is in sight and whose name begins so."""
        def visit(node):
            for child in node:
                if child is None:
                    continue
                if role in (None, child.getRoleName()) and child.name.startswith(name):
                    if child.getState().contains(pyatspi.STATE_SHOWING):
                        return child
                if child.getRoleName() in ("table", "tree table"):
                    continue  # Its cells are many and are nobody's controls.
                found = visit(child)
                if found:
                    return found
            return None

        try:
            return visit(self.app)
        except GLib.GError:
            return None  # A page went away under the walk.

    def type_into(self, role, name, text):
        field = self.find(role, name).queryEditableText()
        field.setTextContents(text)

    def press(self, name):
        button = self.find("push button", name)
        wait(lambda: usable(button), f"«{name}» to be usable")
        button.queryAction().doAction(0)

    def choose_menu(self, title):
        """The command of that title, wherever in the menus it stands."""
        def visit(node):
            for child in node:
                if child is None:
                    continue
                if child.getRoleName() == "menu item" and child.name.startswith(title):
                    return child
                found = child.getRoleName() != "table" and visit(child)
                if found:
                    return found
            return None
        visit(self.app).queryAction().doAction(0)

    def key(self, keys):
        subprocess.run(["xdotool", "key", keys], check=True)

    def shot(self, name):
        subprocess.run(["import", "-window", "root", os.path.join(self.shots, name + ".png")],
                       check=True)

    def close_window(self):
        self.window.kill()
        self.window.wait()
        wait(lambda: self.find_app() is None, "the program to leave the accessibility bus")

    def longest_stall(self):
        """Of the main loop's turns, in ms; without what was before the window could be used."""
        longest, usable = 0, False
        with open(self.stalls, encoding="ascii") as file:
            for line in file:
                word, number = line.split()
                usable = usable or word == "quiet"
                if word == "stall" and usable:
                    longest = max(longest, int(number))
        return longest

    def close(self):
        measured = self.window is not None
        for process in (self.window, self.server):
            if process is not None:
                process.terminate()
                process.wait()
                if process.stdout:
                    process.stdout.close()
        longest = self.longest_stall() if measured else 0
        self.folder.cleanup()
        print(f"longest stall {longest} ms", flush=True)
        if longest > MOST_STALL_MS:
            raise AssertionError(f"the window did not answer for {longest} ms")
