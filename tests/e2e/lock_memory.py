# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into the memory of the locked program, and for what a crash of it leaves.

The passphrase may be nowhere in it. Names of families are another matter: GTK and Pango do not wipe
the text of labels when they free it, so copies can stay in freed memory until something else is
written there. On the accessibility bus none may be left; how many are in memory is said, not judged.

usage: lock_memory.py --program PROGRAM
"""

import argparse
import os
import pathlib
import resource
import signal
import sys
import tempfile

import desk
from driver import DriverError, wait_until, words_in

HOUSEHOLD = "Gezin Kwikstaartvogel"
NOTE = "Zwartkopmeesvogel zat in de tuin"
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


def look_into_memory(window):
    passphrase, name, note = (text.encode() for text in (desk.PASSPHRASE, HOUSEHOLD, NOTE))
    counts = count_in_memory(window.process.pid, (passphrase, name, note))
    if counts[passphrase]:
        raise DriverError("the passphrase is in memory %d times" % counts[passphrase])
    print("✓ the passphrase is nowhere in memory", flush=True)
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
    program = os.path.abspath(parser.parse_args().program)
    if os.geteuid() != 0:
        print("skipped: only root can look into the memory of a program that does not let itself be read")
        sys.exit(SKIP)

    with tempfile.TemporaryDirectory(prefix="gezinsplan-memory.") as scratch:
        os.chdir(scratch)
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
        window = desk.start(program, pathlib.Path(scratch) / "store", pathlib.Path(scratch) / "log")
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
            lock(window)
            look_into_memory(window)
            crash(window, scratch)
        finally:
            if window.process.poll() is None:
                window.kill()


if __name__ == "__main__":
    main()
