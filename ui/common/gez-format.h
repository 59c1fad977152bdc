/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates are YYYY-MM-DD; a NULL or malformed one gives "". Every string is the caller's. */
const char *gez_format_weekday       (int         weekday);
const char *gez_format_weekday_short (int         weekday);
const char *gez_format_month         (int         month);
const char *gez_format_month_short   (int         month);

char       *gez_format_date          (const char *date);
char       *gez_format_date_long     (const char *date);
char       *gez_format_month_year    (const char *date);
char       *gez_format_date_near     (const char *date,
                                      const char *today);
char       *gez_format_due           (const char *date,
                                      const char *today);
char       *gez_format_days_ago      (const char *date,
                                      const char *today);
char       *gez_format_time          (const char *time);
char       *gez_format_age           (const char *birth,
                                      const char *today);

const char *gez_language             (void);
char       *gez_escape               (const char *text);
char       *gez_capitalise           (const char *text);

G_END_DECLS
