# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program the way a person does.

What is on the screen is found through the accessibility bus, by role and name, as a screen reader
finds it. Keys and clicks go through the X server, as from a keyboard and a mouse. Every wait has an
end, so that a program that hangs is a test that fails.

Run it under tests/helpers/run-headless with a python that has gi (/usr/bin/python3 on Debian).
"""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = float(os.environ.get("DRIVER_PATIENCE", "20"))
PAUSE = 0.05
HEADER = 48  # pixels of a header bar: what lies behind it is scrolled away


class DriverError(AssertionError):
    """What a person would have expected did not happen."""


def settle():
    """Lets events of the bus arrive."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def wait_until(what, condition, seconds=None):
    """Waits until condition() is true and returns what it gave."""
    end = time.monotonic() + (seconds or PATIENCE)
    while True:
        settle()
        try:
            value = condition()
        except GLib.Error:
            value = None  # a widget went away while it was looked at
        if value:
            return value
        if time.monotonic() > end:
            raise DriverError("waited too long for " + what)
        time.sleep(PAUSE)


def name_of(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


# What newer versions of the bus call what Debian 12 calls otherwise.
OLDER_ROLES = {"button": "push button"}


def role_of(node):
    try:
        role = node.get_role_name() or ""
    except GLib.Error:
        return ""
    return OLDER_ROLES.get(role, role)


def text_of(node):
    """The text of an entry or a label as the bus gives it."""
    try:
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    except GLib.Error:
        return ""


def children_of(node):
    try:
        return [c for c in (node.get_child_at_index(i) for i in range(node.get_child_count())) if c]
    except GLib.Error:
        return []


def extents_of(node):
    try:
        return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    except (GLib.Error, AttributeError):
        return None


def is_mapped(node):
    """GTK 4.8 tells "showing" for windows only: what has a size is on the screen."""
    extents = extents_of(node)
    return extents is not None and extents.width > 0 and extents.height > 0


def has_state(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def is_entry(node):
    """A field, not the row around it: that passes on what it is asked."""
    try:
        return "EditableText" in node.get_interfaces() and role_of(node) != "list item"
    except GLib.Error:
        return False


def walk(node):
    """The node and everything below it, from top to bottom; nothing without a node."""
    stack = [node] if node else []
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children_of(current)))


def words_in(node):
    """Every name, description and text below a node."""
    words = []
    for item in walk(node):
        words.append(name_of(item))
        words.append(text_of(item))
        try:
            words.append(item.get_description() or "")
        except GLib.Error:
            pass
    return [word for word in words if word]


