#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a recovery sheet, changes the passphrase, forgets it, and comes back with the words of the paper."""

import argparse
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

from driver import Program, Steps, wait_until  # noqa: E402

FIRST = "vier blauwe fietsen zingen"
SECOND = "zes gele lampen dromen"
THIRD = "negen grijze stoelen lopen"
N_WORDS = 14
SLOW = 60  # a key is derived in between


def read_words(path):
    """What somebody who reads the paper types."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout
    words = [re.search(r"(?:^|\s)%d\.\s+([a-z]{4,8})(?=\s)" % number, text).group(1)
             for number in range(1, N_WORDS + 1)]
    assert len(set(words)) > 1, words
    return words


def read_qr(path, scratch):
    """What a scanner types."""
    stem = os.path.join(scratch, "page")
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", path, stem], check=True)
    return subprocess.run(["zbarimg", "--quiet", "--raw", stem + ".png"], check=True, capture_output=True,
                          text=True).stdout.strip()


def init(options, scratch, store):
    path = os.path.join(scratch, "first")
    with open(path, "w", encoding="utf-8") as file:
        file.write(FIRST)
    subprocess.run([options.ctl, "init", "--store", store, "--passphrase-file", path, "--team", "Team Verzonnen",
                    "--name", "Testa Verzonnen", "--role", "casemanager", "--kdf-memory", "8"],
                   check=True, stdout=subprocess.DEVNULL)


def unlock(program, passphrase, says):
    program.wait_focus("Passphrase")
    program.type(passphrase)
    program.keys("Return")
    program.says(says, seconds=SLOW)


def assert_silent(program, words):
    """All of the words are on the screen, and on the bus is none."""
    heard = set(re.findall(r"[a-z]+", program.everything().lower()))
    # One or two may be words of a sentence; the sheet may not be there.
    assert len(heard.intersection(words)) <= 3, "the bus tells the words: %s" % heard.intersection(words)


def save_sheet(program, path, picture):
    program.says("Make a recovery sheet now")
    program.press(program.find("Make a recovery sheet…", role="push button"))
    program.wait_focus("Passphrase")
    picture("explain")
    unlock(program, FIRST, "fourteen words, and the same as a QR code")
    program.press(program.find("Save as PDF", role="push button"))
    program.find("Save the recovery sheet")
    program.keys("ctrl+a")
    program.type(path)
    program.keys("Return")
    program.says("Print it now")
    picture("paper")
    assert os.stat(path).st_mode & 0o777 == 0o600


def return_sheet(program, words, steps, picture):
    program.click(program.find("Or copy the words by hand"))
    assert_silent(program, words)
    picture("copy")
    program.press(program.find("Next", role="push button"))
    program.wait_focus("Word 1")
    wrong = words[:13] + ["aanbod" if words[13] != "aanbod" else "album"]
    program.type(" ".join(word[:4] for word in wrong))
    program.click(program.find("Show the words on the screen"))
    picture("return")
    assert_silent(program, words)
    steps.done("the words on the screen are not on the bus")
    program.press(program.find("Check the sheet", role="push button"))
    program.says("do not belong together")
    steps.done("a wrong word is refused")
    program.click(program.find_entry("Word 14"))
    program.keys("ctrl+a")
    program.type(words[13])
    program.keys("Return")
    program.says("The sheet came back right", seconds=SLOW)
    picture("done")
    program.press(program.find("Delete the PDF", role="push button"))
    program.says("The PDF is deleted")
    program.press(program.find("Close", role="push button", under=program.top()))
    program.gone("Make a recovery sheet now")
    steps.done("the sheet works once all of its words came back")


def open_preferences(program):
    """Until the window manager has given the focus back the keys go nowhere."""
    def shows():
        program.keys("ctrl+comma")
        return program.find_now("Security", role="page tab")

    wait_until("the preferences", shows)


def lock(program):
    """Until the window manager has given the focus back the keys go nowhere."""
    def is_locked():
        program.keys("ctrl+l")
        return program.find_now("Open", role="push button")

    wait_until("the lock", is_locked)


def change_passphrase(program, steps, picture):
    open_preferences(program)
    program.click(program.find("Security", role="page tab"))
    program.says("Made on")
    picture("security")
    program.press(program.find("Change the passphrase", role="push button"))
    program.wait_focus("Present passphrase")
    program.type("dit is ze niet")
    for _ in range(2):
        program.keys("Tab")
        program.type(SECOND)
    picture("change")
    program.keys("Return")
    program.says("That is not the passphrase that opens your file now", seconds=SLOW)
    program.wait_focus("Present passphrase")
    program.type(FIRST)
    program.keys("Return")
    program.says("The new passphrase opens your file", seconds=SLOW)
    program.keys("Escape", "Escape")
    lock(program)
    steps.done("the passphrase is changed, with the present one only")


def forget(program, qr, steps, picture):
    for _ in range(3):
        unlock(program, FIRST, "That is not the passphrase")
    program.says("Did you forget it?")
    steps.done("the old passphrase is refused, and the third time the sheet is offered")
    picture("forgot")
    program.press(program.find("Forgot your passphrase?", role="push button"))
    program.wait_focus("Word 1")
    program.type(qr + " ")
    program.wait_focus("Word 14, on the list")
    picture("recover")
    program.keys("Return")
    program.wait_focus("New passphrase")
    program.type(THIRD)
    program.keys("Tab")
    program.type(THIRD)
    program.keys("Return")
    program.says("Everything is saved", seconds=SLOW)
    steps.done("the code of the sheet and a new passphrase open the store")
    lock(program)
    unlock(program, SECOND, "That is not the passphrase")
    unlock(program, THIRD, "Everything is saved")
    steps.done("only the new passphrase opens it from then on")


def no_sheet(options, scratch, steps, picture):
    store = os.path.join(scratch, "other")
    init(options, scratch, store)
    program = Program([options.program, "--store", store], {"LANGUAGE": "en"})
    try:
        program.start()
        program.wait_focus("Passphrase")
        program.press(program.find("Forgot your passphrase?", role="push button"))
        program.says("There is no recovery sheet of this file")
        picture("none", program)
        program.press(program.find("Back to the passphrase", role="push button"))
        program.wait_focus("Passphrase")
        steps.done("without a sheet the page says so")
    finally:
        program.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--ctl", required=True)
    parser.add_argument("--pictures")
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-recovery-") as scratch:
        store, sheet = os.path.join(scratch, "store"), os.path.join(scratch, "sheet.pdf")
        init(options, scratch, store)
        program = Program([options.program, "--store", store], {"LANGUAGE": "en"})

        def picture(name, shown=program):
            if options.pictures:
                shown.picture(os.path.join(options.pictures, name + ".png"))

        try:
            program.start()
            unlock(program, FIRST, "Everything is saved")
            save_sheet(program, sheet, picture)
            steps.done("the sheet is saved for its owner alone")
            words, qr = read_words(sheet), read_qr(sheet, scratch)
            return_sheet(program, words, steps, picture)
            assert not os.path.exists(sheet)
            change_passphrase(program, steps, picture)
            forget(program, qr, steps, picture)
            assert program.close() == 0
        finally:
            program.kill()
        no_sheet(options, scratch, steps, picture)
    steps.plan()


if __name__ == "__main__":
    main()
