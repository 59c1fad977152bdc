/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezDateFault:
 * @GEZ_DATE_FAULT_NONE: it is a date, or nothing at all
 * @GEZ_DATE_FAULT_UNREAD: not written as a date
 * @GEZ_DATE_FAULT_NO_SUCH_DAY: the month has no such day
 * @GEZ_DATE_FAULT_WEEKDAY: the date falls on another weekday than the one beside it
 *
 * Why something is not a date.
 */
typedef enum
{
  GEZ_DATE_FAULT_NONE,
  GEZ_DATE_FAULT_UNREAD,
  GEZ_DATE_FAULT_NO_SUCH_DAY,
  GEZ_DATE_FAULT_WEEKDAY,
} GezDateFault;

/**
 * GezDateReading:
 * @fault: why it is not a date
 * @day: with GEZ_DATE_FAULT_NO_SUCH_DAY: the day that was written
 * @about: with GEZ_DATE_FAULT_NO_SUCH_DAY the first day of that month, with GEZ_DATE_FAULT_WEEKDAY the
 *   date without its weekday; YYYY-MM-DD
 */
typedef struct
{
  GezDateFault fault;
  int day;
  char about[11];
} GezDateReading;

char *gez_parse_date_words (const char     *text,
                            const char     *today);
char *gez_read_date_words  (const char     *text,
                            const char     *today,
                            GezDateReading *reading);

G_END_DECLS
