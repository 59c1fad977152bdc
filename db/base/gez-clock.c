/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-clock.h"

#include <sys/random.h>
#include <time.h>

#include "base/gez-date.h"

/* Time and randomness as one parameter, so that tests never sleep and never see the real date.
 *
 * Instants are milliseconds since 1970 in UTC. Dates follow the time zone of the team (default
 * Europe/Brussels), never that of the machine: two colleagues must agree on what "today" is.
 *
 * Thread: every function may be called from any thread; a fixed clock is guarded by its lock. */

struct _GezClock
{
  GObject parent_instance;

  GMutex lock;
  GTimeZone *zone;
  GRand *random;  /* NULL: the system's own source */
  gint64 fixed;   /* -1: the system's own clock */
  gint64 counted; /* the instant that was counted last */
  guint count;
};

G_DEFINE_FINAL_TYPE (GezClock, gez_clock, G_TYPE_OBJECT)

#define DEFAULT_ZONE "Europe/Brussels"

static GTimeZone *
load_zone (const char *identifier)
{
  GTimeZone *zone = g_time_zone_new_identifier (identifier);

  return zone ? zone : g_time_zone_new_utc ();
}

static GDateTime *
local_time (GezClock *self,
            gint64    instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / 1000);
  g_autoptr (GTimeZone) zone = gez_clock_get_time_zone (self);

  return utc ? g_date_time_to_timezone (utc, zone) : NULL;
}

