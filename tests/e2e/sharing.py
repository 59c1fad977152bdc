#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people write the same field without knowing of each other, and settle it; a brugfiguur is let into a file; a colleague
turns out to work with the same family. One of them works in the window, the others on the command line."""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import uuid

for place in ("helpers", "app"):
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", place))

from ctl_team import PASSPHRASE, Store, circle  # noqa: E402
from driver import Program, Steps, name_of, role_of, wait_until, walk  # noqa: E402

FAMILY, OTHER = "Gezin Verzonnen", "Gezin Dubbel"
AT = "2026-11-20T10:00:00Z"
BEFORE, OURS, THEIRS = "Beginstraat 0", "Beekstraat 7", "Bergstraat <8> & 9"
OPEN, CASEWORK = "Lina wil graag leren zwemmen.", "De brief van de verhuurder ligt bij de vrederechter."
ONE_FIELD = "1 field was filled in differently by two people."
SLOW = 60  # a key is derived in between


class Team:
    def __init__(self, ctl, directory):
        self.folder = directory / "gedeeld"
        self.folder.mkdir()
        self.lea, self.cas, self.bri = (Store(ctl, directory, name) for name in ("lea", "cas", "bri"))
        self.lea.run("init", "--team", "Testteam", "--name", "Lea Leider", "--role", "teamleider", "--kdf-memory", 8,
                     "--folder", self.folder)
        self.join(self.cas, "Cas Manager", "casemanager")
        self.join(self.bri, "Bri Figuur", "brugfiguur")
        self.sync(self.cas)
        self.household = str(uuid.uuid4())

    def join(self, store, name, role):
        invited = self.lea.run("invite", "--name", name, "--role", role)
        self.sync(self.lea)
        store.run("join", "--folder", self.folder, "--code", invited["code"], "--kdf-memory", 8)
        self.sync(self.lea)

    def sync(self, *stores):
        for store in stores:
            store.run("sync")

    def write(self, store, address):
        store.write(household=[{"id": self.household, "address": address}])

    def begin(self):
        """A file of Cas, which Lea may read whole."""
        person = {"first_name": "Lina", "last_name": "Verzonnen", "born_on": "2015-05-06"}
        lina = str(uuid.uuid4())
        household, note = {**circle("open", self.household), "household_id": self.household}, {"written_at": AT}
        self.cas.write(
            household=[{"id": self.household, **circle("open", self.household), "name": FAMILY}],
            person=[{"id": lina, **household, **person}],
            membership=[{"id": str(uuid.uuid4()), **household, "person_id": lina, "role": "child"}],
            note=[{"id": str(uuid.uuid4()), **household, **note, "content": OPEN},
                  {"id": str(uuid.uuid4()), **household, **note, **circle("casework", self.household),
                   "content": CASEWORK}])
        lea = [row["id"] for row in self.lea.run("members")["members"] if row["is_self"]][0]
        self.cas.run("grant", self.household, lea)
        self.cas.run("grant", self.household, lea, "--circle", "casework")
        self.sync(self.cas, self.lea, self.cas)

    def begin_again(self):
        """A file of Lea that Cas cannot read, with the same person in it."""
        other = str(uuid.uuid4())
        self.lea.write(household=[{"id": other, **circle("open", other), "name": OTHER}],
                       person=[{"id": str(uuid.uuid4()), **circle("open", other), "household_id": other,
                                "first_name": "LINA", "last_name": "Verzonnen", "born_on": "2015-05-06"}])

    def disagree(self, first, second):
        """The same field on two laptops, offline; then they sync in this order."""
        self.write(self.cas, BEFORE)
        self.sync(self.cas, self.lea)
        self.write(self.cas, OURS)
        self.write(self.lea, THEIRS)
        self.sync(first, second, first)

    def conflicts(self, store):
        return [{head["value"] for head in row["heads"]} for row in store.run("list", "conflicts")["conflicts"]]


def open_window(options, store, scratch):
    window = Program([options.program, "--store", str(store.path)], {"LANGUAGE": "en", "LC_ALL": "C.UTF-8"},
                     str(scratch / "log")).start()
    window.wait_focus("Passphrase")
    window.type(PASSPHRASE)
    window.keys("Return")
    window.find("Places", role="list", seconds=SLOW)
    return window


def open_conflicts(window):
    """From the row in Today, where one is after unlocking."""
    window.says("Filled in differently by two people")
    window.click(window.find(FAMILY, role="list item"))
    window.find("Two people wrote this", role="frame")
    dialog = window.find("The address", role="panel")
    window.says(OURS)
    window.says(THEIRS)
    return dialog


def place_of(window, value):
    """The number of the key that keeps it."""
    sides = [n for n in walk(window.find("The address", role="panel")) if role_of(n) == "panel" and " wrote, " in name_of(n)]
    assert len(sides) == 2, [name_of(side) for side in sides]
    return 1 + [any(name_of(n) == value for n in walk(side)) for side in sides].index(True)


def settle(window):
    open_conflicts(window)
    window.says("Cas Manager wrote")
    window.says("Lea Leider wrote")
    window.says("stands in the file now")
    window.keys(str(place_of(window, THEIRS)))
    window.says("Everything is settled")
    window.keys("ctrl+z")
    window.find("The address", role="panel")
    window.keys(str(place_of(window, OURS)))
    window.says("Everything is settled")
    window.keys("Escape")
    window.gone("Two people wrote this", role="frame")


def open_file(window):
    window.keys("ctrl+k")
    window.wait_focus("Search everywhere")
    window.type(FAMILY)
    window.find(FAMILY, role="list item")
    window.keys("Return")
    window.find("GezHouseholdPage")


def let_in(window):
    """Lets the brugfiguur read the open part."""
    open_file(window)
    window.press(window.find("Who can read this: you and Lea Leider", role="push button"))
    dialog = window.find("Who can read this file", role="frame")
    window.find("Lea Leider", role="list item", under=dialog)
    window.press(window.find("Add a colleague", role="push button", under=dialog))
    form = window.find("Let a colleague read this", role="frame")
    window.find("Bri Figuur", under=form)
    window.says("Not in order yet: the family does not know it yet")
    window.click(window.find("The family agrees", role="list item", under=form))
    window.keys("ctrl+Return")
    window.gone("Let a colleague read this", role="frame")
    window.find("Bri Figuur, Brugfiguur · the family circle · access from Cas Manager", role="list item", under=dialog)
    window.keys("Escape")
    window.gone("Who can read this file", role="frame")


def run(options, scratch, steps):
    team = Team(options.ctl, scratch)
    team.begin()
    team.disagree(team.cas, team.lea)
    assert team.conflicts(team.lea) == team.conflicts(team.cas) == [{OURS, THEIRS}]
    steps.done("the same field, written by two offline: both have both values")

    window = open_window(options, team.cas, scratch)
    try:
        settle(window)
        steps.done("both values are read, one key settles, undoing brings both back, and it is settled again")
        let_in(window)
        steps.done("the brugfiguur is let into the file, with what was thought of before")
        assert window.close() == 0
        team.sync(team.lea, team.bri)
        assert team.conflicts(team.lea) == [] and team.lea.address(team.household) == OURS
        seen = json.dumps(team.bri.export())
        assert OPEN in seen and "Bri Figuur got access to the family circle." in seen and CASEWORK not in seen
        steps.done("the others have what was settled, and the brugfiguur reads the open part alone")

        team.begin_again()
        team.disagree(team.lea, team.cas)
        window = open_window(options, team.cas, scratch)
        window.says("Filled in differently by two people")
        open_file(window)
        page = window.find("GezHouseholdPage")
        window.find(ONE_FIELD, under=page)
        window.says("A colleague works with this family: ask Lea Leider.")
        assert OTHER not in window.everything()
        steps.done("synced in the other order it is the same; a colleague with this family is named, and nothing else")
        window.button("Look and choose")
        window.find("The address", role="panel")
        window.keys(str(place_of(window, THEIRS)))
        window.says("Everything is settled")
        window.keys("Escape")
        wait_until("the bar to go", lambda: window.find_now(ONE_FIELD, under=page) is None)
        assert window.close() == 0
        team.sync(team.lea)
        assert team.conflicts(team.lea) == [] and team.lea.address(team.household) == THEIRS
        steps.done("settled from the file")
    finally:
        window.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--ctl", required=True)
    options = parser.parse_args()
    steps = Steps()
    with tempfile.TemporaryDirectory(prefix="gezinsplan-sharing.") as name:
        run(options, pathlib.Path(name), steps)
    steps.plan()


if __name__ == "__main__":
    main()
