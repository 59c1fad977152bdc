# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortest ways through the window to where a test begins."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "helpers"))
import driver  # noqa: E402
from driver import Atspi, children_of, has_state, name_of, text_of, wait_until, walk  # noqa: E402

PASSPHRASE = "zeven paarse fietsen"
WORKER = "Testa Verzonnen"
OPENING = 60  # seconds: deriving a key is slow on purpose


def start(program, store, log):
    return driver.Program([program, "--store", str(store)],
                          {"LANGUAGE": "en", "LC_ALL": "C.UTF-8"}, str(log)).start()


def make_store(window):
    window.write("Your name", WORKER)
    for name in ("Passphrase", "The same passphrase again"):
        window.click(window.find_entry(name))
        window.type(PASSPHRASE)
    window.button("Make my file")
    window.find("Places", role="list", seconds=OPENING)


def unlock(window):
    window.click(window.find_entry("Passphrase"))
    window.type(PASSPHRASE)
    window.keys("Return")
    window.find("Places", role="list", seconds=OPENING)


def show_place(window, name):
    window.click(window.find(name, role="list item", under=window.find("Places", role="list")))


def make_household(window, name):
    show_place(window, "Households")
    window.button("New household")
    dialog = window.find("New household", role="frame", exact=True)
    window.write("Name or alias of the family", name, under=dialog)
    window.press(window.find("Make file", role="push button", under=dialog))
    window.gone("New household", role="frame")
    window.find("GezHouseholdPage")


def open_household(window, name):
    show_place(window, "Households")
    window.gone("GezHouseholdPage")
    window.click(window.find(name, role="list item"))
    window.find("GezHouseholdPage")


def open_journal(window):
    """Opens the journal of the household that is open; returns it."""
    def row():
        tabs = window.find_now("Tabs of this file", role="list")
        return tabs and window.find_now("Journal", role="list item", under=tabs)

    window.click(wait_until("the tab of the journal", row))
    return window.find("GezJournalTab")


def begin_contact(window):
    """Opens the form of a contact; returns the field for what was said."""
    journal = open_journal(window)
    window.press(window.find("Note a contact", role="push button", under=journal))
    field = window.find_entry("What was said and done", under=journal)
    window.click(field)
    return field


def answer_chooser(window, title, path):
    """Types a path where GTK asks for a file; what it calls such a window differs by version."""
    def chooser():
        return next((n for n in children_of(window.root) if name_of(n) == title), None)

    wait_until("the chooser %r" % title, chooser)
    wait_until("the focus in the chooser", lambda: any(
        has_state(n, Atspi.StateType.FOCUSED) for n in walk(chooser())))
    window.keys("ctrl+a")
    window.type(str(path))
    entry = wait_until("the path in the chooser", lambda: next(
        (n for n in walk(chooser()) if text_of(n) == str(path)), None))
    assert entry is not None
    window.keys("Return")
    wait_until("the end of the chooser", lambda: chooser() is None)
