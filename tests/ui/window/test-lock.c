/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "preferences/gez-preferences.h"
#include "store-fixture.h"
#include "window/gez-auto-lock.h"

#define NOW G_GINT64_CONSTANT (1795248000000)
#define SECONDS 1000
#define MINUTES (60 * SECONDS)
#define PATIENCE (20 * G_USEC_PER_SEC)

/* The window with an open store, on a clock that stands still. */
typedef struct
{
  StoreFixture *fixture;
  GezContext *context;
  GezSettings *settings;
  GtkWidget *window;
  GezAutoLock *lock;
} Case;

static void
wait_until (gboolean (*condition) (Case *self),
            Case *self)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!condition (self))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_locked (Case *self)
{
  return !gez_window_is_open (GEZ_WINDOW (self->window));
}

static Case *
case_new (void)
{
  Case *self = g_new0 (Case, 1);
  GezOpening *opening;
  g_autoptr (GError) error = NULL;

  self->fixture = store_fixture_new (NOW);
  self->context = gez_context_load (self->fixture->store, &error);
  g_assert_no_error (error);
  self->settings = gez_settings_get_default ();
  g_object_set (self->settings, "lock-minutes", 5, "lock-on-suspend", TRUE, "lock-with-session", TRUE,
                NULL);
  opening = gez_opening_new (self->fixture->directory, self->fixture->clock, GEZ_KDF_COST_TEST);
  self->window = gez_window_new (NULL, opening);
  gez_opening_free (opening);
  self->lock = gez_auto_lock_new (GEZ_WINDOW (self->window), self->fixture->clock, self->settings);
  gez_window_show (GEZ_WINDOW (self->window), self->context);
  gtk_window_present (GTK_WINDOW (self->window));
  return self;
}

/* The window closes the store when it locks, whatever it is locked for. */
static void
case_free (Case *self)
{
  gez_window_lock (GEZ_WINDOW (self->window));
  wait_until (is_locked, self);
  g_assert_finalize_object (self->lock);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->context);
  g_clear_object (&self->fixture->store);
  store_fixture_free (self->fixture);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static void
pass_time (Case  *self,
           gint64 milliseconds)
{
  GezClock *clock = self->fixture->clock;

  gez_clock_set_now (clock, gez_clock_get_now (clock) + milliseconds);
  gez_auto_lock_check (self->lock);
}

static gboolean
warns (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), "Any key") != NULL)
    return gtk_widget_get_visible (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (warns (child))
      return TRUE;
  return FALSE;
}

static void
test_idle (void)
{
  g_autoptr (Case) self = case_new ();

  pass_time (self, 4 * MINUTES + 39 * SECONDS);
  g_assert_false (warns (self->window));
  pass_time (self, 2 * SECONDS);
  g_assert_true (warns (self->window));
  g_assert_false (is_locked (self));
  pass_time (self, 19 * SECONDS);
  wait_until (is_locked, self);
  g_assert_false (warns (self->window));
}

static void
test_somebody_is_there (void)
{
  g_autoptr (Case) self = case_new ();

  for (guint i = 0; i < 10; i++)
    {
      pass_time (self, 4 * MINUTES + 50 * SECONDS);
      g_assert_true (warns (self->window));
      g_assert_true (gez_auto_lock_touch (self->lock));
      g_assert_false (warns (self->window));
    }
  g_assert_false (is_locked (self));
}

/* As after a sleep: nothing looked at the clock before the key came. */
static void
test_too_late (void)
{
  g_autoptr (Case) self = case_new ();
  GezClock *clock = self->fixture->clock;

  gez_clock_set_now (clock, gez_clock_get_now (clock) + 5 * MINUTES);
  g_assert_false (gez_auto_lock_touch (self->lock));
  wait_until (is_locked, self);
}

static void
test_other_minutes (void)
{
  g_autoptr (Case) self = case_new ();

  g_object_set (self->settings, "lock-minutes", 30, NULL);
  pass_time (self, 29 * MINUTES);
  g_assert_false (is_locked (self));
  g_object_set (self->settings, "lock-minutes", 1, NULL);
  gez_auto_lock_check (self->lock);
  wait_until (is_locked, self);
}

static void
test_dialogs (void)
{
  g_autoptr (Case) self = case_new ();

  gez_preferences_present (GTK_WINDOW (self->window), self->context);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 2);
  pass_time (self, 5 * MINUTES);
  wait_until (is_locked, self);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

