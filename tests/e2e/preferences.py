#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets what belongs to a device by keyboard alone, and finds it again after a new start."""

import argparse
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "helpers"))

import desk  # noqa: E402
import driver  # noqa: E402
from driver import Steps, wait_until  # noqa: E402


def start(program, log):
    """On a computer without any language, with settings that last."""
    os.environ.pop("LANGUAGE", None)
    return driver.Program([program, "--demo"], {"LC_ALL": "C", "GSETTINGS_BACKEND": "keyfile"},
                          log).start()


def stored(key):
    path = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings" / "keyfile"
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.split("=", 1)[1] for line in lines if line.startswith(key + "=")), None)


def choose(window, name):
    """Goes to the choice by Tab, opens it, and goes down to a line."""
    def has_focus():
        focused = window.focused()
        if focused and driver.role_of(focused) == "combo box":
            return True
        window.keys("Tab")
        return False

    wait_until("the focus on the choice", has_focus)
    window.keys("space")
    window.find(name)
    for _ in range(2):
        window.keys("Down")
    window.keys("Return")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    options = parser.parse_args()
    steps = Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-preferences.") as scratch:
        log = os.path.join(scratch, "log")
        window = start(options.program, log)
        try:
            window.find("Vandaag", role="list item", seconds=desk.OPENING)
            steps.done("Dutch where nobody told the program a language")
            window.keys("ctrl+comma")
            wait_until("the preferences", lambda: window.find_now(role="combo box"))
            choose(window, "English")
            wait_until("the language to be kept", lambda: stored("language") == "'en'")
            steps.done("a language is chosen by keyboard")
            window.keys("Escape")
            window.gone(role="combo box")
            assert window.close() == 0

            window = start(options.program, log)
            window.find("Today", role="list item", seconds=desk.OPENING)
            steps.done("it is there at the next start, without such a locale")
            assert window.close() == 0
        finally:
            window.kill()
    steps.plan()


if __name__ == "__main__":
    main()
