# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into the memory of the program, open and locked, and for what a crash of it leaves.

The passphrase may be nowhere in it as soon as it has opened the store. Keys are there while the store
is open, in memory that is never swapped out alone, and nowhere behind the lock. Names of families are
another matter: GTK and Pango do not wipe the text of labels when they free it, so copies can stay in freed
memory until something else is written there. On the accessibility bus none may be left; how many are in
memory is said, not judged.

usage: lock_memory.py --program PROGRAM --find-keys FIND-KEYS
"""

import argparse
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile

import desk
from driver import DriverError, wait_until, words_in

HOUSEHOLD = "Gezin Kwikstaartvogel"
NOTE = "Zwartkopmeesvogel zat in de tuin"
NEXT = "vier groene stoelen"
SKIP = 77
PIECE = 1 << 22


def count_in_memory(process, needles):
    """How often each of these is in what the process can write to."""
    counts = dict.fromkeys(needles, 0)
    longest = max(len(needle) for needle in needles)
    with open("/proc/%d/maps" % process) as maps, open("/proc/%d/mem" % process, "rb", 0) as memory:
        for line in maps:
            area, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            at, end = (int(part, 16) for part in area.split("-"))
            tail = b""
            while at < end:
                try:
                    memory.seek(at)
                    piece = memory.read(min(PIECE, end - at))
                except OSError:
                    piece = b""  # memory that may not be read by anybody, as that of a device
                if not piece:
                    break
                seen = tail + piece
                for needle in needles:
                    counts[needle] += seen.count(needle)
                    counts[needle] -= tail.count(needle)
                tail = seen[-(longest - 1):]
                at += len(piece)
    return counts


def find_keys(finder, window, store, passphrase):
    """Name of each key: how often it is in memory, and how often where it could be swapped out."""
    answer = subprocess.run([finder, str(window.process.pid), str(store)], input=passphrase.encode(),
                            stdout=subprocess.PIPE, timeout=desk.OPENING, check=True).stdout.decode()
    found = {name: (int(everywhere), int(unlocked))
             for name, everywhere, unlocked in (line.split() for line in answer.splitlines())}
    if set(found) != {"data", "page", "log", "epoch", "blob", "backup", "header"}:
        raise DriverError("these are not all keys: %s" % answer)
    return found


def look_for_passphrases(window, when):
    """Also for either half of them: a copy that was cut or written over in part tells enough."""
    needles = []
    for text in (desk.PASSPHRASE, NEXT):
        half = len(text) // 2
        needles += [text.encode(), text[:half].encode(), text[half:].encode()]
    counts = count_in_memory(window.process.pid, needles)
    if any(counts.values()):
        raise DriverError("a passphrase is in memory %s: %s" % (when, counts))
    print("✓ no passphrase is in memory %s" % when, flush=True)


def look_at_open(finder, window, store, passphrase, when):
    look_for_passphrases(window, when)
    keys = find_keys(finder, window, store, passphrase)
    if not all(keys[name][0] for name in ("data", "page", "log", "epoch")):
        raise DriverError("the search does not find the keys that are in use: %s" % keys)
    loose = {name: unlocked for name, (_, unlocked) in keys.items() if unlocked}
    if loose:
        raise DriverError("keys are in memory that can be swapped out: %s" % loose)
    print("✓ its keys are in locked memory alone", flush=True)


def look_for_keys_behind_lock(finder, window, store, passphrase):
    keys = find_keys(finder, window, store, passphrase)
    left = {name: everywhere for name, (everywhere, _) in keys.items() if everywhere}
    if left:
        raise DriverError("keys are in memory behind the lock: %s" % left)
    print("✓ no key is in memory behind the lock", flush=True)


def lock(window):
    window.keys("ctrl+l")
    window.find_entry("Passphrase")
    wait_until("the store to close", lambda: window.find_now("Open", role="push button"))
    window.gone("Locking")
    words = "\n".join(words_in(window.root))
    for secret in (HOUSEHOLD, NOTE, desk.WORKER, desk.PASSPHRASE):
        if secret in words:
            raise DriverError("%r can be read on the accessibility bus" % secret)
    print("✓ nothing of the file is on the accessibility bus", flush=True)


def change_passphrase(window):
    def has_preferences():
        # Until the window manager has given the focus back the keys go nowhere.
        window.keys("ctrl+comma")
        return window.find_now("Security", role="page tab")

    window.click(wait_until("the preferences", has_preferences))
    window.press(window.find("Change the passphrase", role="push button"))
    window.wait_focus("Present passphrase")
    window.type(desk.PASSPHRASE)
    for _ in range(2):
        window.keys("Tab")
        window.type(NEXT)
    window.keys("Return")
    window.says("The new passphrase opens your file", seconds=desk.OPENING)
    window.keys("Escape", "Escape")
    window.gone("Security", role="page tab")


def look_into_memory(window):
    look_for_passphrases(window, "behind the lock")
    name, note = (text.encode() for text in (HOUSEHOLD, NOTE))
    counts = count_in_memory(window.process.pid, (name, note))
    print("  left behind in memory: name of the household %d times, words of the journal %d times"
          % (counts[name], counts[note]), flush=True)


def crash(window, scratch):
    os.kill(window.process.pid, signal.SIGABRT)
    status = window.process.wait(30)
    if status != -signal.SIGABRT:
        raise DriverError("the program ended with %d" % status)
    cores = [path for path in pathlib.Path(scratch).rglob("*core*")]
    if cores:
        raise DriverError("a crash leaves %s" % cores)
    print("✓ a crash leaves no core file", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--find-keys", required=True)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    finder = os.path.abspath(options.find_keys)
    if os.geteuid() != 0:
        print("skipped: only root can look into the memory of a program that does not let itself be read")
        sys.exit(SKIP)

    with tempfile.TemporaryDirectory(prefix="gezinsplan-memory.") as scratch:
        os.chdir(scratch)
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
        store = pathlib.Path(scratch) / "store"
        window = desk.start(program, store, pathlib.Path(scratch) / "log")
        try:
            desk.make_store(window)
            desk.make_household(window, HOUSEHOLD)
            desk.begin_contact(window)
            window.type(NOTE)
            journal = window.find("GezJournalTab")
            window.press(window.find("Save contact", role="push button", under=journal))
            window.gone("Save contact", role="push button")
            before = count_in_memory(window.process.pid, (HOUSEHOLD.encode(), NOTE.encode()))
            if not all(before.values()):
                raise DriverError("the search does not find what is on the screen")
            look_at_open(finder, window, store, desk.PASSPHRASE, "while the store is open")
            lock(window)
            look_into_memory(window)
            look_for_keys_behind_lock(finder, window, store, desk.PASSPHRASE)
            desk.unlock(window)
            change_passphrase(window)
            look_at_open(finder, window, store, NEXT, "after the passphrase was changed")
            lock(window)
            look_into_memory(window)
            look_for_keys_behind_lock(finder, window, store, NEXT)
            crash(window, scratch)
        finally:
            if window.process.poll() is None:
                window.kill()


if __name__ == "__main__":
    main()
