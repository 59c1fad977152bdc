#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damages a file by hand in several ways and looks what the window says; then saves what reads of one.

usage: damage.py --program PROGRAM --ctl PROGRAM [--pictures DIRECTORY] [--only SCENE]
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
from driver import Steps, wait_until  # noqa: E402

PAGE = 4096
FRAME = 4120
TITLE = "A part of this file is damaged"
SAVE = "Save what can be read"
RESTORE = "Put a backup back"


class Bench:
    """Stores to damage, the programs, and pictures for who wants to look."""

    def __init__(self, options, scratch):
        self.program, self.ctl, self.pictures = options.program, options.ctl, options.pictures
        self.scratch = pathlib.Path(scratch)
        self.sound = self.scratch / "sound"
        self.passphrase = self.scratch / "passphrase"
        self.passphrase.write_text(desk.PASSPHRASE)
        self.make_sound()
        listed = json.loads(self.run("list", self.sound, "households", "--json").stdout)
        self.households = [row["name"] for row in listed["households"]]
        self.n_pages = (self.sound / "gezinsplan.db").stat().st_size // PAGE

    def make_sound(self):
        """Invented households in a store that counts as real: the others get no backup."""
        plain, document = self.scratch / "plain", self.scratch / "plain.json"
        self.run("demo", plain, "--households", "1", "--seed", "7", "--kdf-memory", "8")
        self.run("export", plain, "--output", str(document))
        worker = next(row["id"] for row in json.loads(document.read_text())["member"]
                      if row["name"] == desk.WORKER)
        self.run("init", self.sound, "--team", "Testteam", "--name", desk.WORKER, "--role", "casemanager",
                 "--as", worker, "--kdf-memory", "8")
        self.run("import", self.sound, str(document))

    def run(self, command, store, *words):
        return subprocess.run([self.ctl, command, "--store", str(store), "--passphrase-file", str(self.passphrase),
                               *words], capture_output=True, text=True, check=False)

    def copy(self, name):
        store = self.scratch / name / "store"
        shutil.copytree(self.sound, store)
        return store

    def start(self, store):
        return desk.start(self.program, store, self.scratch / "output")

    def take(self, window, name):
        if self.pictures:
            window.picture(os.path.join(self.pictures, name + ".png"))


def flip(path, *places):
    with open(path, "r+b") as file:
        for place in places:
            file.seek(place)
            byte = file.read(1)
            file.seek(place)
            file.write(bytes([byte[0] ^ 1]))


def flip_pages(store, numbers):
    flip(store / "gezinsplan.db", *[(number - 1) * PAGE + 1000 for number in numbers])


def bytes_of(store):
    return {path.name: path.read_bytes() for path in store.rglob("*") if path.is_file() and path.name != "lock"}


