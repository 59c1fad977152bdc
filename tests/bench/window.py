# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the real window beside a bare one, on the display that it is run under.

The program prints a line per mark when GEZINSPLAN_TRACE is set (ui/common/gez-trace.c); the keyboard and
the pointer are those of the X server, as a person's would be.
"""

import os
import pathlib
import shutil
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PASSPHRASE = "zeven paarse fietsen"
PAGE_CACHE_MIB = 64
PATIENCE = 60  # seconds
REST = 1.5


def resident_mib(process):
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no resident memory")


def measure_bare(build):
    """(milliseconds to the first frame, MiB)"""
    output = subprocess.run([build / "tests/bench/bare-window"], check=True, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True, timeout=PATIENCE).stdout
    values = dict(line.split() for line in output.splitlines() if line.startswith(("first-frame", "rss-kib")))
    return float(values["first-frame"]), float(values["rss-kib"]) / 1024


def make_caseload(build):
    """A store with 2,000 households and 200,000 contacts; made once, some minutes, and kept."""
    store = build / "caseload"
    done = build / "caseload-done"
    if not done.exists():
        print("making 2,000 households and 200,000 contacts, once: some minutes", flush=True)
        shutil.rmtree(store, ignore_errors=True)
        subprocess.run([build / "tests/bench/make-caseload", store, PASSPHRASE], check=True)
        done.touch()
    return store


class Program:
    """The window, opened on a store, with the marks that it has printed so far."""

    def __init__(self, build, store):
        environment = dict(os.environ, GEZINSPLAN_TRACE="1", LANGUAGE="en", LC_ALL="C.UTF-8")
        self.process = subprocess.Popen([build / "app/gezinsplan", "--store", store], env=environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, bufsize=1)
        self.marks = []

    def wait_for(self, mark):
        """Reads on until the mark; returns its milliseconds."""
        until = time.monotonic() + PATIENCE
        for line in self.process.stderr:
            words = line.split()
            if len(words) == 3 and words[0] == "trace":
                self.marks.append(words[1])
                if words[1] == mark:
                    return float(words[2])
            if time.monotonic() > until:
                break
        raise RuntimeError(f"the program did not reach '{mark}', only {self.marks}")

    def end(self):
        self.process.terminate()
        self.process.wait()


def xdotool(*words):
    return subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.PIPE, text=True).stdout


def walk(node):
    yield node
    try:
        children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.Error:
        return
    for child in children:
        if child is not None:
            yield from walk(child)


def find_row(name):
    """The middle of a row of the sidebar, in coordinates of the window."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            for node in walk(application) if application is not None else ():
                try:
                    box = node.get_extents(Atspi.CoordType.WINDOW)
                    if node.get_name() == name and node.get_role_name() == "list item" and box.width > 0:
                        return box.x + box.width // 2, box.y + box.height // 2
                except GLib.Error:
                    continue
        time.sleep(0.2)
    raise RuntimeError(f"there is no row '{name}'")


def measure_program(build, store):
    """milliseconds to today and to households, MiB at rest"""
    program = Program(build, store)
    try:
        program.wait_for("first-frame")
        window = xdotool("search", "--sync", "--onlyvisible", "--name", "^Gezinsplan$").split()[0]
        xdotool("windowfocus", "--sync", window)
        xdotool("type", "--delay", 20, PASSPHRASE)
        xdotool("key", "Return")
        derived = program.wait_for("key-derived")
        today = program.wait_for("today") - derived
        x, y = find_row("Households")
        xdotool("mousemove", "--window", window, x, y, "click", 1)
        asked = program.wait_for("place")
        households = program.wait_for("households") - asked
        time.sleep(REST)
        return today, households, resident_mib(program.process.pid)
    finally:
        program.end()


def measure(build, runs):
    """Runs both in turns; returns a list of values for each figure."""
    store = make_caseload(build)
    figures = {"first-frame": [], "bare-mib": [], "today": [], "households": [], "mib": []}
    for _ in range(runs):
        for names, values in ((("first-frame", "bare-mib"), measure_bare(build)),
                              (("today", "households", "mib"), measure_program(build, store))):
            for name, value in zip(names, values):
                figures[name].append(value)
    return figures
