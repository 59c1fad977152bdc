# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of every screen with the demonstration caseload, in Dutch.

usage: screenshots.py --build DIRECTORY --output DIRECTORY [--only LOOK]

Each look walks the same way: 1280 x 800 (and there each screen also 360 wide), dark, with high contrast, with text
twice as large, and from right to left. A scene that fails is told at the end and spoils no other.
"""

import argparse
import gettext
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "helpers"))
import driver  # noqa: E402
import sharing  # noqa: E402
import strange  # noqa: E402
from driver import wait_until  # noqa: E402

LARGE = (1280, 800)
NARROW = (360, 720)
OVERVIEW, PLAN, HOUSING = 0, 1, 3  # which row of the tabs
HOUSEHOLD = 1  # which row of Households
LETTER = "Brief van de school"
PARTNER = "Energiehuis Staal"
N_TABS = 24  # at least as many as a file has


class Camera:
    """One program, and what one sees in it."""

    def __init__(self, build, output, prefix="", environment=None):
        self.build = build
        self.output = output
        self.prefix = prefix
        catalogue = gettext.translation("gezinsplan", build / "po", languages=["nl"], fallback=True)
        self.say = catalogue.gettext
        self.environment = {"LANGUAGE": "nl", "LC_ALL": "C.UTF-8",
                            "GEZINSPLAN_LOCALEDIR": str(build / "po"),
                            "GSETTINGS_SCHEMA_DIR": str(build / "data"), **(environment or {})}
        self.window = None

    def start(self, *arguments):
        program = str(self.build / "app" / "gezinsplan")
        self.window = driver.Program([program, *arguments], self.environment).start()
        return self

    def save(self, name):
        """A palette makes a picture of a screen four times smaller and looks the same."""
        path = str(self.output / (name + ".png"))
        # The pointer would leave its mark, or a tooltip, on what it stands on.
        subprocess.run(["xdotool", "mousemove", "1590", "1090"], check=True)
        self.window.picture(path)
        subprocess.run(["pngquant", "--force", "--nofs", "--strip", "--ext", ".png", path], check=True)
        print("✓ " + name, flush=True)

    def take(self, name):
        self.save(self.prefix + name)

    def take_both(self, name):
        """The same screen wide, and in the plain look also as narrow as it gets."""
        self.take(name)
        if self.prefix:
            return
        # Once to fold; folded, it can be narrower still.
        self.window.resize(*NARROW)
        self.window.resize(*NARROW)
        self.save("narrow-" + name)
        self.window.resize(*LARGE)

    # -- ways through the window ---------------------------------------------

    def places(self):
        return self.window.find(self.say("Places"), role="list", seconds=120)

    def place(self, name, landmark):
        """Clicks again when the window was still unfolding under the first click."""
        def shows():
            self.window.click(self.window.find(self.say(name), role="list item", under=self.places()))
            try:
                return self.window.find(landmark, seconds=5)
            except driver.DriverError:
                return None

        wait_until("the place " + name, shows)

    def household(self):
        self.place("Households", "GezHouseholdsPage")

        def row():
            page = self.window.find_now("GezHouseholdsPage")
            items = [n for n in driver.walk(page)
                     if driver.role_of(n) in ("list item", "table row") and driver.is_mapped(n)]
            return items[HOUSEHOLD] if len(items) > HOUSEHOLD else None

        self.window.click(wait_until("a household", row))
        self.window.find("GezHouseholdPage")

    def partner(self):
        """Chooses a partner of the social map that has something of everything."""
        partners = self.window.find(self.say("Partners"), role="list")
        self.window.click(self.window.find(PARTNER, role="list item", under=partners))
        self.window.find(self.say("The five B’s"))
        subprocess.run(["xdotool", "mousemove", "1590", "1090"], check=True)

    def scroll_to_end(self):
        """Turns the wheel over the page until its end, out of the way of what keeps the focus."""
        subprocess.run(["xdotool", "mousemove", "800", "600", "click", "--repeat", "40", "5"],
                       check=True)
        subprocess.run(["xdotool", "mousemove", "1590", "1090"], check=True)

    def tick_a_step(self):
        """Something of today for the history to tell."""
        self.tab(PLAN, "GezPlanTab")
        plan = self.window.find("GezPlanTab")
        self.window.press(self.window.find(role="check box", under=plan))

    def tab(self, wanted, kind):
        """Opens a tab by its name or its number."""
        page = self.window.find("GezHouseholdPage")

        def row():
            tabs = self.window.find_now(self.say("Tabs of this file"), role="list")
            named = [n for n in driver.walk(tabs) if driver.role_of(n) == "list item"
                     and driver.name_of(n).startswith(self.say(wanted))]
            return named[-1] if named else None

        # Where there is little room the tabs are in a menu: the keys lead there as well.
        if isinstance(wanted, int):
            self.window.keys("ctrl+%d" % (wanted + 1))
        elif self.window.find_now(self.say("Tabs of this file"), role="list"):
            self.window.click(wait_until("the tab", row))
        else:
            for _ in range(N_TABS):
                if self.window.find_now(kind, under=page):
                    break
                self.window.keys("ctrl+Page_Down")
                time.sleep(0.3)
        self.window.find(kind, under=page)
        # The pointer would leave its mark on the row it stands on.
        subprocess.run(["xdotool", "mousemove", "1590", "1090"], check=True)


def scene_places(camera):
    camera.place("Today", "GezTodayPage")
    camera.take_both("today")
    camera.place("Households", "GezHouseholdsPage")
    camera.take_both("households")


def scene_agenda(camera):
    camera.place("Agenda", camera.say("Month"))
    camera.take_both("agenda-month")
    camera.window.keys("w")
    camera.window.find(camera.say("Week"), role="panel")
    camera.take_both("agenda-week")
    camera.window.keys("l")
    camera.window.find("GezAgendaList")
    camera.take_both("agenda-list")
    camera.window.keys("m")


def scene_partners(camera):
    camera.place("Social map", "GezPartnersPage")
    camera.partner()
    camera.take_both("partners")


def scene_referrals(camera):
    camera.place("Referrals", "GezReferralsPage")
    camera.take_both("referrals")
    camera.window.press(camera.window.find(camera.say("Call list"), role="push button", exact=False))
    camera.take_both("referrals-call-list")


def scene_file(camera):
    camera.household()
    for name, wanted, kind in (
            ("household-overview", OVERVIEW, "GezOverviewTab"),
            ("household-plan", PLAN, "GezPlanTab"),
            ("household-domain", HOUSING, "GezDomainTab"),
            ("household-network", "Family and network", "GezNetworkTab"),
            ("household-journal", "Journal", "GezJournalTab"),
            ("household-referrals", "Referrals", "GezReferralsTab"),
            ("household-agenda", "Agenda", "GezHouseholdAgendaTab")):
        camera.tab(wanted, kind)
        camera.take_both(name)


def scene_documents(camera):
    """The papers of a household that has some, and one of them."""
    camera.window.keys("ctrl+k")
    camera.window.wait_focus(camera.say("Search everywhere"))
    camera.window.type(LETTER)
    camera.window.find(camera.say("What was found"), role="list")
    camera.window.click(camera.window.find(LETTER, role="list item", exact=False))
    camera.window.find("GezDocumentsTab")
    camera.take_both("household-documents")
    camera.window.click(camera.window.find(LETTER, role="list item", exact=False))
    camera.window.find(camera.say("Save a copy…"), role="push button")
    camera.take("document")
    camera.window.keys("Escape")


def scene_domain_end(camera):
    camera.household()
    camera.tab(HOUSING, "GezDomainTab")
    camera.scroll_to_end()
    camera.take("household-domain-end")


def scene_history(camera):
    camera.household()
    camera.tick_a_step()
    camera.tab("History", "GezHistoryTab")
    camera.take_both("household-history")


def scene_contact(camera):
    camera.household()
    camera.tab("Journal", "GezJournalTab")
    camera.window.keys("ctrl+n")
    camera.window.find_entry(camera.say("What was said and done"))
    camera.take_both("contact")
    camera.window.keys("Escape")


def scene_strange(camera):
    """A name that is longer than any window."""
    camera.place("Households", "GezHouseholdsPage")
    camera.window.click(camera.window.find(camera.say("Team"), under=camera.window.find("GezHouseholdsPage"), exact=True))
    camera.window.keys("ctrl+f")
    camera.window.type("Voorbeeldenburg")
    camera.window.click(camera.window.find("Voorbeeldenburg", role="list item"))
    camera.window.find("GezHouseholdPage")
    camera.tab(OVERVIEW, "GezOverviewTab")
    camera.take_both("household-strange")
    camera.place("Households", "GezHouseholdsPage")
    camera.window.keys("ctrl+f", "ctrl+a", "Delete")


def scene_new_household(camera):
    camera.place("Households", "GezHouseholdsPage")
    camera.window.keys("ctrl+n")
    camera.window.find(camera.say("New household"), role="frame")
    camera.take("new-household")
    camera.window.keys("Escape")
    camera.window.gone(camera.say("New household"), role="frame")


def scene_filters(camera):
    camera.place("Households", "GezHouseholdsPage")
    camera.window.press(camera.window.find(camera.say("Saved filters")))
    camera.window.wait_focus(camera.say("Name for what shows now"))
    camera.window.type("Lang niet gezien")
    camera.window.keys("Return")
    camera.window.press(camera.window.find(camera.say("Saved filters")))
    camera.window.find("Lang niet gezien", role="push button")
    camera.take_both("saved-filters")
    camera.window.keys("Escape")


def scene_drafts(camera):
    camera.household()
    camera.tab(PLAN, "GezPlanTab")
    camera.window.keys("ctrl+n")
    camera.window.type("Een kamer zonder schimmel voor de kinderen")
    camera.window.keys("alt+1")
    camera.window.find("GezTodayPage")
    camera.window.keys("F10", "Down", "Down", "Return")
    camera.window.find("GezDraftsPage")
    camera.take_both("drafts")


def scene_search(camera):
    camera.window.keys("ctrl+k")
    camera.window.wait_focus(camera.say("Search everywhere"))
    camera.window.type("ver")
    camera.window.find(camera.say("What was found"), role="list")
    camera.take("search")
    camera.window.keys("Escape")


def scene_keys(camera):
    camera.window.keys("ctrl+question")
    camera.window.find(camera.say("Keyboard shortcuts"), role="frame")
    camera.take("keyboard-shortcuts")
    camera.window.keys("Escape")
    camera.window.gone(camera.say("Keyboard shortcuts"), role="frame")


def scene_preferences(camera):
    camera.window.keys("ctrl+comma")
    for name, title in (("preferences-device", "This device"), ("preferences-security", "Security"),
                        ("preferences-backups", "Backups")):
        camera.window.click(camera.window.find(camera.say(title), role="page tab"))
        camera.take(name)
    camera.window.keys("Escape")
    camera.window.gone(camera.say("Preferences"), role="frame")


def scene_lists(camera):
    """What a team edits itself: its lists and its scale."""
    window = camera.window
    window.keys("ctrl+comma")
    preferences = window.find(camera.say("Preferences"), role="frame")
    page = camera.say("Lists and scales")
    window.click(window.find(page, role="page tab", under=preferences))
    window.find("Leefbaar inkomen", role="list item", under=preferences)
    camera.take("lists")
    window.click(window.find(camera.say("List"), role="combo box", under=preferences, exact=True))
    window.keys("Down", "Return")
    window.find_entry(camera.say("Score %d means") % 1, under=preferences)
    camera.take("scale")
    window.keys("Escape")
    window.gone(camera.say("Preferences"), role="frame")


def scene_recovery(camera):
    """What opens the store: the dialogs of the security page."""
    window = camera.window
    window.keys("ctrl+comma")
    window.click(window.find(camera.say("Security"), role="page tab"))
    for name, button in (("passphrase-change", "Change the passphrase"), ("recovery-sheet", "Make a recovery sheet")):
        window.press(window.find(camera.say(button), role="push button"))
        window.find(camera.say(button), role="frame")
        camera.take(name)
        window.keys("Escape")
        window.gone(camera.say(button), role="frame")
    window.keys("Escape")
    window.gone(camera.say("Preferences"), role="frame")


def scene_crisis_card(camera):
    camera.window.keys("F1")
    camera.window.find(camera.say("Crisis card"), role="frame")
    camera.take("crisis-card")
    camera.window.keys("Escape")
    camera.window.gone(camera.say("Crisis card"), role="frame")


def scene_hidden(camera):
    """With names hidden, as while a family looks on."""
    camera.window.keys("F9")
    camera.window.find(camera.say("Names are hidden"))
    camera.place("Today", "GezTodayPage")
    camera.take_both("hidden-today")
    camera.household()
    camera.take_both("hidden-household")
    camera.window.keys("F9")


def scene_lock(camera):
    camera.window.keys("ctrl+l")
    camera.window.find(camera.say("Passphrase"))
    camera.take_both("unlock")


SCENES = [
    scene_places, scene_agenda, scene_partners, scene_referrals, scene_file, scene_documents, scene_domain_end,
    scene_history, scene_contact, scene_strange, scene_new_household, scene_filters, scene_drafts, scene_search, scene_keys,
    scene_preferences, scene_lists, scene_recovery, scene_crisis_card, scene_hidden, scene_lock,
]

# What it is called, what its pictures begin with, the environment that makes it.
LOOKS = [
    ("plain", "", {}),
    ("dark", "dark-", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    ("contrast", "contrast-", {"ADW_DEBUG_HIGH_CONTRAST": "1"}),
    ("mirrored", "mirrored-", {"GEZINSPLAN_DIRECTION": "rtl"}),
    ("large-text", "large-text-", {}),
]


def take_welcome(camera):
    with tempfile.TemporaryDirectory(prefix="gezinsplan-pictures.") as scratch:
        camera.start("--store", os.path.join(scratch, "store"))
        camera.window.find(camera.say("Welcome"))
        camera.take_both("welcome")
        camera.window.kill()


def take_recovery(camera):
    """A store with a recovery sheet: the reminder of one without, and the page for the words."""
    with tempfile.TemporaryDirectory(prefix="gezinsplan-pictures.") as scratch:
        passphrase, sheet = pathlib.Path(scratch, "passphrase"), pathlib.Path(scratch, "sheet.pdf")
        passphrase.write_text(strange.PASSPHRASE, encoding="utf-8")
        for store, more in (("without", []), ("with", ["--recovery-sheet", str(sheet)])):
            subprocess.run([str(camera.build / "app" / "gezinsplanctl"), "init", "--store",
                            os.path.join(scratch, store), "--passphrase-file", str(passphrase), "--team",
                            "Team Verzonnen", "--name", "Testa Verzonnen", "--role", "casemanager", "--kdf-memory",
                            "8", *more], check=True, stdout=subprocess.DEVNULL)
        camera.start("--store", os.path.join(scratch, "without"))
        camera.window.click(camera.window.find_entry(camera.say("Passphrase")))
        camera.window.type(strange.PASSPHRASE)
        camera.window.keys("Return")
        camera.window.find(camera.say("Make a recovery sheet now"))
        camera.take_both("recovery-reminder")
        camera.window.kill()
        camera.start("--store", os.path.join(scratch, "with"))
        camera.window.press(camera.window.find(camera.say("_Forgot your passphrase?").replace("_", ""),
                                               role="push button"))
        camera.window.wait_focus(camera.say("Word %u") % 1)
        camera.window.type("aanb albu xxxx")
        camera.take_both("recover")
        camera.window.kill()


def take_damaged(camera):
    """A file of which pages do not read, and what was saved from it."""
    with tempfile.TemporaryDirectory(prefix="gezinsplan-pictures.") as scratch:
        store, passphrase = pathlib.Path(scratch) / "store", pathlib.Path(scratch) / "passphrase"
        passphrase.write_text(strange.PASSPHRASE)
        subprocess.run([str(camera.build / "app" / "gezinsplanctl"), "demo", "--store", str(store),
                        "--passphrase-file", str(passphrase), "--households", "3", "--kdf-memory", "8"],
                       stdout=subprocess.DEVNULL, check=True)
        with open(store / "gezinsplan.db", "r+b") as database:
            for page in (0, *range(110, 200, 3)):
                database.seek(page * 4096 + 99)
                database.write(b"?")
        camera.start("--store", str(store))
        camera.window.click(camera.window.find_entry(camera.say("Passphrase")))
        camera.window.type(strange.PASSPHRASE)
        camera.window.keys("Return")
        camera.window.find(camera.say("A part of this file is damaged"), seconds=60)
        camera.take_both("damaged")
        camera.window.press(camera.window.find(camera.say("_Save what can be read").replace("_", ""),
                                               role="push button"))
        camera.window.find(camera.say("What could be read is saved"), seconds=60)
        camera.take_both("rescued")
        camera.window.kill()


def take_sharing(camera):
    """Colleagues on one folder: what two of them wrote, who reads the file, and a second file of one family."""
    window_of = {"conflicts": ("Look and choose", "Two people wrote this"),
                 "readers": ("Who can read this", "Who can read this file")}
    with tempfile.TemporaryDirectory(prefix="gezinsplan-pictures.") as scratch:
        team = sharing.Team(str(camera.build / "app" / "gezinsplanctl"), pathlib.Path(scratch))
        team.begin()
        team.begin_again()
        team.disagree(team.lea, team.cas)
        camera.start("--store", str(team.cas.path))
        camera.window.click(camera.window.find_entry(camera.say("Passphrase")))
        camera.window.type(sharing.PASSPHRASE)
        camera.window.keys("Return")
        camera.window.find(sharing.FAMILY, role="list item")
        camera.take_both("today-conflicts")
        camera.window.keys("ctrl+k")
        camera.window.wait_focus(camera.say("Search everywhere"))
        camera.window.type(sharing.FAMILY)
        camera.window.find(sharing.FAMILY, role="list item")
        camera.window.keys("Return")
        camera.window.find(camera.say("A colleague works with this family: ask %s.") % "Lea Leider")
        camera.take_both("household-shared")
        for size in (LARGE,) if camera.prefix else (NARROW, LARGE):
            camera.window.resize(*size)
            camera.window.resize(*size)
            for name, (button, title) in window_of.items():
                camera.window.press(camera.window.find(camera.say(button), role="push button"))
                camera.window.find(camera.say(title), role="frame")
                camera.window.find(camera.say("Add a colleague" if name == "readers" else "stands in the file now"))
                camera.take(name if size == LARGE else "narrow-" + name)
                camera.window.keys("Escape")
                camera.window.gone(camera.say(title), role="frame")
        camera.window.press(camera.window.find(camera.say("Who can read this"), role="push button"))
        camera.window.press(camera.window.find(camera.say("Add a colleague"), role="push button"))
        camera.window.find(camera.say("Let a colleague read this"), role="frame")
        camera.take("readers-add")
        camera.window.kill()


def take_strange(camera):
    """Names that break programs: markup, 200 characters, emoji, Arabic; fourteen members."""
    with tempfile.TemporaryDirectory(prefix="gezinsplan-pictures.") as scratch:
        store, _, _ = strange.make_store(str(camera.build / "app" / "gezinsplanctl"), scratch)
        camera.start("--store", str(store))
        camera.window.click(camera.window.find_entry(camera.say("Passphrase")))
        camera.window.type(strange.PASSPHRASE)
        camera.window.keys("Return")
        camera.place("Households", "GezHouseholdsPage")
        camera.window.find(strange.MARKUP, role="list item")
        camera.take_both("strange-households")
        camera.window.click(camera.window.find(strange.MARKUP, role="list item"))
        camera.window.find("GezHouseholdPage")
        camera.tab("Family and network", "GezNetworkTab")
        camera.take_both("strange-network")
        camera.window.kill()


def make_team(camera, scratch):
    """Two stores on a folder, and one that is as it was before the first of them wrote."""
    passphrase = scratch / "passphrase"
    passphrase.write_text(strange.PASSPHRASE, encoding="utf-8")

    def ctl(command, store, *arguments):
        return subprocess.run([str(camera.build / "app" / "gezinsplanctl"), command, "--store", str(scratch / store),
                               "--passphrase-file", str(passphrase), *arguments],
                              check=True, capture_output=True, text=True).stdout

    folder = ["--folder", str(scratch / "shared")]
    (scratch / "shared").mkdir()
    ctl("init", "leader", "--team", "Team Verzonnen", "--name", "Lies Verzonnen", "--role", "teamleider",
        "--kdf-memory", "8", *folder)
    shutil.copytree(scratch / "leader", scratch / "older")
    ctl("demo", "leader")
    words = ctl("invite", "leader", "--name", "Els Bedacht", "--role", "casemanager").splitlines()[0]
    ctl("invite", "leader", "--name", "Bart Bedacht", "--role", "brugfiguur")
    ctl("sync", "leader")
    ctl("join", "newcomer", "--code", words, "--kdf-memory", "8", *folder)
    ctl("sync", "leader")


def unlock(camera):
    camera.window.click(camera.window.find_entry(camera.say("Passphrase")))
    camera.window.type(strange.PASSPHRASE)
    camera.window.keys("Return")
    camera.places()


def take_team(camera):
    """Sync, team and people, an invitation, joining, and a store that was put back."""
    with tempfile.TemporaryDirectory(prefix="gezinsplan-pictures.") as name:
        scratch = pathlib.Path(name)
        make_team(camera, scratch)
        camera.start("--store", str(scratch / "leader"))
        unlock(camera)
        window = camera.window
        window.keys("F10", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Return")
        team = window.find(camera.say("Team"), role="frame", exact=True)
        page = window.find(camera.say("Team and people"), role="page tab", under=team)
        window.click(window.find(camera.say("Sync"), role="page tab", under=team))
        camera.take("sync")
        window.click(page)
        camera.take("team")
        window.press(window.find(camera.say("_Invite a colleague…").replace("_", ""), role="push button", under=team))
        dialog = window.find(camera.say("Invite a colleague"), role="frame", exact=True)
        window.write(camera.say("Name of your colleague"), "Nieuwe Collega", under=dialog)
        window.press(window.find(camera.say("_Make the code").replace("_", ""), role="push button", under=dialog))
        window.find(camera.say("Co_py the words").replace("_", ""), role="push button")
        camera.take("invite")
        window.kill()
        camera.start("--store", str(scratch / "new"))
        camera.window.press(camera.window.find(camera.say("I was in_vited…").replace("_", ""), role="push button"))
        camera.window.find(camera.say("You were invited"))
        camera.take_both("join")
        camera.window.kill()
        camera.start("--store", str(scratch / "older"))
        unlock(camera)
        camera.window.press(camera.window.find(camera.say("What now?"), role="push button", seconds=60))
        camera.window.find(camera.say("This device was put back"), role="frame")
        camera.take("restored")
        camera.window.kill()


def recover(camera):
    """Closes whatever a failed scene left open."""
    camera.window.keys("Escape", "Escape", "Escape")
    camera.window.resize(*LARGE)


def walk(camera):
    """Returns what went wrong."""
    wrong = []
    camera.start("--demo")
    camera.places()
    for scene in SCENES:
        try:
            scene(camera)
        except driver.DriverError as error:
            wrong.append("%s%s: %s" % (camera.prefix, scene.__name__, error))
            recover(camera)
    camera.window.kill()
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--only", choices=[name for name, _, _ in LOOKS])
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    build, output = arguments.build.resolve(), arguments.output.resolve()

    wrong = []
    for name, prefix, environment in LOOKS:
        if arguments.only not in (None, name):
            continue
        if name == "large-text":
            subprocess.run(["xrdb", "-merge"], input="Xft.dpi: 192\n", text=True, check=True)
        for take in (take_welcome, take_recovery, take_strange, take_sharing, take_team, take_damaged):
            camera = Camera(build, output, prefix, environment)
            try:
                take(camera)
            except driver.DriverError as error:
                wrong.append("%s%s: %s" % (prefix, take.__name__, error))
                camera.window.kill()
        wrong += walk(Camera(build, output, prefix, environment))
    for line in wrong:
        print("✗ " + line, flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
