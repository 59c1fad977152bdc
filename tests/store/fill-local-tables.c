/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-store.h"

/* Part of tests/data/make-schema-fixture: puts a draft and a saved filter into a store, as the window
 * does. The words are those of the fixtures. */

#define PASSPHRASE ((GezPassphrase) { "oude wachtzin voor proeven", 26 })

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      loop)
{
  g_main_loop_quit (loop);
}

int
main (int   argc,
      char *argv[])
{
  static const GezId subject = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GezClock) clock = gez_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (argv[1], PASSPHRASE, &error);
  g_autoptr (GezStore) store = vault ? gez_store_open (vault, clock, &error) : NULL;

  g_assert_no_error (error);
  g_clear_object (&vault);
  gez_store_save_draft_async (store, "journal", &subject, "Halve zin uit een oud dossier", done_cb, loop);
  g_main_loop_run (loop);
  gez_store_save_filter_async (store, &subject, "Oud filter", "school=1", done_cb, loop);
  g_main_loop_run (loop);
  gez_store_close (store, &error);
  g_assert_no_error (error);
  return 0;
}
