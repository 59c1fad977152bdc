#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a backup in the window, looks at it, and puts it back after more was written."""

import argparse
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
from driver import Atspi, Steps, has_state, is_mapped, name_of, role_of, wait_until, walk  # noqa: E402

KEPT = "Gezin Vroeger"
LATER = "Gezin Later"


class Album:
    """Pictures for who wants to look; none in a test."""

    def __init__(self, directory):
        self.directory = directory

    def take(self, window, name):
        if self.directory:
            window.picture(os.path.join(self.directory, name + ".png"))


def show_backups(window):
    window.keys("ctrl+comma")
    dialog = window.find("Preferences", role="frame")
    window.click(window.find("Backups", role="page tab", under=dialog))
    window.find("Make one now", role="push button", under=dialog)
    return dialog


def make_backup(window, store):
    """Returns its size. The program may be making the one of today by itself; then the button waits for that. Of two of one
    day the first goes."""
    before = set(store.glob("backups/*.gezbackup"))
    dialog = show_backups(window)
    pressed = []

    def made():
        sizes = [path.stat().st_size for path in set(store.glob("backups/*.gezbackup")) - before]
        button = window.find_now("Make one now", role="push button", under=dialog)
        if not sizes and not pressed and button and has_state(button, Atspi.StateType.SENSITIVE):
            window.press(button)
            pressed.append(button)
        return next(iter(sizes), None)

    return wait_until("the backup", made)


def open_row(window):
    """The newest in the list, which a click opens."""
    dialog = window.find("Preferences", role="frame")

    def row():
        items = [n for n in walk(window.find_now("Backups in this folder", role="list", under=dialog))
                 if role_of(n) == "list item" and is_mapped(n) and re.search(r"\d:\d\d", name_of(n))]
        return items[0] if items else None

    window.click(wait_until("a backup in the list", row))
    return window.find("Check", role="list item", under=dialog)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", help="where to save what one sees")
    options = parser.parse_args()
    steps = Steps()
    album = Album(options.pictures)

    with tempfile.TemporaryDirectory(prefix="gezinsplan-backup.") as scratch:
        store = pathlib.Path(scratch) / "store"
        window = desk.start(options.program, store, os.path.join(scratch, "log"))
        try:
            album.take(window, "1-welcome")
            desk.make_store(window)
            desk.make_household(window, KEPT)
            size = make_backup(window, store)
            assert not list(store.glob("backups/*.part")), "something was left"
            steps.done("a backup of %d kB is made" % (size // 1024))

            window.find("Backups in this folder")
            check = open_row(window)
            album.take(window, "2-page")
            window.click(check)
            window.says("In order")
            album.take(window, "3-checked")
            steps.done("it is read from begin to end")

            window.keys("Escape")
            window.gone("Preferences", role="frame")
            desk.make_household(window, LATER)
            show_backups(window)
            open_row(window)
            window.click(window.find("Put back", role="list item"))
            album.take(window, "4-question")
            window.button("Lock and go on")
            dialog = window.find("Put a backup back", role="frame", seconds=desk.OPENING)
            window.wait_focus("Passphrase of that day")
            album.take(window, "5-restore")
            window.type("dat is het niet")
            window.keys("Return")
            window.says("does not open with that passphrase")
            window.click(window.find_entry("Passphrase of that day"))
            window.type(desk.PASSPHRASE)
            window.keys("Return")
            window.says("is back", seconds=desk.OPENING)
            album.take(window, "6-back")
            window.button("Go on")
            window.gone("Put a backup back", role="frame")
            desk.unlock(window)
            desk.show_place(window, "Households")
            window.find(KEPT, role="list item")
            assert not window.find_now(LATER, role="list item"), "it is not the older file"
            steps.done("it is put back, and the file is as it was then")

            older = list(pathlib.Path(scratch).glob("store.before-restore-*"))
            assert len(older) == 1 and (older[0] / "gezinsplan.db").exists(), older
            steps.done("what stood there is kept beside it")
            assert window.close() == 0
        finally:
            window.kill()
    steps.plan()


if __name__ == "__main__":
    main()
