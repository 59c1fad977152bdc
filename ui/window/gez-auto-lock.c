/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-auto-lock.h"

#include "window/gez-session-watch.h"

/* 1. It counts, listens and holds back sleep only while the window is open.
 * 2. Time is that of the clock that counts on while the computer sleeps. The timeouts of the main loop
 *    do not: so it looks often, and again at each key.
 * 3. Who comes after the time is over does not come in with that key. */
struct _GezAutoLock
{
  GObject parent_instance;

  GezWindow *window; /* weak */
  GezClock *clock;
  GezSettings *settings;
  GezSessionWatch *watch; /* NULL while locked */
  GdkSurface *pointed;    /* where the pointer was; only compared */
  double x, y;
  gint64 touched; /* uptime, milliseconds */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (GezAutoLock, gez_auto_lock, G_TYPE_OBJECT)

#define LONGEST_PAUSE 10000 /* milliseconds between two looks at the clock */

static gboolean
is_open (GezAutoLock *self)
{
  return self->window != NULL && gez_window_is_open (self->window);
}

static gint64
get_remaining (GezAutoLock *self)
{
  gint64 allowed = (gint64) gez_settings_get_lock_minutes (self->settings) * 60 * 1000;

  return self->touched + allowed - gez_clock_get_uptime (self->clock);
}

static gboolean
timeout_cb (gpointer data)
{
  GezAutoLock *self = data;

  self->timeout = 0;
  gez_auto_lock_check (self);
  return G_SOURCE_REMOVE;
}

static gboolean
event_cb (GtkEventController *controller,
          GdkEvent           *event,
          GezAutoLock        *self)
{
  double x, y;

  switch ((guint) gdk_event_get_event_type (event))
    {
    case GDK_MOTION_NOTIFY:
      /* GTK tells of a motion as well when something else came under a pointer that rests. */
      if (!gdk_event_get_position (event, &x, &y)
          || (self->pointed == gdk_event_get_surface (event) && x == self->x && y == self->y))
        break;
      self->pointed = gdk_event_get_surface (event);
      self->x = x;
      self->y = y;
      return !gez_auto_lock_touch (self);
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCHPAD_SWIPE:
    case GDK_TOUCHPAD_PINCH:
    case GDK_PAD_BUTTON_PRESS:
      return !gez_auto_lock_touch (self);
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
toplevels_changed_cb (GListModel  *toplevels,
                      guint        position,
                      guint        n_removed,
                      guint        n_added,
                      GezAutoLock *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);
      GtkEventController *controller = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
      gtk_widget_add_controller (toplevel, controller);
    }
}

static void
session_locked_cb (GezAutoLock *self)
{
  if (is_open (self) && gez_settings_is_on (self->settings, "lock-with-session"))
    gez_window_lock (self->window);
}

/* The watch goes when the store is closed, and only then the computer sleeps. */
static void
sleep_cb (GezAutoLock *self)
{
  if (is_open (self) && gez_settings_is_on (self->settings, "lock-on-suspend"))
    gez_window_lock (self->window);
  else
    gez_session_watch_let_sleep (self->watch);
}

static void
forget_watch (GezAutoLock *self)
{
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  if (self->watch != NULL)
    g_object_run_dispose (G_OBJECT (self->watch));
  g_clear_object (&self->watch);
}

static void
open_changed_cb (GezAutoLock *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  forget_watch (self);
  if (!is_open (self))
    return;
  self->watch = gez_session_watch_new ();
  g_signal_connect_swapped (self->watch, "session-locked", G_CALLBACK (session_locked_cb), self);
  g_signal_connect_swapped (self->watch, "sleep", G_CALLBACK (sleep_cb), self);
  g_signal_connect_swapped (self->watch, "awake", G_CALLBACK (gez_auto_lock_check), self);
  self->touched = gez_clock_get_uptime (self->clock);
  gez_auto_lock_check (self);
}

static void
gez_auto_lock_dispose (GObject *object)
{
  GezAutoLock *self = GEZ_AUTO_LOCK (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  forget_watch (self);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (gez_auto_lock_parent_class)->dispose (object);
}

static void
gez_auto_lock_class_init (GezAutoLockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_auto_lock_dispose;
}

static void
gez_auto_lock_init (GezAutoLock *self)
{
}

/**
 * gez_auto_lock_new:
 * @window: whom to lock
 * @clock: tells how long nobody was there
 * @settings: when to lock
 *
 * Returns: (transfer full): the lock; the caller keeps it as long as the window
 */
GezAutoLock *
gez_auto_lock_new (GezWindow   *window,
                   GezClock    *clock,
                   GezSettings *settings)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GezAutoLock *self;

  g_return_val_if_fail (GEZ_IS_WINDOW (window), NULL);
  g_return_val_if_fail (GEZ_IS_CLOCK (clock) && GEZ_IS_SETTINGS (settings), NULL);

  self = g_object_new (GEZ_TYPE_AUTO_LOCK, NULL);
  g_set_weak_pointer (&self->window, window);
  self->clock = g_object_ref (clock);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (toplevels, "items-changed", G_CALLBACK (toplevels_changed_cb), self, 0);
  toplevels_changed_cb (toplevels, 0, 0, g_list_model_get_n_items (toplevels), self);
  g_signal_connect_object (window, "notify::is-open", G_CALLBACK (open_changed_cb), self,
                           G_CONNECT_SWAPPED);
  open_changed_cb (self);
  return self;
}

/**
 * gez_auto_lock_check:
 *
 * Looks at the clock: warns, or locks. It does so by itself often enough; this is for who moved the
 * clock.
 */
void
gez_auto_lock_check (GezAutoLock *self)
{
  const gint64 warning = GEZ_AUTO_LOCK_WARNING * 1000;
  gint64 remaining, pause;

  g_return_if_fail (GEZ_IS_AUTO_LOCK (self));

  if (!is_open (self))
    return;
  remaining = get_remaining (self);
  if (remaining <= 0)
    {
      /* When it cannot lock, because a draft cannot be written, it tries again after as long. */
      self->touched = gez_clock_get_uptime (self->clock);
      remaining = get_remaining (self);
      gez_window_lock (self->window);
    }
  gez_window_warn (self->window, remaining <= warning ? (guint) ((remaining + 999) / 1000) : 0);
  pause = remaining > warning ? remaining - warning : 1 + (remaining - 1) % 1000;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add ((guint) MIN (pause, LONGEST_PAUSE), timeout_cb, self);
}

/**
 * gez_auto_lock_touch:
 *
 * Somebody is there.
 *
 * Returns: whether it was in time; otherwise the window locks now, and what was pressed must do nothing
 */
gboolean
gez_auto_lock_touch (GezAutoLock *self)
{
  gint64 remaining;

  g_return_val_if_fail (GEZ_IS_AUTO_LOCK (self), TRUE);

  if (!is_open (self))
    return TRUE;
  remaining = get_remaining (self);
  if (remaining > 0)
    self->touched = gez_clock_get_uptime (self->clock);
  if (remaining <= GEZ_AUTO_LOCK_WARNING * 1000)
    gez_auto_lock_check (self);
  return remaining > 0;
}
