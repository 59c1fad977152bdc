#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a caseload in which everything is strange, in a locale that is not installed."""

import argparse
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import strange  # noqa: E402
from driver import Program, Steps, name_of, role_of, wait_until, walk, words_in  # noqa: E402


def unlock(program):
    program.click(program.find_entry("Wachtzin"))
    program.type(strange.PASSPHRASE)
    program.keys("Return")
    return program.find("Plaatsen", role="list", seconds=60)


def check_households(program, places, steps):
    program.click(program.find("Gezinnen", role="list item", under=places))
    page = program.find("GezHouseholdsPage")

    def row_of(name):
        return next((n for n in walk(page) if role_of(n) == "list item" and name_of(n).startswith(name)),
                    None)

    for name in strange.NAMES:
        wait_until("the family %r" % name, lambda name=name: row_of(name))
    steps.done("every name is shown as it was written, also markup and 200 characters")
    return row_of(strange.MARKUP)


def check_file(program, row, steps):
    program.click(row)
    page = program.find("GezHouseholdPage")

    def tab(name, kind):
        def look():
            tabs = program.find_now("Tabbladen van dit dossier", role="list", under=page)
            found = [n for n in walk(tabs) if role_of(n) == "list item" and name_of(n).startswith(name)]
            return found[-1] if found else None

        program.click(wait_until("the tab " + name, look))
        return program.find(kind, under=page)

    network = tab("Gezin en netwerk", "GezNetworkTab")
    wait_until("fourteen members", lambda: all(
        member.strip()[:60] in "\n".join(words_in(network)) for member in strange.MEMBERS))
    steps.done("fourteen members, each with its own letters")
    agenda = tab("Agenda", "GezHouseholdAgendaTab")
    wait_until("the follow-ups", lambda: "Na te gaan 1: " + strange.MARKUP in "\n".join(words_in(agenda)))
    steps.done("a hundred open follow-ups open in a page that answers")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--ctl", required=True)
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-bad-input-") as scratch:
        store, answer, refused = strange.make_store(options.ctl, scratch)
        assert [row["id"] for row in answer["failed"]] == refused, answer
        assert "not a date" in answer["failed"][0]["reason"], answer
        steps.done("the day that does not exist is refused, everything else goes in")

        environment = {"LANG": "xx_XX.UTF-8", "G_DEBUG": "fatal-criticals"}
        for variable in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
            os.environ.pop(variable, None)
        program = Program([options.program, "--store", str(store)], environment)
        try:
            program.start()
            places = unlock(program)
            steps.done("in a locale that is not installed the program speaks Dutch")
            check_file(program, check_households(program, places, steps), steps)
            assert program.close() == 0
            steps.done("it ends well")
        finally:
            program.kill()
    steps.plan()


if __name__ == "__main__":
    main()
