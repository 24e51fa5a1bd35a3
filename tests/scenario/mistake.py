"""One source of the product changed, compiled alone and linked before the libraries: the tree and its
build stay as they are. Build `release` first."""

import os
import shlex
import subprocess
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.join(ROOT, "build", "release")
FOLDER = os.path.join(ROOT, "build", "bugs")
MINUTE = 60


def _commands(target):
    told = subprocess.run(
        ["ninja", "-C", BUILD, "-t", "commands", target], capture_output=True, text=True, check=True
    )
    return told.stdout.splitlines()


def source_name(path):
    os.makedirs(FOLDER, exist_ok=True)
    return os.path.join(FOLDER, os.path.basename(path))


def compile_changed(path, source):
    """The object of SOURCE, compiled as PATH of the tree is; None when it is no program."""
    line = next(c for c in _commands("bin/scenario") if c.endswith("-c " + os.path.join(ROOT, path)))
    words = shlex.split(line)
    if "ccache" in words[0]:
        words = words[1:]
    compiled = source + ".o"
    words[words.index("-o") + 1] = compiled
    words[-1] = source
    words.insert(1, "-w")  # What a mistake no longer uses is no mistake.
    words = [word for word in words if word not in ("-MD",)]
    for flag in ("-MT", "-MF"):
        at = words.index(flag)
        del words[at : at + 2]
    done = subprocess.run(words, cwd=BUILD, capture_output=True, check=False)
    return compiled if done.returncode == 0 else None


def link(target, compiled):
    """The program TARGET of the build with COMPILED in the place of what it was made from."""
    program = os.path.join(FOLDER, target)
    line = next(c for c in reversed(_commands(f"bin/{target}")) if f" -o bin/{target} " in c)
    line = line.replace(f" -o bin/{target} ", f" {compiled} -o {program} ", 1).split(" && cd ")[0]
    subprocess.run(line, cwd=BUILD, shell=True, check=True)
    return program


def simulate(program, seconds=MINUTE):
    """How long until the simulator said so, and its first line; None when it did not."""
    return _found([program, "--seeds", "1000000", "--quick"], seconds)


def run_tests(program, seconds):
    return _found([program, "--gtest_brief=1"], seconds)


def _found(command, seconds):
    begin = time.monotonic()
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if run.returncode == 0:
        return None
    took = time.monotonic() - begin
    return took, (run.stdout.splitlines() or [f"ended with {run.returncode}"])[0]
