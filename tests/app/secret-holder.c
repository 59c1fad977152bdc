/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "store/gez-database-private.h"
#include "store/gez-store.h"
#include "vault/gez-vault-keys.h"
#include "vault/gez-vault-recovery.h"

/*
 * A program of this project without a window, for others to look into: it hardens itself, opens
 * or makes the store in the directory it is given, and does what its standard input says, one
 * line at a time. The first line is the passphrase; it is read straight into locked memory.
 */

#define NOW G_GINT64_CONSTANT (1773306000000)
#define LINE_SIZE_MAX 4096
#define NOTES_MAX 10000

static GezStore *store;

static void
answer (const char *format,
        ...) G_GNUC_PRINTF (1, 2);

static void
answer (const char *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static void
expect (gboolean done,
        GError  *error)
{
  if (done)
    return;
  answer ("failed: %s", error ? error->message : "");
  exit (1);
}

/* Not through stdio, whose buffer would keep a copy. */
static gsize
read_passphrase (GezSecret *secret)
{
  gsize length = 0;

  while (length < GEZ_SECRET_SIZE && read (STDIN_FILENO, &secret->bytes[length], 1) == 1 &&
         secret->bytes[length] != '\n')
    length++;
  return length;
}

static void
open_store (const char *directory)
{
  GezStoreOwner owner = { "Testteam", "Testa Verzonnen", "casemanager", NULL };
  g_autoptr (GezClock) clock = gez_clock_new_fixed (NOW, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) secret = gez_secret_new (&error);
  g_autoptr (GezVault) vault = NULL;
  gboolean is_new = !gez_vault_exists (directory);
  GezPassphrase passphrase = { (const char *) secret->bytes, read_passphrase (secret) };

  vault = is_new ? gez_vault_create (directory, passphrase, GEZ_KDF_COST_TEST, &error)
                 : gez_vault_unlock (directory, passphrase, &error);
  expect (vault != NULL, error);
  store = is_new ? gez_store_create (vault, clock, &owner, &error)
                 : gez_store_open (vault, clock, &error);
  expect (store != NULL, error);
}

static void
set_cell (GezChange       *change,
          const GezColumn *column,
          const GezId     *id,
          const char      *text)
{
  switch (column->kind)
    {
    case GEZ_COLUMN_TEXT:
      gez_change_set_text (change, column->name, column->codes ? column->codes[0] : text);
      break;
    case GEZ_COLUMN_DATE:
      gez_change_set_text (change, column->name, "2026-03-12");
      break;
    case GEZ_COLUMN_TIME:
      gez_change_set_text (change, column->name, "10:00");
      break;
    case GEZ_COLUMN_ID:
    case GEZ_COLUMN_FILE:
      gez_change_set_id (change, column->name, id);
      break;
    case GEZ_COLUMN_KEY:
      gez_change_set_key (change, column->name, (const guint8[GEZ_FILE_KEY_SIZE]) { 1 });
      break;
    case GEZ_COLUMN_CIRCLE:
      break;
    case GEZ_COLUMN_INTEGER:
    case GEZ_COLUMN_INSTANT:
    case GEZ_COLUMN_BOOLEAN:
    default:
      gez_change_set_integer (change, column->name, 1);
    }
}

/* A row in every shared table, @text in every column that holds words of people. All rows have
 * one id, so that every reference finds something. */
static gpointer
make_rows (GezDatabase *database,
           gpointer     text,
           GError     **error)
{
  GezChange *change = gez_change_new ("fill");
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (database));
  GezId id = gez_id_new (gez_database_get_clock (database));

  for (guint t = 0; t < tables->len; t++)
    {
      const GezTable *table = g_ptr_array_index (tables, t);

      gez_change_insert (change, table->name, &id, gez_circle_team ());
      for (guint i = 1; i < table->n_columns; i++)
        if (i != table->id_column && !g_str_has_prefix (table->columns[i].name, "withdrawn_"))
          set_cell (change, &table->columns[i], &id, text);
    }
  return change;
}

