/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/gez-error.h"
#include "counts.h"
#include "fault-script.h"

/*
 * The disk fails at the first, the second, the third … operation of a kind, once or for ever, until
 * a day of work passes that meets no failure. After each: whoever worked was told, in the right
 * words; nothing acknowledged is lost, also when the power goes next; the store opens and is sound.
 * GEZINSPLAN_DAYS asks for more days.
 */

#define N_COMMITS 6

typedef struct
{
  const char *name;
  PowerOperation operation;
  PowerFault fault;
} Kind;

static const Kind kinds[] = {
  { "read/fails", POWER_READ, POWER_FAILS },
  { "read/short", POWER_READ, POWER_SHORT },
  { "write/fails", POWER_WRITE, POWER_FAILS },
  { "write/short", POWER_WRITE, POWER_SHORT },
  { "write/full", POWER_WRITE, POWER_FULL },
  { "sync/fails", POWER_SYNC, POWER_FAILS },
  { "sync/full", POWER_SYNC, POWER_FULL },
  { "truncate/fails", POWER_TRUNCATE, POWER_FAILS },
  { "truncate/full", POWER_TRUNCATE, POWER_FULL },
  { "open/fails", POWER_OPEN, POWER_FAILS },
  { "open/full", POWER_OPEN, POWER_FULL },
  { "delete/fails", POWER_DELETE, POWER_FAILS },
  { "size/fails", POWER_SIZE, POWER_FAILS },
  { "access/fails", POWER_ACCESS, POWER_FAILS },
};

/* What SQLite may say: never that something is damaged, for nothing is. */
static gboolean
is_right_code (const Kind *kind,
               int         code)
{
  int first = code & 0xff;

  if (code == SQLITE_IOERR_AUTH)
    return FALSE;
  return first == SQLITE_IOERR || (kind->operation == POWER_OPEN && first == SQLITE_CANTOPEN)
         || (kind->operation == POWER_WRITE && kind->fault == POWER_FULL && first == SQLITE_FULL);
}

static gboolean
is_right_error (const Kind   *kind,
                const GError *error)
{
  GezVaultError code = kind->fault == POWER_FULL ? GEZ_VAULT_ERROR_NO_SPACE : GEZ_VAULT_ERROR_IO;

  return g_error_matches (error, GEZ_VAULT_ERROR, (int) code);
}

static void
check_words (FaultScript *script,
             const Kind  *kind,
             const char  *place)
{
  for (guint i = 0; i < script->failures->len; i++)
    if (!is_right_code (kind, g_array_index (script->failures, int, i)))
      {
        g_test_message ("%s: %d", place, g_array_index (script->failures, int, i));
        g_assert_not_reached ();
      }
  for (guint i = 0; i < script->errors->len; i++)
    if (!is_right_error (kind, script->errors->pdata[i]))
      {
        g_test_message ("%s: %s", place, ((GError *) script->errors->pdata[i])->message);
        g_assert_not_reached ();
      }
}

/* Returns whether the fault came at all. */
static gboolean
try_place (FaultScript *script,
           const Kind  *kind,
           guint32      seed,
           gint         n_before,
           gint         n_faults)
{
  guint n_failed = power_vfs_get_n_failed (script->disk);
  g_autofree char *place = g_strdup_printf ("%s after %d, %s, day %u", kind->name, n_before,
                                            n_faults == 1 ? "once" : "for ever", seed);
  const char *wrong;

  power_vfs_fail (script->disk, kind->operation, kind->fault, n_before, n_faults);
  fault_script_run (script, seed, N_COMMITS);
  power_vfs_fail (script->disk, kind->operation, kind->fault, 0, 0);
  check_words (script, kind, place);
  if (n_before % 2 == 1)
    power_vfs_lose_power (script->disk);
  wrong = fault_script_check (script);
  if (wrong != NULL)
    g_test_message ("%s: %s", place, wrong);
  g_assert_null (wrong);
  return power_vfs_get_n_failed (script->disk) > n_failed;
}

static guint
count_days (void)
{
  const char *text = g_getenv ("GEZINSPLAN_DAYS");

  return text ? (guint) strtoul (text, NULL, 10) : 3;
}

static void
test_faults (gconstpointer data)
{
  const Kind *kind = data;
  gint64 n_places = 0, n_failed = 0;

  for (guint32 day = 1; day <= count_days (); day++)
    {
      FaultScript *script = fault_script_new (day);

      for (gint n_before = 0; try_place (script, kind, day, n_before, 1); n_before++)
        n_places++;
      for (gint n_before = 0; try_place (script, kind, day, n_before, G_MAXINT); n_before++)
        n_places++;
      n_failed += power_vfs_get_n_failed (script->disk);
      fault_script_free (script);
    }
  g_assert_cmpint (n_places, >, 0);
  counts_add ("faults of the disk, each at its own place", n_places);
  counts_add ("operations of the disk that failed", n_failed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/vault/faults/", kinds[i].name, NULL);

      g_test_add_data_func (path, &kinds[i], test_faults);
    }
  return g_test_run ();
}
