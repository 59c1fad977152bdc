# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the real window with a large caseload and tells where it could not answer.

With GEZINSPLAN_TRACE set the program prints a line for each stretch of its main loop that is longer than a
frame (ui/common/gez-stall.c). A flow is a name and what a person does; the longest stretch of each is told,
in milliseconds on the wall and of the processor, with the function that it was in.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "helpers"))
import driver  # noqa: E402
import window as bench_window  # noqa: E402

LONG_FILE = "Gezin Langverhaal"
REST = 1.2  # seconds after an act, in which nobody asks the bus anything
OWN_FRAME = re.compile(r"gezinsplan\+0x[0-9a-f]+$")
# What GTK does by itself, outermost last: the first that is on the stack says which phase it was.
PHASES = [("GTK paints", ("gsk_renderer_render", "gtk_widget_snapshot_child", "gtk_snapshot_free_to_node")),
          ("GTK lays out", ("gtk_widget_allocate", "gtk_widget_size_allocate", "gtk_widget_measure"))]

Stretch = collections.namedtuple("Stretch", "wall processor stack")


class Program(driver.Program):
    """A program whose stretches are read from its log."""

    def __init__(self, build, store, log):
        super().__init__([build / "app/gezinsplan", "--store", store],
                         {"GEZINSPLAN_TRACE": "1", "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}, log)
        self.path = build / "app/gezinsplan"
        self.log = pathlib.Path(log)
        self.flows = []

    def stretches(self):
        for line in self.log.read_text(errors="replace").splitlines():
            words = line.split(" ", 3)
            if words[0] == "trace-stall" and len(words) == 4:
                yield Stretch(float(words[1]), float(words[2]), words[3].split())

    def flow(self, name, act):
        """Does what a person does, lets it come to rest, and keeps the stretches that it gave."""
        before = len(list(self.stretches()))
        act()
        time.sleep(REST)
        self.flows.append((name, list(self.stretches())[before:]))
        print(f"  {name}: {self.worst(self.flows[-1][1])}", flush=True)

    def culprit(self, stack):
        """The innermost function of our own, unless GTK was at work below main() by itself."""
        phase = next((title for title, names in PHASES if any(name in stack for name in names)), None)
        for frame in stack:
            if OWN_FRAME.search(frame):
                offset = int(frame.rpartition("+")[2], 16) - 1
                said = subprocess.run(["addr2line", "-f", "-e", self.path, hex(offset)], capture_output=True,
                                      text=True, check=True).stdout.splitlines()
                if said[0] not in ("main", "watched_poll"):
                    return said[0] + (f" ({phase})" if phase else "")
                break
        return phase or next((frame for frame in stack if "+0x" not in frame and frame != "?"), "not caught")

    def worst(self, stretches):
        if not stretches:
            return "none over 16 ms"
        worst = max(stretches, key=lambda stretch: stretch.processor)
        return f"{worst.wall:.0f} ms, {worst.processor:.0f} of the processor, {self.culprit(worst.stack)}"


def scroll(program):
    for _ in range(8):
        program.keys("Page_Down")


def walk_places(program):
    places = program.find("Places", role="list")
    names = [driver.name_of(node).split(",")[0] for node in driver.children_of(places)]
    for name in names:
        row = program.find(name, role="list item", under=places)
        program.flow(f"open {name}", lambda row=row: program.click(row))
        program.flow(f"scroll {name}", lambda: scroll(program))


def find_file(program):
    program.click(program.find("Households", role="list item", under=program.find("Places", role="list")))
    program.keys("ctrl+f")
    program.flow("search for a household, letter by letter", lambda: program.type("langverhaal", 90))
    row = program.find(LONG_FILE, role="list item")
    program.flow("open a file of 5,000 contacts", lambda: program.click(row))


def walk_tabs(program):
    tabs = program.find("Tabs of this file", role="list")
    for node in [n for n in driver.walk(tabs) if driver.role_of(n) == "list item" and driver.name_of(n)]:
        name = driver.name_of(node).split(",")[0]
        program.flow(f"tab {name}", lambda node=node: program.click(node))


def write_contact(program):
    program.keys("ctrl+n")
    program.flow("type in the journal", lambda: program.type("Vandaag sprak ik over de huur. ", 60))
    program.keys("Escape")


def walk(program):
    program.flow("unlock, until Today stands",
                 lambda: (program.type(bench_window.PASSPHRASE), program.keys("Return"),
                          program.find("Places", role="list", seconds=60)))
    walk_places(program)
    find_file(program)
    walk_tabs(program)
    program.click(program.find("Journal", role="list item", under=program.find("Tabs of this file", role="list")))
    program.flow("scroll the journal", lambda: scroll(program))
    write_contact(program)
    program.flow("search everything, letter by letter",
                 lambda: (program.keys("ctrl+k"), program.type("huur betaald", 90)))
    program.keys("Escape")
    program.flow("lock", lambda: program.keys("ctrl+l"))


def measure(build):
    """[(flow, [Stretch])], and how to name a culprit."""
    store = bench_window.make_caseload(build)
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        program = Program(build, store, log.name)
        try:
            program.start()
            walk(program)
            return program.flows, program.worst
        finally:
            program.kill()
