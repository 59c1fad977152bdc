/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-session-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Sleep: systemd-logind says PrepareForSleep on the system bus, before and after. Before, it waits
 * (five seconds, as it is installed) for who holds a lock of the kind "delay"; that lock is a file
 * descriptor, so that it ends with the program, however that ends (systemd, "Inhibitor Locks").
 *
 * The screen: logind's signal Lock, and ActiveChanged of the screen saver on the session bus. It is
 * not checked who sends them: all that somebody can reach with a false one is that the file locks. */

#define N_SCREEN_SAVERS 4

struct _GezSessionWatch
{
  GObject parent_instance;

  GCancellable *cancellable;
  GDBusConnection *system;  /* NULL without a bus */
  GDBusConnection *session; /* NULL without a bus */
  guint sleep_subscription;
  guint lock_subscription;
  guint screen_subscriptions[N_SCREEN_SAVERS];
  int inhibitor; /* -1: none */
};

G_DEFINE_FINAL_TYPE (GezSessionWatch, gez_session_watch, G_TYPE_OBJECT)

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"

static const char *const screen_savers[N_SCREEN_SAVERS] = {
  "org.freedesktop.ScreenSaver",
  "org.gnome.ScreenSaver",
  "org.cinnamon.ScreenSaver",
  "org.mate.ScreenSaver",
};

enum
{
  SIGNAL_SESSION_LOCKED,
  SIGNAL_SLEEP,
  SIGNAL_AWAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
inhibited_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GezSessionWatch) self = data;
  g_autoptr (GUnixFDList) descriptors = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), &descriptors, result, NULL);
  gint32 handle = -1;
  int inhibitor;

  if (answer == NULL || descriptors == NULL)
    return;
  g_variant_get (answer, "(h)", &handle);
  inhibitor = g_unix_fd_list_get (descriptors, handle, NULL);
  if (self->inhibitor < 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->inhibitor = inhibitor;
  else if (inhibitor >= 0)
    g_close (inhibitor, NULL);
}

static void
inhibit (GezSessionWatch *self)
{
  if (self->inhibitor >= 0)
    return;
  g_dbus_connection_call_with_unix_fd_list (
    self->system, LOGIND, LOGIND_PATH, LOGIND ".Manager", "Inhibit",
    g_variant_new ("(ssss)", "sleep", "Gezinsplan", _("The file is being locked"), "delay"),
    G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, self->cancellable, inhibited_cb,
    g_object_ref (self));
}

static gboolean
get_flag (GVariant *parameters)
{
  gboolean flag = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &flag);
  return flag;
}

static void
prepare_for_sleep_cb (GDBusConnection *connection,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *signal,
                      GVariant        *parameters,
                      gpointer         data)
{
  if (get_flag (parameters))
    {
      g_signal_emit (data, signals[SIGNAL_SLEEP], 0);
      return;
    }
  inhibit (data);
  g_signal_emit (data, signals[SIGNAL_AWAKE], 0);
}

static void
lock_cb (GDBusConnection *connection,
         const char      *sender,
         const char      *path,
         const char      *interface,
         const char      *signal,
         GVariant        *parameters,
         gpointer         data)
{
  g_signal_emit (data, signals[SIGNAL_SESSION_LOCKED], 0);
}

static void
active_changed_cb (GDBusConnection *connection,
                   const char      *sender,
                   const char      *path,
                   const char      *interface,
                   const char      *signal,
                   GVariant        *parameters,
                   gpointer         data)
{
  if (get_flag (parameters))
    g_signal_emit (data, signals[SIGNAL_SESSION_LOCKED], 0);
}

static guint
subscribe (GDBusConnection    *connection,
           const char         *interface,
           const char         *signal,
           GDBusSignalCallback callback,
           GezSessionWatch    *self)
{
  return g_dbus_connection_signal_subscribe (connection, NULL, interface, signal, NULL, NULL,
                                             G_DBUS_SIGNAL_FLAGS_NONE, callback, self, NULL);
}

/* GLib would end the program, without a word, when the bus goes. */
static GDBusConnection *
get_bus (GezSessionWatch *self,
         GAsyncResult    *result)
{
  GDBusConnection *connection = g_bus_get_finish (result, NULL);

  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);
  if (g_cancellable_is_cancelled (self->cancellable))
    g_clear_object (&connection);
  return connection;
}

static void
system_bus_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GezSessionWatch) self = data;

  self->system = get_bus (self, result);
  if (self->system == NULL)
    return;
  self->sleep_subscription = subscribe (self->system, LOGIND ".Manager", "PrepareForSleep",
                                        prepare_for_sleep_cb, self);
  /* Of whichever session: it has another name in a user's own services than in a terminal, and
   * who switches to another person's session has locked this one. */
  self->lock_subscription = subscribe (self->system, LOGIND ".Session", "Lock", lock_cb, self);
  inhibit (self);
}

static void
session_bus_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GezSessionWatch) self = data;

  self->session = get_bus (self, result);
  if (self->session == NULL)
    return;
  for (guint i = 0; i < N_SCREEN_SAVERS; i++)
    self->screen_subscriptions[i] = subscribe (self->session, screen_savers[i], "ActiveChanged",
                                               active_changed_cb, self);
}

static void
gez_session_watch_dispose (GObject *object)
{
  GezSessionWatch *self = GEZ_SESSION_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  gez_session_watch_let_sleep (self);
  if (self->system != NULL)
    {
      g_dbus_connection_signal_unsubscribe (self->system, self->sleep_subscription);
      g_dbus_connection_signal_unsubscribe (self->system, self->lock_subscription);
    }
  for (guint i = 0; self->session != NULL && i < N_SCREEN_SAVERS; i++)
    g_dbus_connection_signal_unsubscribe (self->session, self->screen_subscriptions[i]);
  g_clear_object (&self->system);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gez_session_watch_parent_class)->dispose (object);
}

static void
gez_session_watch_finalize (GObject *object)
{
  g_clear_object (&GEZ_SESSION_WATCH (object)->cancellable);
  G_OBJECT_CLASS (gez_session_watch_parent_class)->finalize (object);
}

static void
gez_session_watch_class_init (GezSessionWatchClass *klass)
{
  static const char *const names[N_SIGNALS] = { "session-locked", "sleep", "awake" };

  G_OBJECT_CLASS (klass)->dispose = gez_session_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_session_watch_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], GEZ_TYPE_SESSION_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
gez_session_watch_init (GezSessionWatch *self)
{
  self->inhibitor = -1;
  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_bus_cb, g_object_ref (self));
}

/**
 * gez_session_watch_new:
 *
 * Returns: (transfer full): a watch; it hears something after a moment
 */
GezSessionWatch *
gez_session_watch_new (void)
{
  return g_object_new (GEZ_TYPE_SESSION_WATCH, NULL);
}

/**
 * gez_session_watch_let_sleep:
 *
 * What had to be done before sleep is done. After waking the watch holds sleep back again.
 */
void
gez_session_watch_let_sleep (GezSessionWatch *self)
{
  g_return_if_fail (GEZ_IS_SESSION_WATCH (self));

  if (self->inhibitor >= 0)
    g_close (self->inhibitor, NULL);
  self->inhibitor = -1;
}
