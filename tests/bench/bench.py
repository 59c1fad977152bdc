#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every measurement and prints one table. Never fails by time.

usage: bench.py --build DIRECTORY [--runs N] [--only PART] [--write]

Each line compares the program with something of the same kind in the same run: the median of each,
between brackets the fastest and the slowest, and the ratio of the medians with its target.
"""

import argparse
import collections
import datetime
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import flows
import window

ROOT = pathlib.Path(__file__).resolve().parents[2]

# workload, what a reader calls it, most that the ratio may be (None: told, no target of its own)
STORAGE = [
    ("insert", "insert 100,000 notes, two indexes", 1.2),
    ("insert-captured", "the same with change log and search index", 1.2),
    ("read", "20,000 reads by key, warm 64 MB cache", 1.1),
    ("scan", "5 scans of all notes, 2 MB cache", 1.6),
    ("search", "300 full-text searches", 1.3),
    ("typing", "search at each letter typed, through the store", 2.0),
    ("commit", "200 durable commits of one note", None),
    ("commit-captured", "the same with change log and search index", None),
]
GROWTH = [
    ("open", "open the database"),
    ("page", "first page of the journal of 50 files"),
    ("search", "50 full-text searches"),
    ("insert", "1,000 notes in one act"),
    ("commit", "50 durable acts of one note"),
]
JOIN = [
    ("join-apply", "apply 200,000 writes, known to be sound", None),
    ("join-snapshot", "begin with a snapshot of them: open, check, apply", 3.0),
    ("join-log", "the same from 200 segments", None),
]
ROWS = 200000
SIZES = [1000, 10000, 100000, 1000000]
CIPHER = ["insert", "read", "scan", "commit"]
PROCESSOR = 1
PER_ROUND = 4  # runs of a program; the slow workloads go once


def run_storage(build, runs):
    """seconds[workload][side] = per run (on the wall, of the processor)"""
    seconds = collections.defaultdict(lambda: collections.defaultdict(list))
    for _ in range(runs):
        for program in ("bench-storage", "bench-sqlcipher"):
            with tempfile.TemporaryDirectory(prefix="gezinsplan-bench-") as directory:
                collect(build / "tests/bench" / program, PER_ROUND, directory, seconds)
    return seconds


def run_growth(build, runs):
    """seconds[workload and size][side] = per run (on the wall, of the processor)"""
    seconds = collections.defaultdict(lambda: collections.defaultdict(list))
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="gezinsplan-bench-") as directory:
            collect(build / "tests/bench/bench-growth", SIZES[-1], directory, seconds)
    return seconds


def join_rows(seconds):
    for name, title, target in JOIN:
        sides = seconds[name]
        ratio = ratio_of(sides, "encrypted", "plain")
        rate = ROWS / statistics.median(walls(sides["encrypted"]))
        late = target is not None and ratio > target
        yield [title, measured(walls(sides["plain"]), 1000, 0), measured(walls(sides["encrypted"]), 1000, 0),
               f"{ratio:.2f}", f"{ratio_of(sides, 'encrypted', 'plain', PROCESSOR):.2f}", f"{rate:,.0f}",
               "" if target is None else f"{target}", "too slow" if late else ""]


def join_report(build, runs):
    seconds = collections.defaultdict(lambda: collections.defaultdict(list))
    with tempfile.TemporaryDirectory(prefix="gezinsplan-bench-") as directory:
        collect(build / "tests/bench/bench-join", runs, directory, seconds)
    yield ("## Taking in what colleagues wrote\n\n2,000 households of 100 rows. The plain file gets the same rows, with the same indexes and "
           f"search, and no change log. Milliseconds (median of {runs}, fastest-slowest).")
    yield table(["", "rows into a plain file", "encrypted store", "ratio", "of processor time", "writes per second",
                 "target", ""], join_rows(seconds))


def collect(program, how_much, directory, seconds):
    """Runs a program that prints workload, side, run and seconds."""
    output = subprocess.run([program, str(how_much), directory], check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in output.splitlines():
        workload, side, _, wall, processor = line.split("\t")
        seconds[workload][side].append((float(wall), float(processor)))


def verdict(ratio, target):
    if target is None:
        return ""
    return "met" if ratio <= target else "not met"


def measured(values, scale, decimals):
    median, low, high = (value * scale for value in (statistics.median(values), min(values), max(values)))
    return f"{median:.{decimals}f} ({low:.{decimals}f}-{high:.{decimals}f})"


def walls(values):
    return [wall for wall, _ in values]


def ratio_of(sides, ours, theirs, what=0):
    """Each run measures both, one right after the other, so that what else the machine does hits both."""
    return statistics.median(one[what] / other[what] for one, other in zip(sides[ours], sides[theirs]))


def storage_rows(seconds):
    for workload, title, target in STORAGE:
        sides = seconds[workload]
        ratio = ratio_of(sides, "encrypted", "plain")
        processor = ratio_of(sides, "encrypted", "plain", PROCESSOR)
        yield [title, measured(walls(sides["plain"]), 1000, 1), measured(walls(sides["encrypted"]), 1000, 1),
               f"{ratio:.2f}", f"{processor:.2f}", f"{target:.1f}" if target else "", verdict(ratio, target)]


def cipher_rows(seconds):
    titles = {workload: title for workload, title, _ in STORAGE}
    for workload in CIPHER:
        sides = seconds[workload]
        theirs = ratio_of(sides, "sqlcipher", "sqlcipher-plain")
        ours = ratio_of(sides, "encrypted", "plain")
        processors = [ratio_of(sides, "sqlcipher", "sqlcipher-plain", PROCESSOR),
                      ratio_of(sides, "encrypted", "plain", PROCESSOR)]
        yield [titles[workload], measured(walls(sides["sqlcipher-plain"]), 1000, 1),
               measured(walls(sides["sqlcipher"]), 1000, 1), f"{theirs:.2f}", f"{ours:.2f}",
               *(f"{ratio:.2f}" for ratio in processors), verdict(ours, theirs)]


def window_rows(figures):
    for name, title, target in (("today", "from the derived key to Today, painted", 1.5),
                                ("households", "from asking to Households, painted", 3.0)):
        ratio = statistics.median(one / other for one, other in zip(figures[name], figures["first-frame"]))
        yield [title, measured(figures["first-frame"], 1, 0) + " ms", measured(figures[name], 1, 0) + " ms",
               f"{ratio:.2f}", f"{target:.1f}", verdict(ratio, target)]
    room = statistics.median(figures["bare-mib"]) + window.PAGE_CACHE_MIB + 40
    memory = statistics.median(figures["mib"])
    yield ["resident memory at rest", measured(figures["bare-mib"], 1, 0) + " MiB",
           measured(figures["mib"], 1, 0) + " MiB", f"{memory / statistics.median(figures['bare-mib']):.2f}",
           f"{room:.0f} MiB", "met" if memory <= room else "not met"]


def table(headings, rows):
    rows = [headings, ["---"] + ["---:"] * (len(headings) - 2) + ["---"], *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(headings))]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
                     for row in rows)


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), "unknown processor")
    memory = int(pathlib.Path("/proc/meminfo").read_text().split()[1]) / 1024 / 1024
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB of memory, {datetime.date.today().isoformat()}"


def storage_report(build, runs):
    seconds = run_storage(build, runs)
    yield (f"Milliseconds: the median of {runs * PER_ROUND} interleaved runs, of {runs} for the workloads with "
           "change log (fastest-slowest). The ratio is the median of the ratios of each run.")
    yield "## The encrypted store and a plain file\n\nThe same SQLite, the same settings, the same statements."
    yield table(["workload", "plain", "encrypted", "ratio", "of processor time", "target", ""], storage_rows(seconds))
    yield ("## SQLCipher of the distribution against its own plain run\n\nIn a process of its own. "
           "It has no FTS5. The target is that our ratio is no higher than its ratio.")
    yield table(["workload", "plain", "SQLCipher", "its ratio", "our ratio",
                 "its, processor", "ours, processor", ""], cipher_rows(seconds))


def growth_cell(sides):
    return (f"{measured(walls(sides['encrypted']), 1000, 1)}, {ratio_of(sides, 'encrypted', 'plain', PROCESSOR):.2f}")


def growth_report(build, runs):
    seconds = run_growth(build, runs)
    yield (f"## Growth\n\nThe same acts when the store holds more and more notes, with change log and search index. "
           f"Milliseconds in the encrypted store (median of {runs}, fastest-slowest), and how many times the processor's time for a plain file.")
    yield table(["notes"] + [f"{size:,}" for size in SIZES] + [""],
                [[title] + [growth_cell(seconds[f"growth-{name}-{size}"]) for size in SIZES] + [""]
                 for name, title in GROWTH])


def window_report(build, runs):
    figures = window.measure(build, runs)
    yield ("## The window\n\nThe program with 2,000 households and 200,000 contacts beside a bare libadwaita window's "
           "time from main() to its first frame. For memory the target is the bare window, the page cache "
           "and 40 MiB.")
    yield table(["", "bare window", "program", "ratio", "target", ""], window_rows(figures))


def flow_report(build, _runs):
    walked, worst = flows.measure(build)
    late = sum(bool(stretches) for _, stretches in walked)
    yield ("## Stretches in which the window cannot answer\n\nThe program with the same caseload, and one file of "
           "5,000 contacts. Of each flow the longest stretch between two looks at what a person does, when it is over "
           "16 ms, and where it was. Everything is drawn by the processor here. "
           f"{len(walked) - late} of {len(walked)} flows have none.")
    yield table(["flow", "stretches", "longest"],
                [[name, str(len(stretches)), worst(stretches)] for name, stretches in walked])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=3, help="rounds of two runs each")
    parser.add_argument("--only", choices=["storage", "growth", "join", "window", "flows"], help="measure one part")
    parser.add_argument("--write", action="store_true", help="also write docs/BENCHMARKS.md")
    options = parser.parse_args()
    build = options.build.resolve()
    parts = [f"Measured on {machine()}."]
    for name, measure in (("storage", storage_report), ("growth", growth_report), ("join", join_report),
                          ("window", window_report), ("flows", flow_report)):
        for part in measure(build, options.runs) if options.only in (None, name) else ():
            parts.append(part)
            print("\n" + part, flush=True)
    if options.write:
        text = "# Benchmarks\n\nMade by `./develop bench --write`.\n\n" + "\n\n".join(parts) + "\n"
        (ROOT / "docs/BENCHMARKS.md").write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
