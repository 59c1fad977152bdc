/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-functions.h"

#include "base/gez-date.h"
#include "base/gez-phone.h"
#include "store/gez-tokenizer.h"

#include <sqlite3.h>
#include <unicode/ucol.h>

/*
 * What SQL of this program may call beside SQLite's own functions:
 *
 *   local_date(instant)      the day of an instant (milliseconds) in the team's zone, YYYY-MM-DD
 *   local_time(instant)      its time of day, HH:MM
 *   local_midnight(date)     the instant at which a day starts
 *   phone_matches(phones, digits)  whether one of the numbers holds these digits (gez-phone.c)
 *   COLLATE dictionary       the order in which people look up names (ICU, Dutch)
 *   tokenize="folded ..."    words as people look for them (gez-tokenizer.c)
 *
 * 1. NULL in gives NULL out, and so does what is no date.
 * 2. No index, trigger or view uses the functions and the collation; the full-text tables alone
 *    need their tokenizer.
 */

static void
return_text (sqlite3_context *context,
             char            *text)
{
  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, text, -1, g_free);
}

static void
local_date_cb (sqlite3_context *context,
               int              n_values,
               sqlite3_value  **values)
{
  GezClock *clock = sqlite3_user_data (context);

  if (sqlite3_value_type (values[0]) != SQLITE_INTEGER)
    sqlite3_result_null (context);
  else
    return_text (context, gez_clock_date_of (clock, sqlite3_value_int64 (values[0])));
}

static void
local_time_cb (sqlite3_context *context,
               int              n_values,
               sqlite3_value  **values)
{
  GezClock *clock = sqlite3_user_data (context);

  if (sqlite3_value_type (values[0]) != SQLITE_INTEGER)
    sqlite3_result_null (context);
  else
    return_text (context, gez_clock_time_of (clock, sqlite3_value_int64 (values[0])));
}

static void
local_midnight_cb (sqlite3_context *context,
                   int              n_values,
                   sqlite3_value  **values)
{
  GezClock *clock = sqlite3_user_data (context);
  const char *date = (const char *) sqlite3_value_text (values[0]);

  if (date == NULL || !gez_date_is_valid (date))
    sqlite3_result_null (context);
  else
    sqlite3_result_int64 (context, gez_clock_instant_of (clock, date, NULL));
}

static void
phone_matches_cb (sqlite3_context *context,
                  int              n_values,
                  sqlite3_value  **values)
{
  const char *phones = (const char *) sqlite3_value_text (values[0]);
  const char *digits = (const char *) sqlite3_value_text (values[1]);

  if (phones == NULL || digits == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_int (context, gez_phone_matches (phones, digits));
}

static int
compare_cb (void       *collator,
            int         a_size,
            const void *a,
            int         b_size,
            const void *b)
{
  UErrorCode code = U_ZERO_ERROR;

  return ucol_strcollUTF8 (collator, a, a_size, b, b_size, &code);
}

static void
close_collator_cb (void *collator)
{
  ucol_close (collator);
}

static int
install_collation (sqlite3 *handle)
{
  UErrorCode status = U_ZERO_ERROR;
  UCollator *collator = ucol_open ("nl", &status);
  int code;

  if (U_FAILURE (status))
    return SQLITE_ERROR;
  code = sqlite3_create_collation_v2 (handle, "dictionary", SQLITE_UTF8, collator, compare_cb,
                                      close_collator_cb);
  if (code != SQLITE_OK)
    ucol_close (collator);
  return code;
}

/**
 * gez_functions_install:
 * @handle: an open connection
 * @clock: gives the team's zone; kept as long as the connection
 *
 * Thread: the one that uses @handle.
 *
 * Returns: an SQLite result code
 */
int
gez_functions_install (sqlite3  *handle,
                       GezClock *clock)
{
  static const struct
  {
    const char *name;
    int n_values;
    void (*call) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "local_date", 1, local_date_cb },
    { "local_time", 1, local_time_cb },
    { "local_midnight", 1, local_midnight_cb },
    { "phone_matches", 2, phone_matches_cb },
  };
  int code = install_collation (handle);

  if (code == SQLITE_OK)
    code = gez_tokenizer_install (handle);
  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (functions); i++)
    code = sqlite3_create_function_v2 (handle, functions[i].name, functions[i].n_values,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                       g_object_ref (clock), functions[i].call, NULL, NULL,
                                       g_object_unref);
  return code;
}
