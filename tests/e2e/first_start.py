#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""First start, a store, the lock, a wrong passphrase, the right one; and what the bus hears of it."""

import argparse
import os
import signal
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

from driver import Atspi, Program, Steps, text_of, wait_until  # noqa: E402

PASSPHRASE = "vier blauwe fietsen"
NAME = "Testa Verzonnen"


class Ear:
    """Hears every text that the program tells the accessibility bus while it is typed."""

    def __init__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(self._hear)
        self.listener.register("object:text-changed:insert")

    def _hear(self, event):
        self.heard.append(event.any_data if isinstance(event.any_data, str) else "")


def check_entry_tells_nothing(program, label, ear):
    """Types the passphrase into an entry and looks at it as another program would."""
    ear.heard.clear()
    entry = program.find_entry(label)
    program.type(PASSPHRASE)
    wait_until("the bullets", lambda: len(text_of(entry)) == len(PASSPHRASE))
    assert set(text_of(entry)) == {"\u2022"}, "the entry tells its text"
    wait_until("the bus to hear of it", lambda: len(ear.heard) >= len(PASSPHRASE))
    assert set("".join(ear.heard)) == {"\u2022"}, "the bus hears what is typed"


def make_store(program, ear, steps):
    program.wait_focus("Your name")
    program.type(NAME)
    program.keys("Return")
    program.says("Choose a passphrase")
    steps.done("what is missing is said and gets the focus")
    program.wait_focus("Passphrase")
    check_entry_tells_nothing(program, "Passphrase", ear)
    steps.done("the entry and its events tell bullets only")
    program.keys("Tab")
    program.type("vier rode fietsen")
    program.keys("Return")
    program.says("not the same")
    steps.done("two passphrases that differ are said")
    program.wait_focus("again")
    program.type(PASSPHRASE)
    program.keys("Return")
    program.says("Everything is saved", seconds=60)
    steps.done("the store is made and Today shows")


def lock(program, steps, names):
    program.keys("ctrl+l")
    program.says("Locked")
    program.gone("Everything is saved")
    heard = program.everything()
    for name in names:
        assert name not in heard, "%r can be read behind the lock" % name
    steps.done("after Ctrl+L the bus knows no name")


def unlock(program, steps):
    program.wait_focus("Passphrase")
    program.type("een verkeerde zin")
    program.keys("Return")
    program.says("That is not the passphrase", seconds=60)
    program.wait_focus("Passphrase")
    steps.done("a wrong passphrase is said in words and the entry keeps the focus")
    program.type(PASSPHRASE)
    program.keys("Return")
    program.says("Everything is saved", seconds=60)
    steps.done("the right one opens it")


def open_twice(options, store, steps):
    other = Program([options.program, "--store", store], {"LANGUAGE": "en"})
    try:
        other.start()
        other.wait_focus("Passphrase")
        other.type(PASSPHRASE)
        other.keys("Return")
        other.says("in another window", seconds=60)
        assert other.close() == 0
        steps.done("a store that is open elsewhere is said")
    finally:
        other.kill()


def end_by_signal(program, steps):
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(30) == 0
    steps.done("logging out ends the program well")


def damage(store):
    for folder, _, names in os.walk(store):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "r+b") as file:
                file.write(os.urandom(min(4096, os.path.getsize(path))))


def open_damaged(options, store, steps):
    damage(store)
    program = Program([options.program, "--store", store], {"LANGUAGE": "en"})
    try:
        program.start()
        program.wait_focus("Passphrase")
        program.type(PASSPHRASE)
        program.keys("Return")
        program.says("A part of this file is damaged", seconds=60)
        program.wait_focus("Put a backup back…")
        steps.done("a damaged store gets a page that says so")
    finally:
        program.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-first-start-") as scratch:
        ear = Ear()
        store = os.path.join(scratch, "store")
        program = Program([options.program, "--store", store], {"LANGUAGE": "en"})
        try:
            program.start()
            make_store(program, ear, steps)
            lock(program, steps, [NAME])
            unlock(program, steps)
            open_twice(options, store, steps)
            end_by_signal(program, steps)
        finally:
            program.kill()
        open_damaged(options, store, steps)
    steps.plan()


if __name__ == "__main__":
    main()
