#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A leader, a case manager and a brugfiguur on one folder, from the command line: what a script or an administrator sees.

usage: ctl_team.py --ctl PROGRAM
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import uuid

PASSPHRASE = "paarse fietsen dromen zacht"
CASEWORK_MARKER = "geheimwoordvoorcasemanagers"
OPEN_MARKER = "openwoordvooriedereen"


class Store:
    """One person's laptop."""

    def __init__(self, program, directory, name):
        self.program = program
        self.path = directory / name
        self.passphrase = directory / (name + ".passphrase")
        self.passphrase.write_text(PASSPHRASE)

    def call(self, *words):
        return subprocess.run([self.program, *map(str, words), "--store", str(self.path), "--passphrase-file",
                               str(self.passphrase)], capture_output=True, text=True, check=False)

    def run(self, *words):
        done = self.call(*words, "--json")
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)

    def refused(self, *words):
        done = self.call(*words)
        assert done.returncode == 1 and done.stdout == "", (words, done)
        return done.stderr

    def export(self):
        output = self.path.parent / (self.path.name + ".json")
        output.unlink(missing_ok=True)
        done = self.call("export", "--output", output)
        assert done.returncode == 0, done.stderr
        return json.loads(output.read_text())

    def write(self, **tables):
        document = self.path.parent / (self.path.name + "-in.json")
        document.write_text(json.dumps({"format": "gezinsplan/1", **tables}))
        answer = self.run("import", document)
        assert answer["failed"] == [], answer

    def address(self, household):
        return [row["address"] for row in self.export()["household"] if row["id"] == household][0]


