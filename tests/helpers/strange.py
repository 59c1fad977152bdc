# SPDX-License-Identifier: GPL-3.0-or-later
"""A caseload of invented families with everything that breaks programs, as a document to import.

Markup, 200 characters, emoji, Arabic, an alias, fourteen members, a hundred open follow-ups, Windows line
ends; and two rows that must be refused: a day that does not exist, a name that is none.
"""

import datetime
import json
import pathlib
import subprocess

WORKER = "Testa Verzonnen & <b>Zoon</b>"
PASSPHRASE = "zes gele fietsen"
MARKUP = "A & B <script>alert(1)</script>"
LONG = ("Gezin " + "Van den Verzonnen-Voorbeeldsterre tot Denkbeeldighe " * 4)[:200].strip()
EMOJI = "Gezin 👩‍👧‍👦🏳️‍🌈 Örnekoğlu-Çiçekdağı"
ARABIC = "عائلة مثال خيالية"
ALIAS = "De blauwe deur"
NAMES = [MARKUP, LONG, EMOJI, ARABIC, ALIAS]
MEMBERS = ["Fantasia", "أمل", "İpek", "Zoë <i>", "Nguyễn & co", "👶", "Bedenksel", "Şule", "O'Verzonnen",
           "Testa\"na", "Łucja", "Đorđe", "Ønske", "Voorbeeld-Sjabloon-Dummy " * 4]
FOLLOWUPS = 100


class Document:
    """Rows with identities that count up."""

    def __init__(self, today):
        self.today = today
        self.count = 0
        self.tables = {}

    def new_id(self):
        self.count += 1
        return "019aa52c-0000-7000-8000-%012x" % self.count

    def add(self, table, household=None, **values):
        row = {"id": self.new_id(), "circle": "open" if table != "member" else "team", **values}
        if table == "household":
            household = row["id"]
        elif household is not None:
            row["household_id"] = household
        row["circle_subject_id"] = household
        self.tables.setdefault(table, []).append(row)
        return row["id"]

    def day(self, days):
        return (self.today + datetime.timedelta(days=days)).isoformat()


def fill_household(document, name, me, members, **values):
    household = document.add("household", name=name, **values)
    document.add("helper", household, kind="professional", member_id=me, is_contact_person=True)
    for member in members:
        person = document.add("person", household, first_name=member[:200].strip(), born_on="2010-02-28")
        document.add("membership", household, person_id=person)
    return household


def make(path, today=None):
    """Writes the document; returns the identity of the member to whom the store belongs."""
    document = Document(today or datetime.date.today())
    me = document.new_id()
    large = fill_household(document, MARKUP, me, MEMBERS, address="Teststraat 1 & 2 <hoek>")
    for number in range(FOLLOWUPS):
        document.add("followup", large, what="Na te gaan %d: %s" % (number + 1, MARKUP),
                     due_on=document.day(number % 30 - 10), owner_member_id=me)
    document.add("contact", large, happened_at=document.day(-3) + "T13:00:00.000Z", channel="home_visit",
                 by_member_id=me, minutes=45)
    for name in (LONG, EMOJI, ARABIC):
        fill_household(document, name, me, MEMBERS[:2])
    fill_household(document, ALIAS, me, [], is_pseudonymous=True)
    refused = document.add("followup", large, what="Op een dag die niet bestaat", due_on="2026-02-30",
                           owner_member_id=me)
    pathlib.Path(path).write_text(json.dumps({"format": "gezinsplan/1", **document.tables}))
    return me, [refused]


def make_store(ctl, directory):
    """Makes a store with this caseload; returns what the import answered and what it must refuse."""
    directory = pathlib.Path(directory)
    document, secret, store = directory / "strange.json", directory / "passphrase", directory / "store"
    me, refused = make(document)
    secret.write_text(PASSPHRASE)
    common = ["--store", str(store), "--passphrase-file", str(secret)]
    subprocess.run([ctl, "init", *common, "--team", "Testteam", "--name", WORKER, "--role", "casemanager", "--as", me,
                    "--kdf-memory", "8"], check=True, stdout=subprocess.DEVNULL)
    answer = subprocess.run([ctl, "import", *common, "--json", str(document)], check=False,
                            capture_output=True, text=True).stdout
    return store, json.loads(answer), refused
