#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks the window in every way there is, and each time looks for a family as another program would.

The name of the family is looked for on the accessibility bus and in what the window tells the
desktop; a picture is compared with one from before the family was there.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
import driver  # noqa: E402
from desktop import Desktop  # noqa: E402
from driver import Steps, wait_until, walk, name_of, text_of  # noqa: E402

CANARY = "Kanarievogel-Verzonnen"
LOCK_MINUTES = 5  # as it is set unless somebody changes it


class Case:
    """The program with one family in it, on a desktop and a clock of the test."""

    def __init__(self, program, later_clock, scratch):
        self.scratch = pathlib.Path(scratch)
        self.clock = self.scratch / "clock"
        self.clock.write_bytes(b"")
        self.desktop = Desktop()
        self.window = driver.Program(
            [program, "--store", str(self.scratch / "store")],
            {"LANGUAGE": "en", "LC_ALL": "C.UTF-8", "LD_PRELOAD": later_clock,
             "LATER_CLOCK": str(self.clock),
             "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]},
            str(self.scratch / "log")).start()

    def pass_time(self, seconds):
        with open(self.clock, "ab") as file:
            file.truncate(self.clock.stat().st_size + seconds)

    def picture(self, name):
        path = str(self.scratch / name)
        self.window.picture(path)
        return path

    def picture_at_rest(self, name):
        """A picture of which another taken a little later is the same."""
        wait_until("a window at rest", lambda: same(self.picture(name), self.later_picture()))
        return str(self.scratch / name)

    def later_picture(self):
        time.sleep(0.5)
        return self.picture("later.png")

    # -- what can be seen ----------------------------------------------------

    def is_locked(self):
        door = self.window.find_now("Open", role="push button")
        return door is not None and driver.has_state(door, driver.Atspi.StateType.SENSITIVE)

    def leaks(self, kept):
        """Where the family can still be read."""
        heard = {"the bus": self.window.everything(),
                 "what was looked up before": "\n".join(name_of(n) + text_of(n) for n in kept)}
        for window in self.window._windows():
            heard["the window"] = subprocess.run(["xprop", "-id", window], capture_output=True,
                                                 text=True, check=True).stdout
        tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True, check=True)
        heard["the list of windows"] = tree.stdout
        return [where for where, words in heard.items() if CANARY in words]

    def check_locked(self, kept):
        wait_until("the lock", self.is_locked)
        leaks = self.leaks(kept)
        assert not leaks, "the family can be read in %s" % " and ".join(leaks)
        frames = [n for n in walk(self.window.root) if driver.role_of(n) in ("frame", "dialog")]
        assert len(frames) == 1, "%d windows are left" % len(frames)

    # -- what a person does --------------------------------------------------

    def show_family(self):
        desk.open_household(self.window, CANARY)
        wait_until("the family", lambda: self.leaks([]))
        return list(walk(self.window.root))

    def unlock(self):
        wait_until("the lock", self.is_locked)
        desk.unlock(self.window)
        wait_until("what holds back sleep", self.desktop.is_held_back)


def by_key(case):
    case.window.keys("ctrl+l")


def by_key_in_dialog(case):
    case.window.keys("ctrl+comma")
    case.window.find("Preferences", role="frame")
    case.window.keys("ctrl+l")


def by_idle_time(case):
    """First only the warning, which a key takes away; then nobody comes."""
    case.pass_time(LOCK_MINUTES * 60 - 15)
    case.window.find("Any key keeps it open", seconds=30)
    case.window.keys("shift")
    case.window.gone("Any key keeps it open")
    assert not case.is_locked()
    case.pass_time(LOCK_MINUTES * 60)


def by_key_after_sleep(case):
    """Without anybody who tells that the computer slept; the key does nothing but lock."""
    case.pass_time(3600)
    case.window.keys("ctrl+n")


def by_sleep(case):
    assert case.desktop.asked[0] == "sleep" and case.desktop.asked[3] == "delay"
    case.desktop.falls_asleep()
    wait_until("leave to sleep", lambda: not case.desktop.is_held_back())
    assert not case.window.find_now(CANARY), "the computer slept before the file was locked"


def by_session(case):
    case.desktop.locks_session()


def by_screen_saver(case):
    case.desktop.shows_screen_saver()


WAYS = (
    ("the key", by_key),
    ("the key, while a dialog is open", by_key_in_dialog),
    ("nobody touching it", by_idle_time),
    ("the first key after a sleep that nobody told of", by_key_after_sleep),
    ("the computer going to sleep", by_sleep),
    ("the session being locked", by_session),
    ("the screen saver", by_screen_saver),
)


def check_keys_behind_lock(case, steps):
    """Keys of the workspace do nothing behind the lock."""
    for key in ("ctrl+n", "ctrl+comma", "ctrl+z", "ctrl+k", "F9", "alt+Left"):
        case.window.keys(key)
    case.check_locked([])
    steps.done("no key of the workspace works behind the lock")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--later-clock", required=True)
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-lock.") as scratch:
        case = Case(options.program, options.later_clock, scratch)
        try:
            desk.make_store(case.window)
            wait_until("what holds back sleep", case.desktop.is_held_back)
            case.window.keys("ctrl+l")
            case.check_locked([])
            before = case.picture_at_rest("before.png")
            case.unlock()
            desk.make_household(case.window, CANARY)
            for what, lock in WAYS:
                kept = case.show_family()
                lock(case)
                case.check_locked(kept)
                steps.done("locked by " + what)
                case.unlock()
            case.window.keys("ctrl+l")
            case.check_locked([])
            check_keys_behind_lock(case, steps)
            wait_until("the same picture as before the family was there",
                       lambda: same(before, case.picture("after.png")))
            steps.done("a picture shows what it showed before")
            assert case.window.close() == 0
        finally:
            case.window.kill()
    steps.plan()


def same(one, other):
    compared = subprocess.run(["compare", "-metric", "AE", one, other, "null:"], capture_output=True,
                              check=False)
    return compared.returncode == 0


if __name__ == "__main__":
    main()
