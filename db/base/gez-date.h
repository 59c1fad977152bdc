/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean gez_date_parse         (const char  *text,
                                 GDate       *date);
gboolean gez_date_is_valid      (const char  *text);
char    *gez_date_format        (const GDate *date);
char    *gez_date_add_days      (const char  *text,
                                 int          days);
int      gez_date_days_between  (const char  *from,
                                 const char  *to);
int      gez_date_age           (const char  *birth,
                                 const char  *today);
gboolean gez_date_parse_time    (const char  *text,
                                 int         *hour,
                                 int         *minute);
gboolean gez_date_parse_instant (const char  *text,
                                 gint64      *instant);
char    *gez_date_format_instant (gint64     instant);

G_END_DECLS
