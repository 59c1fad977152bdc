#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hides names with F9 and looks on every place and every tab whether one can still be read.

In the invented caseload each name and each text that must be hidden gets a mark; with names shown
the mark is everywhere, with names hidden it is nowhere.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
import driver  # noqa: E402
from driver import Steps, wait_until, walk, name_of, role_of, text_of  # noqa: E402

MARK = "Kanarie"
FIRST_TABS = 4  # tabs from the top: the overview, the plan and two of the domains, which are alike
OTHER_TABS = 6  # tabs from the bottom: what is not a domain
HIDDEN = {
    "household": ("name", "address"),
    "person": ("first_name", "last_name", "phones", "email", "class"),
    "membership": ("custody",),
    "helper": ("name", "role", "phone"),
    "flag": ("fact", "source"),
    "note": ("content", "told_by"),
    "question": ("content",),
    "referral": ("question", "introduced_by"),
    "followup": ("what",),
    "appointment": ("title", "place", "with_whom"),
    "document": ("name", "tags"),
}


def run(ctl, scratch, *arguments):
    subprocess.run([ctl, *arguments, "--passphrase-file", str(scratch / "passphrase")],
                   stdout=subprocess.DEVNULL, check=True)


def make_store(ctl, scratch):
    """A store of a few households in which everything to be hidden has the mark."""
    (scratch / "passphrase").write_text(desk.PASSPHRASE)
    owner = ["--team", "Testteam", "--name", desk.WORKER, "--role", "casemanager", "--kdf-memory", "8"]
    run(ctl, scratch, "demo", "--store", str(scratch / "plain"), "--households", "6", "--kdf-memory", "8")
    run(ctl, scratch, "export", "--store", str(scratch / "plain"), "-o", str(scratch / "plain.json"))
    document = json.loads((scratch / "plain.json").read_text())
    tables = document.get("tables", document)
    for table, columns in HIDDEN.items():
        for row in tables[table]:
            for column in columns:
                if row.get(column):
                    row[column] = MARK + " " + row[column]
    worker = next(row["id"] for row in tables["member"] if row["name"] == desk.WORKER)
    (scratch / "marked.json").write_text(json.dumps(document))
    run(ctl, scratch, "init", "--store", str(scratch / "store"), "--as", worker, *owner)
    run(ctl, scratch, "import", "--store", str(scratch / "store"), str(scratch / "marked.json"))
    for household in tables["household"]:
        paper = scratch / (MARK + " brief.txt")
        paper.write_text(household["id"])
        run(ctl, scratch, "attach", "--store", str(scratch / "store"), "--household", household["id"], str(paper),
            "--tag", MARK)


def marked(window):
    """Everything on the bus that has the mark, with where it is."""
    found = []
    for node in walk(window.root):
        try:
            words = (name_of(node), text_of(node), node.get_description() or "")
        except driver.GLib.Error:
            continue
        found += ["%s: %s" % (role_of(node), word) for word in words if MARK in word]
    return found


def rows_of(window, name):
    listing = window.find(name, role="list")
    return [n for n in walk(listing) if role_of(n) == "list item" and name_of(n)]


def some_tabs(window):
    tabs = rows_of(window, "Tabs of this file")
    return tabs[:FIRST_TABS] + tabs[-OTHER_TABS:]


def check_hidden(window, where):
    window.says("Names are hidden")
    found = marked(window)
    assert not found, "on %s one can read %r" % (where, found[:5])


def check(window, where, steps):
    """Whether what shows here is hidden, and shown again."""
    wait_until("something to hide on " + where, lambda: marked(window))
    window.keys("F9")
    check_hidden(window, where)
    window.keys("F9")
    window.gone("Names are hidden")
    wait_until("what was hidden on " + where, lambda: marked(window))
    steps.done("hidden and shown: " + where)


def open_marked_household(window):
    desk.show_place(window, "Households")
    page = window.find("GezHouseholdsPage")
    row = wait_until("a family", lambda: next(
        (n for n in walk(page) if MARK in name_of(n) and driver.is_mapped(n)), None))
    window.click(row)
    window.find("GezHouseholdPage")


def check_anew(window, steps):
    """Places and tabs that are opened while names are hidden."""
    window.keys("F9")
    for place in [name_of(row).split(",")[0] for row in rows_of(window, "Places")]:
        desk.show_place(window, place)
        check_hidden(window, place)
    desk.show_place(window, "Households")
    page = window.find("GezHouseholdsPage")
    row = wait_until("a family", lambda: next(
        (n for n in walk(page) if "•••" in name_of(n) and role_of(n) in ("list item", "table row")
         and driver.is_mapped(n)), None))
    window.click(row)
    window.find("GezHouseholdPage")
    for tab in some_tabs(window):
        window.click(tab)
        check_hidden(window, name_of(tab))
    window.keys("F9")
    steps.done("hidden as well where it was opened later")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--ctl", required=True)
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-names.") as directory:
        scratch = pathlib.Path(directory)
        make_store(options.ctl, scratch)
        window = desk.start(options.program, scratch / "store", scratch / "log")
        try:
            desk.unlock(window)
            for place in ("Today", "Households", "Agenda", "Referrals"):
                desk.show_place(window, place)
                check(window, place, steps)
            open_marked_household(window)
            for tab in some_tabs(window):
                window.click(tab)
                check(window, name_of(tab), steps)
            check_anew(window, steps)
        finally:
            window.kill()
    steps.plan()


if __name__ == "__main__":
    main()