static void
fill (const char *text)
{
  g_autoptr (GezQuery) query = gez_query_new (make_rows, g_strdup (text), g_free, g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezChange) change = gez_store_run (store, query, &error);

  expect (change != NULL, error);
  expect (gez_store_commit (store, change, &error) != 0, error);
  answer ("filled");
}

/* As somebody types: nobody waits for the answer. */
static void
type_draft (const char *text)
{
  GezId subject = { { 1 } };

  gez_store_save_draft_async (store, "journal", &subject, text, NULL, NULL);
  answer ("typed");
}

static gboolean
commit_note (GezClock *clock,
             guint     number,
             GError  **error)
{
  g_autoptr (GezChange) change = gez_change_new ("note");
  g_autofree char *content = g_strdup_printf ("notitie %u", number);
  GezId id = gez_id_new (clock);

  gez_change_insert (change, "note", &id, gez_circle_team ());
  gez_change_set_integer (change, "written_at", NOW);
  gez_change_set_text (change, "content", content);
  return gez_store_commit (store, change, error) != 0;
}

/* No file may become larger than @size: a disk that is full, for this process alone. */
static void
fill_disk (rlim_t size)
{
  struct rlimit limit = { size, size };
  g_autoptr (GError) error = NULL;
  guint kept = 0;

  signal (SIGXFSZ, SIG_IGN);
  expect (setrlimit (RLIMIT_FSIZE, &limit) == 0, NULL);
  while (kept < NOTES_MAX && commit_note (gez_store_get_clock (store), kept, &error))
    kept++;
  answer ("kept %u %d", kept,
          g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NO_SPACE) ||
          g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO));
}

static void
tell_protection (void)
{
  struct rlimit core;

  getrlimit (RLIMIT_CORE, &core);
  answer ("dumpable %d core %lu", prctl (PR_GET_DUMPABLE, 0, 0, 0, 0),
          (unsigned long) core.rlim_cur);
}

static void
lock_store (void)
{
  g_autoptr (GError) error = NULL;

  expect (gez_store_close (store, &error), error);
  g_clear_object (&store);
  answer ("locked");
}

/* The line behind the command is the new passphrase; it comes when this says that it may. */
static void
change_passphrase (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) secret = gez_secret_new (&error);
  g_autoptr (GezVault) vault = gez_store_ref_vault (store);
  GezPassphrase next = { (const char *) secret->bytes, 0 };

  answer ("which");
  next.length = read_passphrase (secret);
  expect (gez_vault_set_passphrase (vault, next, GEZ_KDF_COST_TEST, &error), error);
  expect (gez_vault_check_passphrase (vault, next, &error), error);
  answer ("changed");
}

/* A sheet that is made, and looked at again. */
static void
make_sheet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) code = gez_secret_new (&error);
  g_autoptr (GezVault) vault = gez_store_ref_vault (store);

  answer ("which");
  expect (read_passphrase (code) == GEZ_RECOVERY_CODE_SIZE, NULL);
  expect (gez_vault_set_recovery (vault, code, &error), error);
  expect (gez_vault_check_recovery (vault, code, &error), error);
  answer ("made");
}

static void
obey (const char *line)
{
  if (g_str_has_prefix (line, "fill "))
    fill (line + strlen ("fill "));
  else if (g_str_has_prefix (line, "draft "))
    type_draft (line + strlen ("draft "));
  else if (g_str_has_prefix (line, "fill-disk "))
    fill_disk (strtoul (line + strlen ("fill-disk "), NULL, 10));
  else if (g_str_equal (line, "protection"))
    tell_protection ();
  else if (g_str_equal (line, "passphrase"))
    change_passphrase ();
  else if (g_str_equal (line, "sheet"))
    make_sheet ();
  else if (g_str_equal (line, "lock"))
    lock_store ();
  else if (g_str_equal (line, "crash"))
    abort ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  char line[LINE_SIZE_MAX];

  expect (argc == 2, NULL);
  expect (gez_vault_process_harden (&error), error);
  open_store (argv[1]);
  answer ("open");
  while (fgets (line, sizeof line, stdin))
    obey (g_strchomp (line));
  return 0;
}
