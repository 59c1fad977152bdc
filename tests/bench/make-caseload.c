/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/demo/gez-demo.h"
#include "model/gez-record-edit.h"

/* Makes the store that the window is measured with: 2,000 households with 100 contacts each, and one
 * file with 5,000, "Gezin Langverhaal". The passphrase is the second argument; what deriving its key
 * costs is left out of every figure. */

#define HOUSEHOLDS 2000
#define CONTACTS 100
#define LONG_FILE_CONTACTS 5000
#define LONG_FILE_NAME "Gezin Langverhaal"

static void
progress_cb (guint    done,
             guint    total,
             gpointer data)
{
  if (done % 100 == 0)
    g_printerr ("%u of %u households\n", done, total);
}

static gpointer
find_long_file (GezDatabase *database,
                gpointer     nothing,
                GError     **error)
{
  g_autoptr (GezStatement) statement =
    gez_database_query (database, error,
                        "SELECT household_id FROM contact GROUP BY household_id"
                        " ORDER BY count(*) DESC LIMIT 1", GEZ_END);
  GezId id;

  if (statement == NULL || !gez_statement_next (statement, error))
    return NULL;
  id = gez_statement_get_id (statement, 0);
  return g_memdup2 (&id, sizeof id);
}

/* The only one that is looked for by name. */
static gboolean
name_long_file (GezStore *store,
                GezClock *clock,
                GError  **error)
{
  g_autoptr (GezQuery) query = gez_query_new (find_long_file, NULL, NULL, g_free);
  g_autofree GezId *household = gez_store_run (store, query, error);
  g_autoptr (GezQuery) lists_query = gez_lists_query (NULL);
  g_autoptr (GezLists) lists = NULL;
  g_autoptr (GezContext) context = NULL;
  const GezId *member;

  if (household == NULL || (lists = gez_store_run (store, lists_query, error)) == NULL)
    return FALSE;
  member = gez_record_get_id (g_ptr_array_index (gez_lists_get_members (lists), 0));
  context = gez_context_new (store, clock, lists, member);
  return gez_store_commit (store,
                           gez_record_edit_text (context, "edit-household", "household", household,
                                                 "name", LONG_FILE_NAME),
                           error) != 0;
}

static gboolean
fill (GezStore *store,
      GezClock *clock,
      GError  **error)
{
  GezDemoOptions many = { .households = HOUSEHOLDS, .contacts = CONTACTS, .seed = 1 };
  GezDemoOptions one = { .households = 1, .contacts = LONG_FILE_CONTACTS, .seed = 2 };

  return gez_demo_fill (store, &many, progress_cb, NULL, NULL, error)
         && gez_demo_fill (store, &one, NULL, NULL, NULL, error)
         && name_long_file (store, clock, error);
}

int
main (int    argc,
      char **argv)
{
  GezStoreOwner owner = { "Testteam", "Testa Verzonnen", "casemanager", NULL };
  g_autoptr (GezClock) clock = gez_clock_new ();
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    return 2;
  vault = gez_vault_create (argv[1], (GezPassphrase) { argv[2], strlen (argv[2]) },
                            GEZ_KDF_COST_DEFAULT, &error);
  store = vault ? gez_store_create (vault, clock, &owner, &error) : NULL;
  if (store && fill (store, clock, &error) && gez_store_close (store, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
