# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop tells programs about sleep and about its screen, on the private bus of a test.

The program finds it when DBUS_SYSTEM_BUS_ADDRESS is that of the session bus.
"""

import os
import select

from gi.repository import Gio, GLib

LOGIND = """<node><interface name="org.freedesktop.login1.Manager">
  <method name="Inhibit">
    <arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="h" direction="out"/>
  </method>
</interface></node>"""


class Desktop:
    """A logind and a screen saver that do what the test says."""

    def __init__(self):
        self.waiting = []  # our ends of the descriptors that hold back sleep
        self.asked = None  # what the program said when it asked for the last one
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        interface = Gio.DBusNodeInfo.new_for_xml(LOGIND).interfaces[0]
        self.bus.register_object("/org/freedesktop/login1", interface, self._called, None, None)
        Gio.bus_own_name_on_connection(self.bus, "org.freedesktop.login1",
                                       Gio.BusNameOwnerFlags.NONE, None, None)

    def _called(self, _bus, _sender, _path, _interface, _method, parameters, invocation):
        ours, theirs = os.pipe()
        self.asked = parameters.unpack()
        self.waiting.append(ours)
        descriptors = Gio.UnixFDList.new_from_array([theirs])
        invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), descriptors)

    def _say(self, path, interface, signal, *arguments):
        parameters = GLib.Variant("(b)", arguments) if arguments else None
        self.bus.emit_signal(None, path, interface, signal, parameters)
        self.bus.flush_sync(None)

    def is_held_back(self):
        """Whether the program still wants to do something before the computer sleeps."""
        ended, _, _ = select.select(self.waiting, [], [], 0)
        for descriptor in ended:  # nobody writes into it: what can be read is its end
            os.close(descriptor)
            self.waiting.remove(descriptor)
        return bool(self.waiting)

    def falls_asleep(self):
        self._say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)

    def wakes_up(self):
        self._say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False)

    def locks_session(self):
        self._say("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock")

    def shows_screen_saver(self, interface="org.gnome.ScreenSaver"):
        self._say("/" + interface.replace(".", "/"), interface, "ActiveChanged", True)
