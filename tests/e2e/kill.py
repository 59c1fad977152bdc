# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program in the middle of a word: at most two seconds of typing are gone.

What was typed is offered again as a draft in the journal of that household, and in no other. Then kills it
at the moment that it says that a contact is saved, some times: each contact is there.

usage: kill.py --program PROGRAM [--saves NUMBER]
"""

import argparse
import pathlib
import tempfile
import time

import desk
import counts  # beside the driver; desk knows where
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


def save_and_kill(window, field, said):
    """Saves what is said, and kills the program as soon as the window says that it is saved."""
    window.click(field)
    window.keys("ctrl+a")
    window.type(said)
    wait_until("the words in the form", lambda: text_of(field) == said)
    window.press(window.find("Save contact", role="push button"))
    window.gone("Save contact", role="push button")
    window.find("Everything is saved")
    window.kill()


def expect_draft(window, safe, typed):
    """The draft is in the journal of its household, and in no other. Returns its field."""
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
    return field


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--saves", type=int, default=2)
    asked = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-kill.") as scratch:
        store, log = pathlib.Path(scratch) / "store", pathlib.Path(scratch) / "log"
        window = desk.start(asked.program, store, log)
        try:
            desk.make_store(window)
            desk.make_household(window, OTHER)
            desk.make_household(window, HOUSEHOLD)
            safe, typed = type_and_kill(window, desk.begin_contact(window))
            print("✓ killed after %d letters" % typed, flush=True)

            window = desk.start(asked.program, store, log)
            field = expect_draft(window, safe, typed)
            for number in range(1, asked.saves + 1):
                said = "bewaard nummer %d" % number
                save_and_kill(window, field, said)
                window = desk.start(asked.program, store, log)
                desk.unlock(window)
                desk.open_household(window, HOUSEHOLD)
                desk.open_journal(window)
                window.find(said)
                if window.find_now("Draft of"):
                    raise DriverError("what was saved is offered again as a draft")
                print("✓ “%s” was saved, and is there after the kill" % said, flush=True)
                if number < asked.saves:
                    field = desk.begin_contact(window)
            counts.add("kills of the window at the moment that it saved", asked.saves)
        finally:
            window.kill()


if __name__ == "__main__":
    main()