def find_page_of(bench, table):
    """The number of a page that holds rows of a table: where halves of the file are damaged, it is in one."""
    numbers = list(range(3, bench.n_pages + 1))
    while len(numbers) > 1:
        half = numbers[len(numbers) // 2:]
        store = bench.copy("probe")
        flip_pages(store, half)
        found = json.loads(bench.run("verify", store, "--json").stdout)["problems"]
        shutil.rmtree(store.parent)
        numbers = half if any(line.startswith(table + ": rows") for line in found) else numbers[:len(numbers) // 2]
    return numbers[0]


def type_passphrase(window):
    window.click(window.find_entry("Passphrase"))
    window.type(desk.PASSPHRASE)
    window.keys("Return")


def expect_page(window, *sentences):
    """The page, and what stands on it. There is no list and no dialog beside it."""
    window.find(TITLE, seconds=desk.OPENING)
    for sentence in sentences:
        window.find(sentence)
    window.find(RESTORE, role="push button")
    assert not window.find_now("Places", role="list"), "the places of the file are still there"
    assert not window.find_now("That did not work"), "a dialog is in the way"


def read_journals(bench, window):
    """Opens one file after the other, until the window says that something does not read."""
    for name in bench.households:
        if window.find_now(TITLE):
            return
        desk.show_place(window, "Households")
        window.gone("GezHouseholdPage")
        wait_until(name, lambda: window.find_now(TITLE) or window.find_now(name, role="list item"))
        if window.find_now(TITLE):
            return
        window.click(window.find(name, role="list item"))
        wait_until("the tab or the page", lambda: window.find_now(TITLE) or journal_tab(window))
        if not window.find_now(TITLE):
            window.click(journal_tab(window))
        wait_until("the notes or the page", lambda: window.find_now(TITLE)
                   or window.find_now("Note a contact", role="push button"))


def journal_tab(window):
    tabs = window.find_now("Tabs of this file", role="list")
    return tabs and window.find_now("Journal", role="list item", under=tabs)


def damage_table(bench, steps):
    """Unlocks, and comes upon the damage on the way. What reads is saved, and takes the place of the other."""
    store = bench.copy("table")
    flip_pages(store, [find_page_of(bench, "note")])
    window = bench.start(store)
    try:
        type_passphrase(window)
        wait_until("the file or the page", lambda: window.find_now("Places", role="list")
                   or window.find_now(TITLE), seconds=desk.OPENING)
        read_journals(bench, window)
        expect_page(window, "1 of %d pages cannot be read" % bench.n_pages, "Journal of",
                    "nothing was written to it")
        bench.take(window, "1-table")
        steps.done("a damaged page of the journal leads to the page, which names it")
        save_and_open(bench, window, store)
        steps.done("what reads was saved, and opens in the place of the damaged file")
        assert window.close() == 0
        assert json.loads(bench.run("verify", store, "--json").stdout)["ok"]
    finally:
        window.kill()


def save_and_open(bench, window, store):
    window.button(SAVE)
    window.find("What could be read is saved", seconds=desk.OPENING)
    window.find("made again from the history of changes")
    bench.take(window, "2-saved")
    window.button("Open the rescued file")
    question = window.find("Go on with the rescued file?")
    assert question
    bench.take(window, "3-question")
    assert not list(store.parent.glob("store.damaged-*")), "it was moved before the answer"
    window.button("Go on")
    desk.unlock(window)
    assert len(list(store.parent.glob("store.damaged-*"))) == 1
    assert not list(store.parent.glob("store.rescued-*"))
    desk.show_place(window, "Households")
    for name in bench.households:
        window.find(name, role="list item")


def damage_first_page(bench, steps):
    store = bench.copy("first")
    flip_pages(store, [1])
    before = bytes_of(store)
    window = bench.start(store)
    try:
        type_passphrase(window)
        expect_page(window, "1 of %d pages cannot be read" % bench.n_pages, "hold nothing of their own")
        window.find(SAVE, role="push button")
        bench.take(window, "4-first-page")
        window.button("Check everything again")
        expect_page(window, "1 of %d pages" % bench.n_pages)
        window.keys("ctrl+l")
        window.find_entry("Passphrase")
        assert not window.find_now(TITLE)
        assert bytes_of(store) == before, "looking changed the file"
        wait_until("looking to leave nothing", lambda: not list(store.parent.glob("store.*")))
        steps.done("a damaged first page: looking leaves the file as it is")
    finally:
        window.kill()


def damage_half(bench, steps):
    store = bench.copy("half")
    os.truncate(store / "gezinsplan.db", bench.n_pages // 2 * PAGE + 99)
    window = bench.start(store)
    try:
        type_passphrase(window)
        expect_page(window, "%d of %d pages cannot be read" % (bench.n_pages - bench.n_pages // 2, bench.n_pages))
        bench.take(window, "5-half")
        steps.done("half a file: it is told how much is gone")
    finally:
        window.kill()


def make_backup(bench, store):
    window = bench.start(store)
    try:
        desk.unlock(window)
        window.keys("ctrl+comma")
        dialog = window.find("Preferences", role="frame")
        window.click(window.find("Backups", role="page tab", under=dialog))
        window.press(window.find("Make one now", role="push button", under=dialog))
        wait_until("the backup", lambda: list(store.glob("backups/*.gezbackup")))
        window.find("Make one now", role="push button", under=dialog)
    finally:
        window.kill()


def put_back(bench, window):
    window.button(RESTORE)
    window.find(RESTORE, role="frame")
    window.wait_focus("Passphrase of that day")
    bench.take(window, "6-restore")
    window.type(desk.PASSPHRASE)
    window.keys("Return")
    window.says("is back", seconds=desk.OPENING)
    window.button("Go on")
    window.gone(RESTORE, role="frame")
    desk.unlock(window)
    desk.show_place(window, "Households")
    window.find(bench.households[0], role="list item")


def damage_all(bench, steps):
    store = bench.copy("empty")
    make_backup(bench, store)
    for left in store.glob("gezinsplan.db-wal"):
        left.unlink()
    os.truncate(store / "gezinsplan.db", 0)
    window = bench.start(store)
    try:
        type_passphrase(window)
        expect_page(window, "it is gone or empty")
        assert not window.find_now(SAVE, role="push button"), "there is nothing to save"
        bench.take(window, "6-empty")
        assert (store / "gezinsplan.db").stat().st_size == 0, "it was begun anew"
        steps.done("an empty file is damaged, not new")
        put_back(bench, window)
        steps.done("a backup takes its place")
    finally:
        window.kill()


def damage_headers(bench, steps):
    store = bench.copy("headers")
    for name in ("header", "header.copy"):
        flip(store / name, 50)
    window = bench.start(store)
    try:
        type_passphrase(window)
        expect_page(window, "no passphrase opens it")
        assert not window.find_now(SAVE, role="push button"), "without keys nothing can be saved"
        bench.take(window, "7-headers")
        window.button(RESTORE)
        window.find(RESTORE, role="frame")
        steps.done("without headers the page leads to a backup")
    finally:
        window.kill()


def damage_log(bench, steps):
    store = bench.copy("log")
    window = bench.start(store)
    try:
        desk.unlock(window)
        for name in ("Gezin Eerst", "Gezin Daarna", "Gezin Laatst"):
            desk.make_household(window, name)
    finally:
        window.kill()
    flip(store / "gezinsplan.db-wal", 32 + FRAME + 1000)
    window = bench.start(store)
    try:
        type_passphrase(window)
        expect_page(window, "The last things that were saved")
        bench.take(window, "8-log")
        window.button("Open without what was lost")
        desk.unlock(window)
        desk.show_place(window, "Households")
        window.find(bench.households[0], role="list item")
        assert len(list(store.glob("gezinsplan.db-wal.damaged-*"))) == 1, "the log was not kept"
        steps.done("a damaged log is told, kept, and left out after a yes")
    finally:
        window.kill()


def make_newer(bench, steps):
    """A header of a later version: refused in words, by both programs, and not a byte is touched."""
    store = bench.copy("newer")
    header = bytearray((store / "header").read_bytes())
    header[8] = 2
    header[-16:] = hashlib.blake2b(header[:-16], digest_size=16).digest()
    (store / "header").write_bytes(header)
    before = bytes_of(store)
    refused = bench.run("status", store)
    assert refused.returncode == 1 and "newer" in refused.stderr, refused
    window = bench.start(store)
    try:
        type_passphrase(window)
        window.find("written by a newer Gezinsplan")
        bench.take(window, "9-newer")
    finally:
        window.kill()
    assert bytes_of(store) == before, "a newer file was touched"
    steps.done("a newer file is refused and left as it is")


SCENES = [damage_table, damage_first_page, damage_half, damage_all, damage_headers, damage_log, make_newer]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--ctl", required=True)
    parser.add_argument("--pictures", help="where to save what one sees")
    parser.add_argument("--only", help="the name of one scene")
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-damage.") as scratch:
        bench = Bench(options, scratch)
        for scene in SCENES:
            if options.only in (None, scene.__name__):
                scene(bench, steps)
    steps.plan()


if __name__ == "__main__":
    main()
