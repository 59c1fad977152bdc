# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program in the middle of a word: at most two seconds of typing are gone.

What was typed is offered again as a draft in the journal of that household, and in no other.

usage: kill.py --program PROGRAM
"""

import argparse
import pathlib
import tempfile
import time

import desk
from driver import DriverError, text_of, wait_until, words_in

HOUSEHOLD = "Gezin Voorbeeld"
OTHER = "Gezin Anders"
TEXT = " ".join("woord%03d" % n for n in range(200))
TYPING = 8  # seconds before the plug is pulled
KEPT = 2  # seconds: what was typed longer ago than this is there again
CHUNK = 5  # letters at a time; a word has eight and a space
READING = 0.5  # seconds: between what stands on the screen and the moment we know it


def type_and_kill(window, field):
    """Returns how much had been typed for longer than may get lost, and how much at the end.

    Word by word: a keyboard that is killed halfway leaves a key pressed, which then repeats for ever.
    """
    seen = []
    end = time.monotonic() + TYPING
    for start in range(0, len(TEXT), CHUNK):
        window.type(TEXT[start:start + CHUNK], delay=40)
        seen.append((time.monotonic(), len(text_of(field))))
        if time.monotonic() > end:
            break
    killed = time.monotonic()
    window.kill()
    safe = max((length for at, length in seen if at < killed - KEPT - READING), default=0)
    if safe == 0:
        raise DriverError("nothing was typed %d seconds before the end" % KEPT)
    return safe, seen[-1][1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program

    with tempfile.TemporaryDirectory(prefix="gezinsplan-kill.") as scratch:
        store, log = pathlib.Path(scratch) / "store", pathlib.Path(scratch) / "log"
        window = desk.start(program, store, log)
        try:
            desk.make_store(window)
            desk.make_household(window, OTHER)
            desk.make_household(window, HOUSEHOLD)
            safe, typed = type_and_kill(window, desk.begin_contact(window))
            print("✓ killed after %d letters" % typed, flush=True)

            window = desk.start(program, store, log)
            desk.unlock(window)
            desk.open_household(window, OTHER)
            desk.open_journal(window)
            time.sleep(1)  # long enough for a draft that should not come
            if TEXT[:8] in "\n".join(words_in(window.find("GezJournalTab"))):
                raise DriverError("the draft shows in the file of another household")
            print("✓ the other household does not have the draft", flush=True)

            desk.open_household(window, HOUSEHOLD)
            journal = desk.open_journal(window)
            window.find("Draft of", under=journal)
            field = window.find_entry("What was said and done", under=journal)
            text = wait_until("the draft", lambda: text_of(field))
            if not TEXT.startswith(text):
                raise DriverError("the draft is not what was typed: %r" % text)
            if len(text) < safe:
                raise DriverError("%d letters are back, %d were typed longer than %d s ago"
                                  % (len(text), safe, KEPT))
            print("✓ %d of %d letters are back, %d were safe" % (len(text), typed, safe), flush=True)
        finally:
            window.kill()


if __name__ == "__main__":
    main()
