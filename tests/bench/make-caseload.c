/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/demo/gez-demo.h"

/* Makes the store that the window is measured with: 2,000 households, 200,000 contacts. The
 * passphrase is the second argument; what deriving its key costs is left out of every figure. */

#define HOUSEHOLDS 2000
#define CONTACTS 100

static void
progress_cb (guint    done,
             guint    total,
             gpointer data)
{
  if (done % 100 == 0)
    g_printerr ("%u of %u households\n", done, total);
}

int
main (int    argc,
      char **argv)
{
  GezStoreOwner owner = { "Testteam", "Testa Verzonnen", "casemanager", NULL };
  GezDemoOptions options = { .households = HOUSEHOLDS, .contacts = CONTACTS, .seed = 1 };
  g_autoptr (GezClock) clock = gez_clock_new ();
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    return 2;
  vault = gez_vault_create (argv[1], (GezPassphrase) { argv[2], strlen (argv[2]) },
                            GEZ_KDF_COST_DEFAULT, &error);
  store = vault ? gez_store_create (vault, clock, &owner, &error) : NULL;
  if (store && gez_demo_fill (store, &options, progress_cb, NULL, NULL, &error) &&
      gez_store_close (store, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
