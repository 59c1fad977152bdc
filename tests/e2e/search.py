#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds a family and goes through the places and tabs with the keyboard alone."""

import argparse
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
from driver import Steps, name_of, wait_until  # noqa: E402

HOUSEHOLD = "Gezin Kwikstaartvogel"
OTHER = "Gezin Meesvogel"


def search(window, text):
    window.keys("ctrl+k")
    window.wait_focus("Search everywhere")
    window.type(text)


def find_family(window, steps):
    before = name_of(wait_until("a focus", window.focused))
    search(window, "kwikst")
    window.find("Gezin Kwikstaartvogel", role="list item")
    window.keys("Escape")
    window.gone("What was found", role="list")
    assert name_of(wait_until("a focus", window.focused)) == before, "the focus is somewhere else"
    steps.done("Escape closes the search and gives the focus back")
    search(window, "kwikstaart")
    window.keys("Return")
    window.find("GezHouseholdPage")
    steps.done("Enter opens the file that was found, also before the answer came")


def go_around(window, steps):
    window.keys("ctrl+2")
    window.find("GezPlanTab")
    window.keys("alt+3")
    window.find("GezAgendaPage")
    window.keys("ctrl+2")
    window.find("GezHouseholdsPage")
    steps.done("Ctrl and Alt with a digit go to tabs and places")
    window.keys("alt+1")
    window.find("GezTodayPage")
    window.keys("ctrl+f")
    window.wait_focus("Search everywhere")
    window.keys("Escape")
    steps.done("Ctrl+F searches where a place has no search of its own")
    window.keys("ctrl+question")
    window.says("Undo what was done last")
    window.keys("Escape")
    window.gone("Undo what was done last")
    steps.done("Ctrl+? tells the keys")


def begin_new(window, steps):
    search(window, OTHER)
    window.says("Nothing found")
    window.button("New household")
    window.find("New household", role="frame", exact=True)
    window.keys("ctrl+Return")
    window.gone("New household", role="frame")
    window.find("GezHouseholdPage")
    steps.done("what is not found becomes a new household")
    window.keys("alt+2")
    window.find(OTHER, role="list item")
    window.keys("Tab", "ctrl+z")
    window.gone(OTHER, role="list item")
    steps.done("Ctrl+Z takes it back")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-search.") as scratch:
        store, log = pathlib.Path(scratch) / "store", pathlib.Path(scratch) / "log"
        window = desk.start(program, store, log)
        try:
            desk.make_store(window)
            desk.make_household(window, HOUSEHOLD)
            window.keys("alt+1")
            window.find("GezTodayPage")
            find_family(window, steps)
            go_around(window, steps)
            begin_new(window, steps)
        finally:
            window.kill()
    steps.plan()


if __name__ == "__main__":
    main()
