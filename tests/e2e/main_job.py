# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the main job in the real window, as a person does, and asserts what that person would see.

One household from nothing: make the store, make the file, talk about three life domains, agree on a
goal, note a contact, refer, plan; lock, find nothing, unlock, find everything.

usage: main_job.py --program PROGRAM [--hands mouse|keyboard|bus] [--pictures DIRECTORY]

The steps are the same whoever does them: with a mouse, by keys alone, or by what another program can do
over the accessibility bus.
"""

import argparse
import datetime
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "helpers"))
import driver  # noqa: E402
from driver import DriverError, wait_until  # noqa: E402
from hands import HANDS  # noqa: E402

PASSPHRASE = "zeven paarse fietsen"
WORKER = "Testa Verzonnen"
HOUSEHOLD = "Gezin Voorbeeld"
MEMBERS = [("Bedenksel", "Voorbeeld", "34"), ("Fantasia", "Voorbeeld", "9")]
# (tab, strength for the family, strength for the worker, score of the family, score of the worker)
DOMAINS = [
    ("Healthy and affordable home", "Het appartement is warm en droog", "De huur wordt elke maand betaald", 4, 3),
    ("Liveable income", "Bedenksel houdt de rekeningen bij", "Zoekt zelf uit wat voordelig is", 2, 2),
    ("Health and wellbeing", "De huisarts kent het hele gezin", "Slaapt beter dan in de zomer", 3, 4),
]
GOAL = "Een eigen kamer voor Fantasia"
STEPS = ["Inschrijven bij de woonmaatschappij", "Samen de papieren nakijken"]
CONTACT = "Lang gepraat aan de keukentafel"
QUESTIONS = ["Kan de schooltoelage nog aangevraagd worden", "Wie betaalt de zwemlessen"]
PARTNER = "Wijkgezondheidscentrum De Verzinsels"
REFERRAL_QUESTION = "Een tandarts die in schijven laat betalen"
FOLLOWUP = "Bellen over de schooltoelage"
FOLLOWUP_TODAY = "De zwemlessen navragen"

# What may not be found anywhere once the window is locked.
SECRETS = ([HOUSEHOLD, GOAL, CONTACT, PARTNER, REFERRAL_QUESTION, FOLLOWUP, FOLLOWUP_TODAY]
           + STEPS + QUESTIONS
           + [name for member in MEMBERS for name in member[:1]]
           + [text for domain in DOMAINS for text in domain[1:3]])


def next_tuesday():
    today = datetime.date.today()
    return today + datetime.timedelta(days=(1 - today.weekday() - 1) % 7 + 1)


class Walk:
    """The window and how far one is."""

    def __init__(self, program, pictures, hands):
        self.hands = HANDS[hands]
        self.scratch = tempfile.TemporaryDirectory(prefix="gezinsplan-main-job.")
        self.program_path = program
        self.store = pathlib.Path(self.scratch.name) / "store"
        self.log = pathlib.Path(self.scratch.name) / "log"
        self.pictures = pictures
        self.count = 0
        self.window = None

    def start(self):
        self.window = self.hands(
            [self.program_path, "--store", str(self.store)],
            {"LANGUAGE": "en", "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-criticals"}, self.log).start()

    def picture(self, name):
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.window.picture(str(self.pictures / ("%02d-%s.png" % (self.count, name))))

    def step(self, what, act):
        """Does one step; the name of the step is what a failure says."""
        self.count += 1
        began = time.monotonic()
        try:
            act()
        except Exception as error:
            print("✗ %2d %s: %s" % (self.count, what, error), flush=True)
            self.explain()
            raise SystemExit(1) from error
        print("✓ %2d %s (%.1f s)" % (self.count, what, time.monotonic() - began), flush=True)

    def explain(self):
        """What was on the screen when it went wrong."""
        if self.window is None or self.window.process.poll() is not None:
            print("  the program had ended", flush=True)
        else:
            self.picture("failed")
            words = dict.fromkeys(self.window.everything().splitlines())
            print("  | " + " | ".join(w for w in words if not w.startswith(("Gtk", "Adw"))), flush=True)
            self.window.kill()
        print(self.log.read_text(errors="replace")[-2000:], flush=True)

    # -- what a person does --------------------------------------------------

    def page(self):
        """The household file; the place below it is on the bus too."""
        return self.window.find("GezHouseholdPage")

    def dialog(self, title):
        return self.window.find(title, role="frame", exact=True)

    def place(self, name):
        places = self.window.find("Places", role="list")
        self.window.click(self.window.find(name, role="list item", under=places))

    def open_file(self):
        self.window.click(self.window.find(HOUSEHOLD, role="list item"))
        self.window.find("GezHouseholdPage")

    def tab(self, name, kind):
        """Opens a tab and waits until it is there; a widget without a name is named after its kind."""
        def row():
            tabs = self.window.find_now("Tabs of this file", role="list", under=self.page())
            return tabs and self.window.find_now(name, role="list item", under=tabs)

        self.window.click(wait_until("the tab %r" % name, row))
        wait_until("the tab %r to be chosen" % name,
                   lambda: driver.has_state(row(), driver.Atspi.StateType.SELECTED))
        return self.window.find(kind, under=self.page())

    def press(self, name, under, role="push button"):
        self.window.press(self.window.find(name, role=role, under=under))

    def has(self, what, under=None):
        wait_until("%r on the screen" % what,
                   lambda: what in "\n".join(driver.words_in(under or self.window.root)))

    def saved(self):
        self.window.says("Everything is saved")


def first_start(walk):
    walk.start()
    window = walk.window
    window.find("Welcome", role="label")
    window.write("Your name", WORKER)
    for name in ("Passphrase", "The same passphrase again"):
        window.write_secret(window.find_entry(name), PASSPHRASE)
    if PASSPHRASE in window.everything():
        raise DriverError("the passphrase can be read on the accessibility bus")
    walk.picture("welcome")
    window.button("Make my file")
    window.find("Households", role="list item", seconds=60)
    walk.has(WORKER)
    if PASSPHRASE in window.everything():
        raise DriverError("the passphrase can be read on the accessibility bus")


def new_household(walk):
    window = walk.window
    walk.place("Households")
    window.button("New household")
    dialog = walk.dialog("New household")
    window.write("Name or alias of the family", HOUSEHOLD, under=dialog)
    for index, member in enumerate(MEMBERS):
        walk.press("Add a member", dialog)
        lists = wait_until("the fields of a member",
                           lambda: (lambda found: len(found) > index and found)(
                               [n for n in driver.walk(dialog)
                                if driver.role_of(n) == "list" and driver.name_of(n) == "Member"]))
        for name, text in zip(("First name", "Last name", "Birth date or age"), member):
            window.write(name, text, under=lists[index])
    walk.picture("new-household")
    walk.press("Make file", dialog)
    window.gone("New household", role="frame")


def file_opens(walk):
    walk.window.find("GezHouseholdPage", seconds=30)
    walk.window.find("Overview", role="list item", under=walk.page())
    walk.has(HOUSEHOLD, walk.page())
    walk.tab("Family and network", "GezNetworkTab")
    for first_name, _, _ in MEMBERS:
        walk.has(first_name, walk.page())
    walk.picture("network")


def domain(walk, name, family_strength, worker_strength, family_score, worker_score):
    window = walk.window
    walk.tab(name, "GezDomainTab")
    window.write("What goes well, in the words of the family?", family_strength, under=walk.page())
    window.write("Which strengths do you see?", worker_strength, under=walk.page())
    for voice, score in (("family", family_score), ("worker", worker_score)):
        scale = window.find("How it goes, says the " + voice, under=walk.page())
        point = window.find("%d of 5" % score, under=scale)
        window.click(point)
    walk.saved()
    check_domain(walk, name, family_strength, worker_strength, family_score, worker_score)
    walk.picture("domain-" + name.lower().replace(" ", "-"))


def check_domain(walk, name, family_strength, worker_strength, family_score, worker_score):
    window = walk.window
    walk.tab("Overview", "GezOverviewTab")
    walk.tab(name, "GezDomainTab")
    for text in (family_strength, worker_strength):
        walk.has(text, walk.page())
    for voice, score in (("family", family_score), ("worker", worker_score)):
        def chosen(voice=voice, score=score):
            scale = window.find_now("How it goes, says the " + voice, under=walk.page())
            point = scale and window.find_now("%d of 5" % score, under=scale)
            return point and driver.has_state(point, driver.Atspi.StateType.CHECKED)
        wait_until("score %d of the %s in %s" % (score, voice, name), chosen)


def goal_with_steps(walk):
    window = walk.window
    walk.tab("Plan", "GezPlanTab")
    walk.press("Add a goal", walk.page())
    window.write("What the family wants, in their own words", GOAL, under=walk.page())
    walk.press("Add the goal", walk.page())
    add = window.find("Add a small step", under=walk.page())
    window.click(add)
    for step in STEPS:
        window.write("What is the next small step?", step, under=walk.page())
        walk.press("Add the step", walk.page())
        wait_until("%r as a step" % step,
                   lambda step=step: window.find_now(step, role="check box", under=walk.page())
                   or window.find_now(step, role="label", under=walk.page()))
    walk.saved()
    walk.picture("plan")


def contact_with_questions(walk):
    window = walk.window
    walk.tab("Journal", "GezJournalTab")
    walk.press("Note a contact", window.find("GezJournalTab", under=walk.page()))
    window.write("What was said and done", CONTACT, under=walk.page())
    for index, question in enumerate(QUESTIONS):
        walk.press("Add a question", walk.page())
        editors = wait_until("the question", lambda: (lambda found: len(found) > index and found)(
            [n for n in driver.walk(walk.page())
             if driver.role_of(n) == "list" and driver.name_of(n) == "Question"]))
        window.write("What does the family ask?", question, under=editors[index])
    walk.picture("contact")
    walk.press("Save contact", walk.page())
    window.gone("Save contact", role="push button")
    check_journal(walk)
    walk.saved()
    walk.picture("journal")


def check_journal(walk):
    walk.tab("Journal", "GezJournalTab")
    for text in [CONTACT] + QUESTIONS:
        walk.has(text, walk.window.find("Journal", role="list", under=walk.page()))


def warm_referral(walk):
    window = walk.window
    walk.tab("Referrals", "GezReferralsTab")
    walk.press("Refer", window.find("GezReferralsTab", under=walk.page()))
    dialog = walk.dialog("Refer")
    window.write("Organisation, service or person", PARTNER, under=dialog)
    window.write("What do they ask?", REFERRAL_QUESTION, under=dialog)
    window.press(window.find("Warm", role="check box", under=dialog))
    window.write("Who introduces them?", WORKER, under=dialog)
    walk.picture("referral")
    walk.press("Refer", dialog)
    window.gone("Refer", role="frame")
    check_referral(walk)
    walk.saved()
    walk.picture("referrals")


def check_referral(walk):
    walk.tab("Referrals", "GezReferralsTab")
    walk.has(PARTNER, walk.page())
    walk.has("warm", walk.page())


def plan_followup(walk, what, day):
    window = walk.window
    tab = walk.tab("Agenda", "GezHouseholdAgendaTab")
    walk.press("Plan a follow-up", tab)
    dialog = walk.dialog("New follow-up")
    window.write("What", what, under=dialog)
    window.write("Day", day, under=dialog)
    walk.picture("follow-up")
    walk.press("Save", dialog)
    window.gone("New follow-up", role="frame")
    walk.has(what, walk.page())
    walk.saved()


def places_show_it(walk):
    walk.place("Agenda")
    walk.window.gone("GezHouseholdPage")
    walk.press("List", None)
    walk.has(FOLLOWUP)
    walk.has(str(next_tuesday().day))
    walk.picture("agenda")
    walk.place("Today")
    walk.has("To do")
    walk.has(FOLLOWUP_TODAY)
    walk.picture("today")


def remembered_nodes(walk):
    """What another program could have kept of the open file."""
    walk.place("Households")
    walk.open_file()
    nodes = [n for n in driver.walk(walk.window.root)
             if any(s in driver.name_of(n) or s in driver.text_of(n) for s in SECRETS)]
    if not nodes:
        raise DriverError("nothing of the file was on the accessibility bus before locking")
    return nodes


def lock(walk):
    window = walk.window
    nodes = remembered_nodes(walk)
    window.shortcut("ctrl+l", "Lock")
    window.find_entry("Passphrase")
    window.gone("Places", role="list")
    wait_until("the passphrase to be asked",
               lambda: driver.has_state(window.find_now("Unlock", role="push button")
                                        or window.find_now("Open", role="push button"),
                                        driver.Atspi.StateType.SENSITIVE))
    words = window.everything()
    for secret in SECRETS + [WORKER]:
        if secret in words:
            raise DriverError("%r is still on the accessibility bus" % secret)
    for node in nodes:
        words = driver.name_of(node) + driver.text_of(node)
        if any(secret in words for secret in SECRETS):
            raise DriverError("a reference that was kept still says %r" % words)
    walk.picture("locked")


def enter_passphrase(walk, passphrase):
    window = walk.window
    window.write_secret(window.find_entry("Passphrase"), passphrase)
    window.shortcut("Return", "Open")


def wrong_passphrase(walk):
    enter_passphrase(walk, "acht groene fietsen")
    walk.window.says("That is not the passphrase of this file", seconds=60)
    walk.picture("wrong-passphrase")


def right_passphrase(walk):
    enter_passphrase(walk, PASSPHRASE)
    walk.window.find("Households", role="list item", seconds=60)
    walk.has(WORKER)


def everything_is_there(walk):
    walk.place("Households")
    walk.open_file()
    walk.tab("Family and network", "GezNetworkTab")
    for first_name, _, _ in MEMBERS:
        walk.has(first_name, walk.page())
    for values in DOMAINS:
        check_domain(walk, *values)
    walk.tab("Plan", "GezPlanTab")
    for text in [GOAL] + STEPS:
        walk.has(text, walk.page())
    check_journal(walk)
    check_referral(walk)
    walk.tab("Agenda", "GezHouseholdAgendaTab")
    walk.has(FOLLOWUP, walk.page())
    walk.picture("everything-is-there")


def close(walk):
    status = walk.window.close()
    if status != 0:
        raise DriverError("the program ended with %d" % status)
    complaints = [line for line in walk.log.read_text(errors="replace").splitlines()
                  if "CRITICAL" in line or "gezinsplan-WARNING" in line]
    if complaints:
        raise DriverError("the program complained: " + "; ".join(complaints))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--hands", choices=sorted(HANDS), default="mouse")
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    walk = Walk(arguments.program, arguments.pictures, arguments.hands)

    walk.step("first start: name and passphrase", lambda: first_start(walk))
    walk.step("new household with two members", lambda: new_household(walk))
    walk.step("its file opens", lambda: file_opens(walk))
    for values in DOMAINS:
        walk.step("strengths and scores: " + values[0], lambda values=values: domain(walk, *values))
    walk.step("a goal with two steps", lambda: goal_with_steps(walk))
    walk.step("a contact with two questions", lambda: contact_with_questions(walk))
    walk.step("a warm referral", lambda: warm_referral(walk))
    walk.step("a follow-up next Tuesday", lambda: plan_followup(walk, FOLLOWUP, "tue"))
    walk.step("a follow-up today", lambda: plan_followup(walk, FOLLOWUP_TODAY, "today"))
    walk.step("Agenda and Today show them", lambda: places_show_it(walk))
    walk.step("locked: nothing of the file can be found", lambda: lock(walk))
    walk.step("a wrong passphrase is said in words", lambda: wrong_passphrase(walk))
    walk.step("the right passphrase opens it", lambda: right_passphrase(walk))
    walk.step("everything is there again", lambda: everything_is_there(walk))
    walk.step("closed", lambda: close(walk))
    walk.window.tell_effort()
    if walk.pictures:
        print("pictures: %s" % walk.pictures)


if __name__ == "__main__":
    main()
