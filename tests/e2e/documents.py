#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a picture into a file with the chooser of GTK, looks at it, takes a copy and locks.

By keys alone. The computer must not remember which files were chosen, and after locking nothing of the
document is on the screen or on the bus.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
from driver import Steps, name_of, role_of, wait_until, walk  # noqa: E402


def make_picture(path):
    subprocess.run(["convert", "-size", "640x900", "xc:red", "png:" + str(path)], check=True)


def open_tab(window):
    """A file has more tabs than jumps: from the last one up."""
    def row():
        tabs = window.find_now("Tabs of this file", role="list")
        return tabs and window.find_now("Documents", role="list item", under=tabs)

    window.click(wait_until("the tab of the documents", row))
    return window.find("GezDocumentsTab")


def add(window, path, steps):
    tab = open_tab(window)
    window.says("No documents yet")
    window.keys("ctrl+n")
    desk.answer_chooser(window, "Add documents", path)
    window.says("1 document added")
    row = wait_until("the row of the document", lambda: next(
        (n for n in walk(tab) if role_of(n) == "list item" and "brief" in name_of(n)), None))
    assert "Picture" in name_of(row), name_of(row)
    steps.done("a picture is chosen with the keyboard and stands in the file")
    return row


def check_not_remembered():
    data = os.environ.get("XDG_DATA_HOME", os.path.expanduser("~/.local/share"))
    recent = pathlib.Path(data) / "recently-used.xbel"
    thumbnails = pathlib.Path(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache"))) / "thumbnails"
    assert not recent.exists() or "kanarie" not in recent.read_text(), recent.read_text()
    assert not thumbnails.exists() or not list(thumbnails.rglob("*.png")), "the desktop has a thumbnail"


def look(window):
    window.find("Document", role="frame", exact=True)
    window.find("Picture", role="image")
    window.keys("plus", "minus", "0")


def look_twice(window, row, steps):
    window.click(row)
    look(window)
    window.keys("Escape")
    window.gone("Document", role="frame")
    window.keys("Return")
    look(window)
    window.keys("Escape")
    window.gone("Document", role="frame")
    steps.done("a click and Enter show it, Escape goes back to its row")


def remove(window, steps):
    window.keys("Delete")
    window.says("Document removed")
    window.says("No documents yet")
    window.keys("ctrl+z")
    steps.done("Delete removes it and Ctrl+Z brings it back")
    return window.find("kanarie", role="list item")


def save_copy(window, row, copy, steps):
    window.find("What can be done with this document", role="push button", under=row)
    window.keys("shift+F10")
    window.press(window.find("Save a copy…", role="menu item"))
    window.says("Save a copy that is not protected?")
    window.keys("alt+s")
    desk.answer_chooser(window, "Save a copy", copy)
    window.says("It is not protected")
    assert copy.exists() and copy.stat().st_size > 0
    steps.done("a copy is written after a warning")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-documents.") as directory:
        scratch = pathlib.Path(directory)
        picture = scratch / "kanarie-brief.png"
        make_picture(picture)
        window = desk.start(options.program, scratch / "store", scratch / "log")
        try:
            desk.make_store(window)
            desk.make_household(window, "Gezin Verzonnen")
            row = add(window, picture, steps)
            look_twice(window, row, steps)
            row = remove(window, steps)
            window.click(row)
            look(window)
            window.keys("Escape")
            window.gone("Document", role="frame")
            save_copy(window, row, scratch / "kopie.png", steps)
            window.click(row)
            look(window)
            window.keys("ctrl+l")
            window.find_entry("Passphrase")
            wait_until("the names to go", lambda: "kanarie" not in window.everything())
            steps.done("locking takes the document away with its window")
            check_not_remembered()
            steps.done("the computer does not remember what was chosen")
        finally:
            window.kill()
    steps.plan()


if __name__ == "__main__":
    main()
