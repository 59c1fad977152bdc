# SPDX-License-Identifier: GPL-3.0-or-later
"""Moves an appointment in the real window with the mouse and with keys, in the week and in the month.

usage: agenda.py --program PROGRAM
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import desk
import driver
from driver import extents_of, name_of, role_of, wait_until

TITLE = "Gesprek op school"
TIME = "Time (empty: the whole day)"
MINUTES_OF_BLOCK = 60


def find_block(window, *words):
    """The appointment, once its accessible name says all of these words."""
    def look():
        for node in driver.walk(window.root):
            name = name_of(node)
            if role_of(node) == "push button" and name.startswith("Appointment, " + TITLE) \
                    and all(word in name for word in words) and driver.is_mapped(node):
                return node
        return None
    return wait_until("the appointment with " + ", ".join(words), look)


def drag(window, node, x, y):
    """Grips a node near its top and lets it go at a place of the window, as a hand does."""
    at = extents_of(node)
    xwindow, shadow = window._window_of(node)

    def mouse(*words):
        subprocess.run(["xdotool", *words], check=True)

    def move(to_x, to_y):
        mouse("mousemove", "--sync", "--window", xwindow, str(to_x + shadow[0]), str(to_y + shadow[1]))

    start_x, start_y = at.x + at.width // 2, at.y + 4
    move(start_x, start_y)
    mouse("mousedown", "1")
    for step in range(1, 11):
        move(start_x + (x - start_x) * step // 10, start_y + (y - start_y) * step // 10)
        driver.settle()
    move(x, y)
    mouse("mouseup", "1")
    mouse("mousemove", "1590", "1090")  # no tooltip in the way of the next click


def find_other_day(window, role):
    """The heading or cell beside that of today."""
    days = [node for node in driver.walk(window.find("GezAgendaPage"))
            if role_of(node) == role and " 20" in name_of(node).split(",")[0] and driver.is_mapped(node)]
    today = next(i for i, day in enumerate(days) if ", today" in name_of(day))
    return days[today - 1] if today > 0 else days[today + 1]


def day_of(node):
    return name_of(node).split(",")[0]


def in_week(window):
    window.keys("w")
    window.find("Week", role="panel")
    window.keys("ctrl+n")
    dialog = window.find("New appointment", role="frame")
    window.write("What", TITLE, under=dialog)
    window.write(TIME, "10", under=dialog)
    window.keys("ctrl+Return")
    window.gone("New appointment", role="frame")

    block = find_block(window, "10:00")
    other = find_other_day(window, "push button")
    day, column, at = day_of(other), extents_of(other), extents_of(block)
    hour = at.height * 60 // MINUTES_OF_BLOCK + 1
    drag(window, block, column.x + column.width // 2, at.y + 4 + 2 * hour)
    find_block(window, day, "12:00")


def with_keys(window):
    window.click(find_block(window, "12:00"))
    window.find("Appointment", role="frame", exact=True)
    window.keys("Escape")
    window.gone("Appointment", role="frame")
    window.keys("alt+Down")
    find_block(window, "12:15")
    window.wait_focus(TITLE)
    window.keys("alt+Down")
    find_block(window, "12:30")
    window.keys("ctrl+z")
    find_block(window, "12:15")


def in_month(window):
    window.keys("ctrl+Home", "ctrl+1")
    block = find_block(window, "12:15")
    today = window.find(", today", role="table cell")
    at, day = extents_of(today), day_of(today)
    drag(window, block, at.x + at.width // 2, at.y + at.height - 8)
    find_block(window, day, "12:15")
    window.says("Moved to " + day)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    arguments = parser.parse_args()
    steps = driver.Steps()

    with tempfile.TemporaryDirectory(prefix="gezinsplan-agenda.") as scratch:
        window = desk.start(arguments.program, pathlib.Path(scratch) / "store",
                            pathlib.Path(scratch) / "log")
        try:
            desk.make_store(window)
            desk.show_place(window, "Agenda")
            for what, act in (("dragged to another day and time in the week", in_week),
                              ("opened, and moved with keys and back", with_keys),
                              ("dragged to another day in the month", in_month)):
                act(window)
                steps.done(what)
        finally:
            window.kill()
    steps.plan()


if __name__ == "__main__":
    main()