def words_of(sheet):
    text = subprocess.run(["pdftotext", "-raw", str(sheet), "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(re.search(r"(?:^|\s)%d\.\s+([a-z]{4,8})(?=\s)" % n, text).group(1) for n in range(1, 15))


def circle(kind, household):
    return {"circle": kind, "circle_subject_id": household}


class Team:
    def __init__(self, program, directory):
        self.directory = directory
        self.folder = directory / "gedeeld"
        self.folder.mkdir()
        self.sheet = directory / "noodblad.pdf"
        self.leader, self.case, self.bridge = (Store(program, directory, name)
                                               for name in ("leider", "casemanager", "brugfiguur"))
        self.leader.run("init", "--team", "Testteam", "--name", "Lea Leider", "--role", "teamleider", "--kdf-memory", 8,
                        "--folder", self.folder, "--recovery-sheet", self.sheet)
        self.case_id = self.join(self.case, "Cas Manager", "casemanager")
        self.bridge_id = self.join(self.bridge, "Bri Figuur", "brugfiguur")
        self.household = str(uuid.uuid4())

    def join(self, store, name, role):
        invited = self.leader.run("invite", "--name", name, "--role", role)
        self.leader.run("sync")
        joined = store.run("join", "--folder", self.folder, "--code", invited["code"], "--kdf-memory", 8)
        assert joined["fingerprint"] == invited["fingerprint"], "both sides see the same fingerprint"
        self.leader.run("sync")
        return joined["member_id"]

    def sync(self, *stores):
        for store in stores:
            store.run("sync")

    def sync_all(self):
        for _ in range(3):
            self.sync(self.leader, self.case, self.bridge)


def test_members(team):
    """Everybody sees everybody, with the same fingerprint."""
    for store in (team.leader, team.case, team.bridge):
        store.run("sync")
        members = {row["name"]: row for row in store.run("members")["members"]}
        assert set(members) == {"Lea Leider", "Cas Manager", "Bri Figuur"}, members
        assert members["Cas Manager"]["id"] == team.case_id and members["Bri Figuur"]["is_active"]
    code = team.leader.run("invite", "--name", "Te Laat", "--role", "casemanager")["code"]
    assert "opens with these words" in Store(team.leader.program, team.directory, "vreemd").refused(
        "join", "--folder", team.folder, "--code", code), "an invitation that was not shared yet"
    team.leader.run("sync")
    team.late = Store(team.leader.program, team.directory, "telaat")
    team.late.run("join", "--folder", team.folder, "--code", code, "--kdf-memory", 8)
    second = Store(team.leader.program, team.directory, "nogeens")
    assert "was used" in second.refused("join", "--folder", team.folder, "--code", code, "--kdf-memory", "8"), "works once"
    assert "a team already" in second.refused("init", "--team", "Ander", "--name", "X", "--role", "teamleider", "--kdf-memory", "8",
                                              "--folder", team.folder)
    assert not second.path.exists(), "what did not come about leaves nothing behind"
    assert "leader" in team.bridge.refused("invite", "--name", "X", "--role", "casemanager")


def test_open_circle_only(team):
    """A household shared with the brugfiguur: she reads the open part, and nothing of the casework."""
    household, note, secret = team.household, str(uuid.uuid4()), str(uuid.uuid4())
    at = "2026-11-20T10:00:00Z"
    team.case.write(
        household=[{"id": household, **circle("open", household), "name": "Gezin Verzonnen", "address": "Proefstraat 1"}],
        note=[{"id": note, **circle("open", household), "household_id": household, "written_at": at, "content": OPEN_MARKER},
              {"id": secret, **circle("casework", household), "household_id": household, "written_at": at,
               "content": CASEWORK_MARKER}])
    team.sync_all()
    assert team.bridge.export()["household"] == [] and team.leader.export()["household"] == [], "nobody was given it"
    team.case.run("grant", household, team.bridge_id)
    team.sync_all()
    seen = team.bridge.export()
    assert [row["name"] for row in seen["household"]] == ["Gezin Verzonnen"]
    assert [row["content"] for row in seen["note"]] == [OPEN_MARKER]
    assert CASEWORK_MARKER not in json.dumps(seen)
    assert team.bridge.run("search", CASEWORK_MARKER)["results"] == []
    assert "cannot share it" in team.bridge.refused("grant", household, team.case_id, "--circle", "casework")
    for path in team.folder.rglob("*"):
        if path.is_file():
            assert CASEWORK_MARKER.encode() not in path.read_bytes(), path


def test_conflict(team):
    """The same field on two laptops, offline, synced in both orders: both values are kept and shown."""
    for first, second in ((team.case, team.bridge), (team.bridge, team.case)):
        team.case.write(household=[{"id": team.household, "address": "Beginstraat 0"}])
        team.sync_all()
        team.case.write(household=[{"id": team.household, "address": "Beekstraat 7"}])
        team.bridge.write(household=[{"id": team.household, "address": "Bergstraat 8"}])
        team.sync(first, second, first, second)
        lists = [store.run("list", "conflicts")["conflicts"] for store in (team.case, team.bridge)]
        assert lists[0] == lists[1] and len(lists[0]) == 1, lists
        assert {head["value"] for head in lists[0][0]["heads"]} == {"Beekstraat 7", "Bergstraat 8"}
        assert team.case.address(team.household) == team.bridge.address(team.household)
        team.bridge.write(household=[{"id": team.household, "address": "Samenstraat 9"}])
        team.sync_all()
        assert [store.run("list", "conflicts")["conflicts"] for store in (team.case, team.bridge)] == [[], []]
        assert team.case.address(team.household) == "Samenstraat 9"


def test_folder_emptied(team):
    """Somebody empties the folder: nothing is lost, and it is filled again."""
    before = team.bridge.export()
    inner = team.folder / "gezinsplan"
    files = {path.relative_to(inner): path.read_bytes() for path in inner.rglob("*") if path.is_file()}
    shutil.rmtree(inner)
    assert "not connected" in team.case.refused("sync")
    assert team.bridge.export()["household"] == before["household"], "an empty folder takes nothing away"
    inner.mkdir()
    team.case.write(household=[{"id": team.household, "address": "Nastraat 10"}])
    team.sync_all()
    team.sync(team.late)
    for path, content in files.items():
        if path.suffix in (".seg", ".rec"):
            assert (inner / path).read_bytes() == content, "%s is back as it was" % path
    assert team.bridge.address(team.household) == "Nastraat 10"


def test_revoked(team):
    """Who loses access reads nothing new."""
    team.case.run("revoke", team.household, team.bridge_id)
    team.sync_all()
    team.case.write(household=[{"id": team.household, "address": "Ongezienstraat 11"}])
    team.sync_all()
    assert "Ongezienstraat" not in json.dumps(team.bridge.export())
    team.case.run("grant", team.household, team.bridge_id)
    team.sync_all()
    assert team.bridge.address(team.household) == "Ongezienstraat 11", "given back, with what came in between"


def test_lost_passphrase(team):
    """A passphrase is lost: the team's sheet opens the store, with everything that was synced and what was not."""
    team.case.write(household=[{"id": team.household, "address": "Nietgedeeldstraat 12"}])
    words, new = team.directory / "woorden", team.directory / "nieuw"
    words.write_text(words_of(team.sheet))
    new.write_text("nieuwe wachtzin na het noodblad")
    done = subprocess.run([team.case.program, "recover", "--store", str(team.case.path), "--words-file", str(words),
                           "--new-passphrase-file", str(new), "--kdf-memory", "8"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "not the passphrase" in team.case.refused("status")
    team.case.passphrase = new
    team.sync_all()
    assert team.bridge.address(team.household) == "Nietgedeeldstraat 12"


def test_put_back(team):
    """A laptop breaks and an older copy of its store is put back: what it had shared since comes back from the folder."""
    team.sync(team.case)
    copy = team.directory / "kopie"
    shutil.copytree(team.case.path, copy)
    later = str(uuid.uuid4())
    team.case.write(household=[{"id": later, **circle("open", later), "name": "Gezin Later"}])
    team.sync(team.case)
    shutil.rmtree(team.case.path)
    copy.rename(team.case.path)
    assert team.case.run("sync")["is_restored"]
    team.case.run("sync", "--new-device")
    team.sync(team.case)
    assert "Gezin Later" in {row["name"] for row in team.case.export()["household"]}, "nobody else could read it"
    team.case.write(household=[{"id": team.household, "address": "Terugstraat 13"}])
    team.sync_all()
    assert team.bridge.address(team.household) == "Terugstraat 13"
    team.case.write(household=[{"id": team.household, "address": "Nietgedeeldstraat 12"}])
    team.sync_all()


def test_lost_laptop(team):
    """A laptop is gone with all that was on it: invited again, and given back with the team's sheet what only it could read."""
    lonely = str(uuid.uuid4())
    team.case.write(household=[{"id": lonely, **circle("open", lonely), "name": "Gezin Alleen"}])
    team.sync_all()
    assert "Gezin Alleen" not in json.dumps(team.leader.export())
    shutil.rmtree(team.case.path)
    invited = team.leader.run("invite", "--name", "Cas Manager", "--role", "casemanager", "--member", team.case_id)
    team.leader.run("sync")
    team.case.run("join", "--folder", team.folder, "--code", invited["code"], "--kdf-memory", 8)
    team.sync_all()
    words = team.directory / "woorden"
    assert team.leader.run("recover-member", team.case_id, "--words-file", words)["circles"] > 0
    team.sync_all()
    names = {row["name"] for row in team.case.export()["household"]}
    assert names >= {"Gezin Verzonnen", "Gezin Alleen"}, names
    assert "Gezin Alleen" not in json.dumps(team.leader.export()), "the leader gives it back and reads nothing"


def test_removed(team):
    """A member who was removed: later files are ignored, and what is written later cannot be read."""
    team.leader.run("remove-member", team.bridge_id)
    team.leader.run("sync")
    team.bridge.write(household=[{"id": team.household, "address": "Telaatstraat 13"}])
    # The removed device has not heard of it, or does not care: it writes all the same.
    team.bridge.call("sync")
    team.sync(team.case, team.leader, team.case)
    assert team.case.address(team.household) == "Nietgedeeldstraat 12"
    team.case.write(household=[{"id": team.household, "address": "Daarnastraat 14"}])
    team.sync(team.case, team.leader)
    team.bridge.call("sync")
    assert "Daarnastraat" not in json.dumps(team.bridge.export())
    active = {row["name"] for row in team.case.run("members")["members"] if row["is_active"] and row["devices"]}
    assert active == {"Lea Leider", "Cas Manager", "Te Laat"}
    self_id = [row["id"] for row in team.leader.run("members")["members"] if row["is_self"]][0]
    assert "needs a leader" in team.leader.refused("remove-member", self_id)


TESTS = [test_members, test_open_circle_only, test_conflict, test_folder_emptied, test_revoked, test_lost_passphrase,
         test_put_back, test_lost_laptop, test_removed]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ctl", required=True)
    options = parser.parse_args()
    print("1..%d" % len(TESTS), flush=True)
    with tempfile.TemporaryDirectory() as directory:
        team = Team(options.ctl, pathlib.Path(directory))
        for number, test in enumerate(TESTS, 1):
            test(team)
            print("ok %d - %s" % (number, test.__doc__.split(":")[0]), flush=True)


if __name__ == "__main__":
    main()
