#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks a window full of families, and looks for them afterwards as another program would."""

import argparse
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

from driver import Program, Steps, name_of, role_of, text_of, wait_until, walk  # noqa: E402

ENOUGH = 20


def rows_of(program):
    return [node for node in walk(program.root) if role_of(node) in ("list item", "table row")
            and len(name_of(node)) > 3]


def open_households(program):
    program.says("Everything is saved", seconds=120)
    program.click(program.find("Households", role="list item"))
    return wait_until("families", lambda: (lambda r: r if len(r) > ENOUGH else None)(rows_of(program)))


def read_again(nodes):
    """What still comes from references that were taken before the lock."""
    words = []
    for node in nodes:
        words.append(name_of(node))
        words.append(text_of(node))
    return "\n".join(words)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    options = parser.parse_args()
    steps = Steps()

    program = Program([options.program, "--demo"], {"LANGUAGE": "en"})
    try:
        program.start()
        rows = open_households(program)
        names = [name_of(row).split(",")[0] for row in rows]
        kept = list(walk(program.root))
        steps.done("%d families can be read before the lock" % len(names))

        program.keys("ctrl+l")
        program.says("This is a demonstration")
        wait_until("the store to close", lambda: program.find_now("Open", role="push button"))
        heard = program.everything() + read_again(kept)
        found = [name for name in names if name in heard]
        assert not found, "%r can be read behind the lock" % found
        steps.done("none of them behind it, also not through what was looked up before")

        hint = program.find("Its passphrase is")
        passphrase = name_of(hint).split(" is ")[-1].rstrip(".")
        program.wait_focus("Passphrase")
        program.type(passphrase)
        program.keys("Return")
        open_households(program)
        steps.done("they are there again after unlocking")
        assert program.close() == 0
        steps.done("closing the window ends the program well")
    finally:
        program.kill()
    steps.plan()


if __name__ == "__main__":
    main()
