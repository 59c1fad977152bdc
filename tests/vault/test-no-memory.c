/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/gez-error.h"
#include "counts.h"
#include "fault-script.h"
#include "memory-faults.h"

/*
 * SQLite gets no memory at its first, second, third … request, once or for ever, until a day of
 * work passes that meets no failure. After each: nothing acknowledged is lost, nothing is said to be
 * damaged, what SQLite took it gave back, and the store opens and is sound.
 * (Memory that GLib cannot get ends the program; a program that ends there loses what kill -9 does.)
 * GEZINSPLAN_DAYS asks for more days.
 */

#define N_COMMITS 2

static void
check_words (FaultScript *script,
             const char  *place)
{
  for (guint i = 0; i < script->failures->len; i++)
    if (g_array_index (script->failures, int, i) != SQLITE_NOMEM
        && g_array_index (script->failures, int, i) != SQLITE_IOERR_NOMEM)
      {
        g_test_message ("%s: %d", place, g_array_index (script->failures, int, i));
        g_assert_not_reached ();
      }
  for (guint i = 0; i < script->errors->len; i++)
    if (!g_error_matches (script->errors->pdata[i], GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY))
      {
        g_test_message ("%s: %s", place, ((GError *) script->errors->pdata[i])->message);
        g_assert_not_reached ();
      }
}

/* Returns whether the fault came at all. */
static gboolean
try_place (FaultScript *script,
           guint32      day,
           gint         n_before,
           gboolean     is_for_ever)
{
  guint n_failed = memory_faults_get_n ();
  gint n_taken = memory_faults_n_taken ();
  g_autofree char *place = g_strdup_printf ("no memory after %d requests, %s, day %u", n_before,
                                            is_for_ever ? "for ever" : "once", day);
  const char *wrong;

  memory_faults_plan (n_before, is_for_ever);
  fault_script_run (script, day, N_COMMITS);
  memory_faults_stop ();
  if (memory_faults_n_taken () != n_taken)
    g_test_message ("%s: %d not given back", place, memory_faults_n_taken () - n_taken);
  g_assert_cmpint (memory_faults_n_taken (), ==, n_taken);
  check_words (script, place);
  wrong = fault_script_check (script);
  if (wrong != NULL)
    g_test_message ("%s: %s", place, wrong);
  g_assert_null (wrong);
  return memory_faults_get_n () > n_failed;
}

static gint
count_days (void)
{
  const char *text = g_getenv ("GEZINSPLAN_DAYS");

  return text ? atoi (text) : 1;
}

static void
test_no_memory (gconstpointer data)
{
  gboolean is_for_ever = GPOINTER_TO_INT (data);
  gint64 n_places = 0;

  for (gint day = 1; day <= count_days (); day++)
    {
      FaultScript *script = fault_script_new ((guint32) day);

      for (gint n_before = 0; try_place (script, (guint32) day, n_before, is_for_ever); n_before++)
        n_places++;
      fault_script_free (script);
    }
  g_assert_cmpint (n_places, >, 100);
  counts_add ("requests for memory refused, each at its own place", n_places);
}

int
main (int argc, char **argv)
{
  memory_faults_install ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/vault/no-memory/once", GINT_TO_POINTER (FALSE), test_no_memory);
  g_test_add_data_func ("/vault/no-memory/for-ever", GINT_TO_POINTER (TRUE), test_no_memory);
  return g_test_run ();
}
