/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define GEZ_TYPE_CLOCK (gez_clock_get_type ())
G_DECLARE_FINAL_TYPE (GezClock, gez_clock, GEZ, CLOCK, GObject)

GezClock   *gez_clock_new           (void);
GezClock   *gez_clock_new_fixed     (gint64      now,
                                     guint32     seed);
void        gez_clock_set_now       (GezClock   *self,
                                     gint64      now);
void        gez_clock_set_seed      (GezClock   *self,
                                     guint32     seed);
gint64      gez_clock_get_now       (GezClock   *self);
gint64      gez_clock_get_uptime    (GezClock   *self);
guint       gez_clock_count         (GezClock   *self,
                                     gint64      instant);
char       *gez_clock_get_today     (GezClock   *self);
GTimeZone  *gez_clock_get_time_zone (GezClock   *self);
void        gez_clock_set_time_zone (GezClock   *self,
                                     const char *identifier);
char       *gez_clock_date_of       (GezClock   *self,
                                     gint64      instant);
gint64      gez_clock_instant_of    (GezClock   *self,
                                     const char *date,
                                     const char *time);
char       *gez_clock_time_of       (GezClock   *self,
                                     gint64      instant);
void        gez_clock_fill_random   (GezClock   *self,
                                     void       *buffer,
                                     gsize       size);

G_END_DECLS
