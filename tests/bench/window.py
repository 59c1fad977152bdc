# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the real window beside a bare one, on the display that it is run under.

The program prints a line per mark when GEZINSPLAN_TRACE is set (ui/common/gez-trace.c).
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "helpers"))
import driver  # noqa: E402

PASSPHRASE = "zeven paarse fietsen"
PAGE_CACHE_MIB = 64
REST = 1.5  # seconds


def resident_mib(process):
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no resident memory")


def measure_bare(build):
    """(milliseconds to the first frame, MiB)"""
    output = subprocess.run([build / "tests/bench/bare-window"], check=True, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True, timeout=driver.PATIENCE).stdout
    values = dict(line.split() for line in output.splitlines() if line.startswith(("first-frame", "rss-kib")))
    return float(values["first-frame"]), float(values["rss-kib"]) / 1024


def make_caseload(build):
    """A store with 2,000 households and 200,000 contacts; made once, some minutes, and kept."""
    store = build / "caseload"
    done = build / "caseload-done"
    if not done.exists():
        print("making 2,000 households and 200,000 contacts, once: some minutes", flush=True)
        shutil.rmtree(store, ignore_errors=True)
        subprocess.run([build / "tests/bench/make-caseload", store, PASSPHRASE], check=True)
        done.touch()
    return store


def read_marks(log):
    """[(mark, milliseconds since the start)]"""
    lines = (line.split() for line in pathlib.Path(log).read_text().splitlines())
    return [(words[1], float(words[2])) for words in lines if len(words) == 3 and words[0] == "trace"]


def wait_for_mark(log, mark, after=0.0):
    """The first time of the mark after another one."""
    return driver.wait_until(f"the mark {mark}",
                             lambda: next((at for name, at in read_marks(log) if name == mark and at > after), None))


def measure_program(build, store):
    """(milliseconds to Today, to Households, MiB at rest)"""
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        program = driver.Program([build / "app/gezinsplan", "--store", store],
                                 {"GEZINSPLAN_TRACE": "1", "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}, log.name)
        try:
            program.start()
            wait_for_mark(log.name, "first-frame")
            program.type(PASSPHRASE)
            program.keys("Return")
            derived = wait_for_mark(log.name, "key-derived")
            today = wait_for_mark(log.name, "today", derived)
            program.click(program.find("Households", role="list item"))
            asked = wait_for_mark(log.name, "place", today)
            households = wait_for_mark(log.name, "households", asked)
            time.sleep(REST)
            return today - derived, households - asked, resident_mib(program.process.pid)
        finally:
            program.kill()


def measure(build, runs):
    """Runs both in turns; returns a list of values for each figure."""
    store = make_caseload(build)
    figures = {"first-frame": [], "bare-mib": [], "today": [], "households": [], "mib": []}
    for _ in range(runs):
        for names, values in ((("first-frame", "bare-mib"), measure_bare(build)),
                              (("today", "households", "mib"), measure_program(build, store))):
            for name, value in zip(names, values):
                figures[name].append(value)
    return figures