static void
test_clipboards (void)
{
  g_autoptr (Case) self = case_new ();
  GdkClipboard *copied = gtk_widget_get_clipboard (self->window);
  GdkClipboard *selected = gtk_widget_get_primary_clipboard (self->window);

  gdk_clipboard_set_text (copied, "Gezin Kanarievogel");
  gdk_clipboard_set_text (selected, "Gezin Kanarievogel");
  gez_window_lock (GEZ_WINDOW (self->window));
  wait_until (is_locked, self);
  g_assert_null (gdk_clipboard_get_content (copied));
  g_assert_null (gdk_clipboard_get_content (selected));
  g_assert_false (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (copied),
                                                     G_TYPE_STRING));
}

typedef struct
{
  GDBusConnection *bus;
  guint heard;
} Bus;

static void
marker_cb (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal,
           GVariant        *parameters,
           gpointer         bus)
{
  ((Bus *) bus)->heard++;
}

/* Says something on the bus and waits until everybody in this process heard it: the bus keeps the
 * order, so a second signal comes after the first. */
static void
say (Bus        *bus,
     const char *interface,
     const char *signal,
     GVariant   *parameters)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint before = bus->heard;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (bus->bus, NULL, "/test", interface, signal, parameters, &error);
  g_assert_no_error (error);
  g_dbus_connection_emit_signal (bus->bus, NULL, "/test", "be.gezinsplan.Test", "Marker", NULL, &error);
  g_assert_no_error (error);
  while (bus->heard == before)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
connect_bus (Bus      *bus,
             GBusType  type)
{
  g_autoptr (GError) error = NULL;

  bus->heard = 0;
  bus->bus = g_bus_get_sync (type, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_signal_subscribe (bus->bus, NULL, "be.gezinsplan.Test", "Marker", NULL, NULL, 0,
                                      marker_cb, bus, NULL);
}

static gboolean
is_locking (Case *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), "lock");

  return !g_action_get_enabled (action);
}

/* Whoever switched it off is not locked out; switched on again it locks. */
static void
check_switch (const char *name,
              GBusType    type,
              const char *interface,
              const char *signal,
              gboolean    has_flag)
{
  g_autoptr (Case) self = case_new ();
  Bus bus;

  connect_bus (&bus, type);
  g_object_set (self->settings, name, FALSE, NULL);
  for (guint i = 0; i < 3; i++)
    say (&bus, interface, signal, has_flag ? g_variant_new ("(b)", TRUE) : NULL);
  g_assert_false (is_locking (self));
  if (has_flag)
    {
      g_object_set (self->settings, name, TRUE, NULL);
      say (&bus, interface, signal, g_variant_new ("(b)", FALSE));
      g_assert_false (is_locking (self));
    }
  g_object_set (self->settings, name, TRUE, NULL);
  while (!is_locking (self))
    say (&bus, interface, signal, has_flag ? g_variant_new ("(b)", TRUE) : NULL);
  wait_until (is_locked, self);
  g_object_unref (bus.bus);
}

static void
test_screen_saver (void)
{
  check_switch ("lock-with-session", G_BUS_TYPE_SESSION, "org.freedesktop.ScreenSaver",
                "ActiveChanged", TRUE);
}

static void
test_session (void)
{
  check_switch ("lock-with-session", G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Session", "Lock",
                FALSE);
}

static void
test_sleep (void)
{
  check_switch ("lock-on-suspend", G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Manager",
                "PrepareForSleep", TRUE);
}

int
main (int    argc,
      char **argv)
{
  const char *bus = g_getenv ("DBUS_SESSION_BUS_ADDRESS");

  /* The private bus of the test is both; nobody answers on it. */
  if (bus != NULL)
    g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", bus, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/lock/idle", test_idle);
  g_test_add_func ("/lock/somebody-is-there", test_somebody_is_there);
  g_test_add_func ("/lock/too-late", test_too_late);
  g_test_add_func ("/lock/other-minutes", test_other_minutes);
  g_test_add_func ("/lock/dialogs", test_dialogs);
  g_test_add_func ("/lock/clipboards", test_clipboards);
  g_test_add_func ("/lock/screen-saver", test_screen_saver);
  g_test_add_func ("/lock/session", test_session);
  g_test_add_func ("/lock/sleep", test_sleep);
  return g_test_run ();
}
