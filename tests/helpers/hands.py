# SPDX-License-Identifier: GPL-3.0-or-later
"""Other ways to do what driver.Program does with a mouse: by keys alone, and by the bus alone.

Each is honest: where it cannot do something it fails, or counts how often it had to borrow a key.
"""

import time

import driver
from driver import Atspi, DriverError, PAUSE, has_state, name_of, role_of, settle, wait_until

FURTHEST = 160  # presses of Tab: more than any screen has controls


class KeyboardProgram(driver.Program):
    """Somebody without a mouse: only keys, and the bus only to see where the focus is."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.focus = None
        self.presses = 0
        self.listener = Atspi.EventListener.new(self._hear)
        self.listener.register("object:state-changed:focused")

    def _hear(self, event):
        if event.detail1:
            self.focus = event.source

    def _has_focus(self, node):
        return self.focus == node or has_state(node, Atspi.StateType.FOCUSED)

    def keys(self, *keys):
        self.presses += len(keys)
        super().keys(*keys)

    def _step(self, key):
        """Presses Tab and waits until the focus was told to be elsewhere."""
        before = self.focus
        self.keys(key)
        end = time.monotonic() + 2
        while self.focus == before and time.monotonic() < end:
            settle()
            time.sleep(0.01)

    def reach(self, node):
        """Goes to a control with Tab, as long as it takes."""
        for key in ("Tab", "shift+Tab"):
            for _ in range(FURTHEST):
                if self._has_focus(node):
                    return
                self._step(key)
        raise DriverError("Tab does not come to %s %r" % (role_of(node), name_of(node)))

    def click(self, node):
        self.reach(node)
        if not driver.is_entry(node):
            self.keys("Return" if role_of(node) == "list item" else "space")

    def press(self, node):
        self.click(node)

    def tell_effort(self):
        print("%d keys besides the texts" % self.presses, flush=True)

    def bring_into_view(self, node):
        """What has the focus is in view."""


class BusProgram(driver.Program):
    """What another program can do for somebody: actions and texts of the accessibility bus.

    GTK 4.8 gives list rows no action and cannot move the focus over the bus (both came later): a row is
    reached and opened by keys, which are counted.
    """

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.borrowed = 0
        self.actions = 0

    def _by_keys(self, node):
        self.borrowed += 1
        for key in ("Tab", "shift+Tab"):
            for _ in range(FURTHEST):
                if has_state(node, Atspi.StateType.FOCUSED):
                    self.keys("Return")
                    return
                self.keys(key)
        raise DriverError("%s %r has no action and no key comes to it" % (role_of(node), name_of(node)))

    @staticmethod
    def _action_of(node):
        for item in [node] + driver.children_of(node):
            try:
                action = item.get_action_iface()
                if action is not None and action.get_n_actions() > 0:
                    return action
            except driver.GLib.Error:
                continue
        return None

    def press(self, node):
        action = None if role_of(node) == "list item" else self._action_of(node)
        if action is None:
            self._by_keys(node)
            return
        action.do_action(0)
        self.actions += 1
        settle()

    def click(self, node):
        if not driver.is_entry(node):
            self.press(node)

    def tell_effort(self):
        print("%d actions and texts over the bus, %d rows by keys" % (self.actions, self.borrowed), flush=True)

    def write(self, name, text, under=None):
        entry = self.find_entry(name, under)
        Atspi.EditableText.set_text_contents(entry, text)
        self.actions += 1
        wait_until("%r in %r" % (text, name), lambda: text in driver.text_of(entry))
        time.sleep(PAUSE)
        return entry

    def shortcut(self, key, button):
        self.button(button)

    def write_secret(self, entry, text):
        Atspi.EditableText.set_text_contents(entry, text)
        self.actions += 1
        wait_until("the bullets", lambda: len(driver.text_of(entry)) == len(text))


HANDS = {"mouse": driver.Program, "keyboard": KeyboardProgram, "bus": BusProgram}