static void
gez_clock_finalize (GObject *object)
{
  GezClock *self = GEZ_CLOCK (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->random, g_rand_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (gez_clock_parent_class)->finalize (object);
}

static void
gez_clock_class_init (GezClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_clock_finalize;
}

static void
gez_clock_init (GezClock *self)
{
  g_mutex_init (&self->lock);
  self->fixed = -1;
  self->counted = -1;
  self->zone = load_zone (DEFAULT_ZONE);
}

/**
 * gez_clock_new:
 *
 * Returns: (transfer full): the system's clock and random source
 */
GezClock *
gez_clock_new (void)
{
  return g_object_new (GEZ_TYPE_CLOCK, NULL);
}

/**
 * gez_clock_new_fixed:
 * @now: milliseconds since 1970, UTC
 * @seed: the same seed gives the same identities
 *
 * Returns: (transfer full): a clock that stands still and repeats itself, for tests and for the
 *   demonstration caseload. Never for real work: its identities are predictable.
 */
GezClock *
gez_clock_new_fixed (gint64  now,
                     guint32 seed)
{
  GezClock *self = g_object_new (GEZ_TYPE_CLOCK, NULL);

  self->fixed = now;
  self->random = g_rand_new_with_seed (seed);
  return self;
}

/**
 * gez_clock_set_now:
 *
 * Moves a fixed clock.
 */
void
gez_clock_set_now (GezClock *self,
                   gint64    now)
{
  g_return_if_fail (GEZ_IS_CLOCK (self) && self->random != NULL);

  g_mutex_lock (&self->lock);
  self->fixed = now;
  g_mutex_unlock (&self->lock);
}

/**
 * gez_clock_set_seed:
 *
 * Has a fixed clock repeat what a new one with this seed gives.
 */
void
gez_clock_set_seed (GezClock *self,
                    guint32   seed)
{
  g_return_if_fail (GEZ_IS_CLOCK (self) && self->random != NULL);

  g_mutex_lock (&self->lock);
  g_rand_set_seed (self->random, seed);
  self->counted = -1;
  self->count = 0;
  g_mutex_unlock (&self->lock);
}

/**
 * gez_clock_get_now:
 *
 * Returns: milliseconds since 1970, UTC
 */
gint64
gez_clock_get_now (GezClock *self)
{
  gint64 now;

  g_return_val_if_fail (GEZ_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  now = self->fixed >= 0 ? self->fixed : g_get_real_time () / 1000;
  g_mutex_unlock (&self->lock);
  return now;
}

/**
 * gez_clock_get_uptime:
 *
 * For measuring how long something took. It counts on while the computer sleeps, and does not jump when
 * somebody sets the time.
 *
 * Returns: milliseconds since some moment in the past; of a fixed clock, what it stands at
 */
gint64
gez_clock_get_uptime (GezClock *self)
{
  struct timespec passed = { 0 };

  g_return_val_if_fail (GEZ_IS_CLOCK (self), 0);

  if (self->random != NULL)
    return gez_clock_get_now (self);
  if (clock_gettime (CLOCK_BOOTTIME, &passed) != 0)
    return g_get_monotonic_time () / 1000;
  return (gint64) passed.tv_sec * 1000 + passed.tv_nsec / 1000000;
}

/**
 * gez_clock_count:
 * @instant: what gez_clock_get_now() said
 *
 * Numbers what is made in one millisecond, so that it can be told apart and ordered.
 *
 * Returns: how often in a row this was asked for @instant before
 */
guint
gez_clock_count (GezClock *self,
                 gint64    instant)
{
  guint count;

  g_return_val_if_fail (GEZ_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  self->count = self->counted == instant ? self->count + 1 : 0;
  self->counted = instant;
  count = self->count;
  g_mutex_unlock (&self->lock);
  return count;
}

/**
 * gez_clock_get_today:
 *
 * Returns: (transfer full): the team's date now, "YYYY-MM-DD"
 */
char *
gez_clock_get_today (GezClock *self)
{
  return gez_clock_date_of (self, gez_clock_get_now (self));
}

/**
 * gez_clock_get_time_zone:
 *
 * Returns: (transfer full): the team's time zone
 */
GTimeZone *
gez_clock_get_time_zone (GezClock *self)
{
  GTimeZone *zone;

  g_return_val_if_fail (GEZ_IS_CLOCK (self), NULL);

  g_mutex_lock (&self->lock);
  zone = g_time_zone_ref (self->zone);
  g_mutex_unlock (&self->lock);
  return zone;
}

/**
 * gez_clock_set_time_zone:
 * @identifier: an IANA name; an unknown one gives UTC
 */
void
gez_clock_set_time_zone (GezClock   *self,
                         const char *identifier)
{
  GTimeZone *zone;

  g_return_if_fail (GEZ_IS_CLOCK (self) && identifier != NULL);

  zone = load_zone (identifier);
  g_mutex_lock (&self->lock);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  g_mutex_unlock (&self->lock);
}

/**
 * gez_clock_date_of:
 * @instant: milliseconds since 1970, UTC
 *
 * Returns: (transfer full): the date of @instant in the team's time zone
 */
char *
gez_clock_date_of (GezClock *self,
                   gint64    instant)
{
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (GEZ_IS_CLOCK (self), NULL);

  local = local_time (self, instant);
  return local ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("1970-01-01");
}

/**
 * gez_clock_time_of:
 *
 * Returns: (transfer full): the time of @instant in the team's time zone, "HH:MM"
 */
char *
gez_clock_time_of (GezClock *self,
                   gint64    instant)
{
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (GEZ_IS_CLOCK (self), NULL);

  local = local_time (self, instant);
  return local ? g_date_time_format (local, "%H:%M") : g_strdup ("00:00");
}

/**
 * gez_clock_instant_of:
 * @date: "YYYY-MM-DD"
 * @time: (nullable): "HH:MM", or midnight
 *
 * A time that the change to summer time skips becomes the first one after it.
 *
 * Returns: milliseconds since 1970 in UTC; 0 when @date or @time is not one
 */
gint64
gez_clock_instant_of (GezClock   *self,
                      const char *date,
                      const char *time)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) local = NULL;
  int hour = 0, minute = 0;
  GDate day;

  g_return_val_if_fail (GEZ_IS_CLOCK (self), 0);

  if (!gez_date_parse (date, &day) || (time && !gez_date_parse_time (time, &hour, &minute)))
    return 0;
  zone = gez_clock_get_time_zone (self);
  local = g_date_time_new (zone, g_date_get_year (&day), g_date_get_month (&day),
                           g_date_get_day (&day), hour, minute, 0);
  return local ? g_date_time_to_unix (local) * 1000 : 0;
}

/**
 * gez_clock_fill_random:
 * @buffer: (out caller-allocates): receives the bytes
 * @size: how many, at most 256
 *
 * For identities only. Keys and nonces come from libsodium.
 */
void
gez_clock_fill_random (GezClock *self,
                       void     *buffer,
                       gsize     size)
{
  guint8 *bytes = buffer;

  g_return_if_fail (GEZ_IS_CLOCK (self) && size <= 256);

  g_mutex_lock (&self->lock);
  if (self->random)
    for (gsize i = 0; i < size; i++)
      bytes[i] = (guint8) g_rand_int_range (self->random, 0, 256);
  else if (getrandom (buffer, size, 0) != (gssize) size)
    g_error ("the system gives no randomness");
  g_mutex_unlock (&self->lock);
}