class Program:
    """One running program."""

    def __init__(self, arguments, environment=None, log=None):
        self.errors = open(log, "w+") if log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            arguments, env={**os.environ, **(environment or {})}, stderr=self.errors)
        self.root = None
        self.window = None

    def start(self):
        """Waits until the program is on the bus and has a window."""
        self.root = wait_until("the program on the accessibility bus", self._find_root)
        self.window = wait_until("the window", self._find_window)
        self.focus_window()
        return self

    def _find_root(self):
        if self.process.poll() is not None:
            raise DriverError("the program ended with %d" % self.process.returncode)
        desktop = Atspi.get_desktop(0)
        for child in children_of(desktop):
            try:
                if child.get_process_id() == self.process.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def _find_window(self):
        found = self._windows()
        return found[-1] if found else None

    def focus_window(self):
        subprocess.run(["xdotool", "windowfocus", "--sync", self.window], check=False,
                       stderr=subprocess.DEVNULL)

    def top(self):
        """The newest window: a dialog when there is one."""
        windows = [w for w in children_of(self.root) if is_mapped(w) or children_of(w)]
        return windows[-1] if windows else self.root

    def find_now(self, name=None, role=None, under=None, exact=False):
        for node in walk(under or self.root):
            if role is not None and role_of(node) != role:
                continue
            if name is not None:
                own = name_of(node)
                if not (own == name if exact else name in own):
                    continue
            if is_mapped(node):
                return node
        return None

    def find(self, name=None, role=None, under=None, exact=False, seconds=None):
        what = "%s %r" % (role or "something", name)
        return wait_until(what, lambda: self.find_now(name, role, under, exact), seconds)

    def gone(self, name=None, role=None, seconds=None):
        wait_until("%r to go away" % (name or role),
                   lambda: self.find_now(name, role) is None, seconds)

    def _top_of(self, node):
        parent = node.get_parent()
        while parent is not None and parent != self.root:
            node, parent = parent, parent.get_parent()
        return node

    @staticmethod
    def _geometry_of(window):
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                                  capture_output=True, text=True, check=False).stdout
        values = dict(line.split("=") for line in geometry.split() if "=" in line)
        return (int(values["WIDTH"]), int(values["HEIGHT"])) if values else None

    @staticmethod
    def _shadow_of(window):
        """How far the visible edge lies inside the X window: (left, top, right, bottom)."""
        said = subprocess.run(["xprop", "-id", window, "_GTK_FRAME_EXTENTS"],
                              capture_output=True, text=True, check=False).stdout
        numbers = [int(n) for n in said.partition("=")[2].split(",") if n.strip()]
        if len(numbers) != 4:
            return 0, 0, 0, 0
        left, right, top, bottom = numbers
        return left, top, right, bottom

    def _windows(self):
        return subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            capture_output=True, text=True, check=False).stdout.split()

    def _window_of(self, node):
        """The X window in which a node is, and its shadow: dialogs are windows of their own.

        The bus measures from the visible edge, X from that of the shadow around it.
        """
        size = extents_of(self._top_of(node))
        for window in reversed(self._windows()):
            geometry = self._geometry_of(window)
            left, top, right, bottom = self._shadow_of(window)
            if size and geometry == (size.width + left + right, size.height + top + bottom):
                return window, (left, top)
        return self.window, self._shadow_of(self.window)[:2]

    def press(self, node):
        """Activates a button by its own action, or clicks on it."""
        for item in [node] + children_of(node):
            try:
                action = item.get_action_iface()
                if action is not None and action.get_n_actions() > 0:
                    action.do_action(0)
                    settle()
                    return
            except GLib.Error:
                continue
        self.click(node)

    def _is_in_view(self, node):
        """Nothing of it is scrolled away: below the header bar and above the edge of its window."""
        window = extents_of(self._top_of(node))
        extents = extents_of(node)
        height = min(extents.height, 40)
        return window is None or HEADER <= extents.y and extents.y + height <= window.height

    @staticmethod
    def _wait_still(node):
        """Waits until a node does not move any more: what is above it may still be filled."""
        before, same = None, 0
        end = time.monotonic() + PATIENCE
        while same < 2 and time.monotonic() < end:
            settle()
            extents = extents_of(node)
            now = extents and (extents.x, extents.y, extents.width, extents.height)
            same = same + 1 if now == before else 0
            before = now
            time.sleep(PAUSE)

    def bring_into_view(self, node):
        """Turns the wheel until a node can be clicked."""
        self._wait_still(node)
        for _ in range(80):
            extents = extents_of(node)
            if extents is None or self._is_in_view(node):
                return
            top = extents_of(self._top_of(node))
            window, shadow = self._window_of(node)
            x = min(max(extents.x + extents.width // 2, 0), top.width - 1)
            subprocess.run(["xdotool", "mousemove", "--window", window, str(x + shadow[0]),
                            str(top.height - 60 + shadow[1]), "click",
                            "4" if extents.y < HEADER else "5"], check=True)
            self._wait_still(node)

    def click(self, node):
        """Clicks on a node; on a tall one near its top, which is what is surely in view."""
        self.bring_into_view(node)
        extents = extents_of(node)
        if extents is None or extents.width <= 0:
            raise DriverError("%r is not on the screen" % name_of(node))
        window, shadow = self._window_of(node)
        subprocess.run(["xdotool", "mousemove", "--window", window,
                        str(extents.x + extents.width // 2 + shadow[0]),
                        str(extents.y + min(extents.height // 2, 20) + shadow[1]),
                        "click", "1"], check=True)
        settle()

    def button(self, name, **options):
        self.press(self.find(name, role="push button", **options))

    def keys(self, *keys):
        """Presses keys, as "ctrl+l" or "Return"."""
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            time.sleep(PAUSE)
        settle()

    def type(self, text, delay=12):
        """Types text into what has the focus, a letter every so many milliseconds."""
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", str(delay), text], check=True)
        settle()

    def focused(self):
        for node in walk(self.root):
            if has_state(node, Atspi.StateType.FOCUSED):
                return node
        return None

    def wait_focus(self, name, seconds=None):
        return wait_until("the focus on %r" % name,
                          lambda: (lambda n: n if n and name in name_of(n) else None)(self.focused()),
                          seconds)

    def find_entry(self, name, under=None):
        """An entry by its label; the label itself has the same name."""
        def look():
            for node in walk(under or self.root):
                if name in name_of(node) and is_mapped(node):
                    entry = next((n for n in walk(node) if is_entry(n)), None)
                    if entry is not None:
                        return entry
            return None
        return wait_until("an entry %r" % name, look)

    def write(self, name, text, under=None):
        """Clicks in a field and types, as a person does; waits until the field shows it."""
        entry = self.find_entry(name, under)
        self.click(entry)
        time.sleep(PAUSE)  # rows of libadwaita with an entry in them do not say that they have the focus
        self.type(text)
        wait_until("%r in %r" % (text, name), lambda: text in text_of(entry))
        return entry

    def write_secret(self, entry, text):
        """Types into a field that shows bullets."""
        self.click(entry)
        self.type(text)

    def shortcut(self, key, button):
        """What has a key and a button: by its key."""
        del button
        self.keys(key)

    def fill(self, name, text, under=None):
        """Puts text in an entry at once."""
        entry = self.find_entry(name, under)
        Atspi.EditableText.set_text_contents(entry, text)
        settle()
        return entry

    def says(self, sentence, seconds=None):
        """Waits until these words are somewhere on the screen."""
        return wait_until("the words %r" % sentence, lambda: self.find_now(sentence), seconds)

    def everything(self):
        """All words that the bus gives of this program."""
        return "\n".join(words_in(self.root))

    def resize(self, width, height):
        """Gives the window this size, its shadow not counted."""
        left, top, right, bottom = self._shadow_of(self.window)
        width, height = width + left + right, height + top + bottom
        subprocess.run(["xdotool", "windowsize", "--sync", self.window, str(width), str(height)],
                       check=False)
        time.sleep(0.4)
        settle()

    def picture(self, path):
        """Saves what the window looks like on the screen, with the dialogs above it."""
        time.sleep(0.5)
        settle()
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window],
                                  capture_output=True, text=True, check=True).stdout
        at = {key: int(value) for key, value in
              (line.split("=") for line in geometry.split() if "=" in line)}
        left, top, right, bottom = self._shadow_of(self.window)
        area = "%dx%d%+d%+d" % (at["WIDTH"] - left - right, at["HEIGHT"] - top - bottom,
                                at["X"] + left, at["Y"] + top)
        subprocess.run(["import", "-silent", "-window", "root", "-crop", area, "+repage", path],
                       check=True)

    def tell_effort(self):
        """What it took, where that is of interest."""

    def close(self):
        """Closes the window as a person does and waits for the end."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", "ctrl+q"], check=False)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired as late:
            self.kill()
            raise DriverError("the program did not end") from late

    def kill(self):
        self.process.kill()
        self.process.wait()


class Steps:
    """Says in TAP how far a walk came."""

    def __init__(self):
        self.count = 0

    def done(self, what):
        self.count += 1
        print("ok %d - %s" % (self.count, what), flush=True)

    def plan(self):
        print("1..%d" % self.count, flush=True)
