"""A province with one desk, and the desk's window as assistive technology sees it.

Everything waits for a condition, never for time to pass; a condition that does not come in LIMIT
seconds fails with what was on the screen.
"""

import json
import os
import select
import subprocess
import tempfile
import time

import pyatspi

LIMIT = 30
PIN = "482913"


def wait(condition, what):
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        select.select([], [], [], 0.05)
    raise AssertionError(f"did not come: {what}")


class Office:
    def __init__(self, bin_folder, shots, desk=None):
        """A new province and desk; or a desk that is there, whose province is others' matter."""
        self.bin, self.shots = bin_folder, shots
        os.makedirs(shots, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory()
        self.desk = desk or os.path.join(self.folder.name, "desk")
        self.pin_file = os.path.join(self.folder.name, "pin")
        with open(self.pin_file, "w", encoding="utf-8") as file:
            file.write(PIN + "\n")
        self.window = self.server = None
        if desk is None:
            self.start_server()
            self.enrol()

    def run(self, program, *words):
        done = subprocess.run([os.path.join(self.bin, program), *words, "--json"],
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def cli(self, *words):
        return self.run("hosoxa-cli", "--data", self.desk, "--pin-file", self.pin_file, *words)

    def start_server(self):
        self.province = os.path.join(self.folder.name, "province")
        self.run("hosoxa-server", "init", "--data", self.province, "--province", "22")
        self.server = subprocess.Popen(
            [os.path.join(self.bin, "hosoxa-server"), "run", "--data", self.province, "--listen",
             "127.0.0.1:0", "--json"], stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.server.stdout.readline())["port"]

    def enrol(self):
        user = self.run("hosoxa-server", "user", "add", "--data", self.province, "--unit", "06994",
                        "--role", "MC", "--name", "Trần Thị Bình")["user"]
        code = os.path.join(self.folder.name, "mc.hsx")
        self.run("hosoxa-server", "enrol-code", "--data", self.province, "--user", user, "--server",
                 f"https://127.0.0.1:{self.port}", "--out", code)
        self.cli("enrol", "--code-file", code)
        self.cli("sync")

    def open_window(self):
        self.window = subprocess.Popen([os.path.join(self.bin, "hosoxa"), "--data", self.desk])
        self.app = wait(self.find_app, "the program on the accessibility bus")

    def unlock(self):
        """Opens the window and the desk."""
        self.open_window()
        self.type_into("password text", "Mã PIN", PIN)
        self.press("Mở máy")
        self.find("text", "Lọc nhanh")

    def kill_window(self):
        self.window.kill()
        self.window.wait()
        wait(lambda: self.find_app() is None, "the program to be off the accessibility bus")

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
        return visit(self.app)

    def type_into(self, role, name, text):
        field = self.find(role, name).queryEditableText()
        field.setTextContents(text)

    def press(self, name):
        button = self.find("push button", name)
        wait(lambda: button.getState().contains(pyatspi.STATE_SENSITIVE), f"«{name}» to be usable")
        button.queryAction().doAction(0)

    def key(self, keys):
        subprocess.run(["xdotool", "key", keys], check=True)

    def shot(self, name):
        subprocess.run(["import", "-window", "root", os.path.join(self.shots, name + ".png")],
                       check=True)

    def close(self):
        for process in (self.window, self.server):
            if process is not None:
                process.terminate()
                process.wait()
                if process.stdout:
                    process.stdout.close()
        self.folder.cleanup()
