/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/gez-date.h"
#include "gez-ctl-recovery.h"
#include "gez-ctl-team.h"
#include "gez-ctl.h"
#include "model/demo/gez-demo.h"
#include "store/gez-record.h"
#include "store/gez-schema.h"
#include "sync/gez-sync.h"

/* init and demo: stores that are born. */

typedef struct
{
  char *team;
  char *name;
  char *role;
  char *as;
  char *sheet;
  char *folder;
  int kdf_memory;
  int households;
  int seed;
  char *today;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->team);
  g_free (options->name);
  g_free (options->role);
  g_free (options->as);
  g_free (options->sheet);
  g_free (options->folder);
  g_free (options->today);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

#define KDF_MEMORY_ENTRY(options)                                                                          \
  {                                                                                                        \
    "kdf-memory", 0, 0, G_OPTION_ARG_INT, &(options).kdf_memory,                                          \
      N_("Memory that each guess of the passphrase costs, 8 to 1024 (256)"), N_("MIB")                    \
  }

static gboolean
is_kdf_memory (int mib)
{
  return mib == 0 || (mib >= 8 && mib <= 1024);
}

static void
print_made (GezCtl      *ctl,
            const GezId *member)
{
  g_autofree char *id = gez_id_to_string (member);
  g_autoptr (JsonObject) answer = json_object_new ();

  if (!ctl->is_json)
    {
      gez_ctl_print (_("The store is made; its first member is %s.\n"), id);
      return;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_string_member (answer, "member_id", id);
  gez_ctl_print_json (answer);
}

/* A folder that will not do shall not leave a store behind. */
static gboolean
prepare_folder (GezCtl        *ctl,
                const Options *options,
                GError       **error)
{
  g_autofree char *uri = options->folder ? gez_ctl_folder_uri (options->folder) : NULL;

  return uri == NULL || gez_sync_found_folder (uri, ctl->cancellable, error);
}

/* A sheet that cannot be written shall not leave a store behind, nor a store that cannot be made a sheet. */
static GezStore *
make_with_sheet (GezCtl              *ctl,
                 const GezStoreOwner *owner,
                 const Options       *options,
                 GError             **error)
{
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GezStore) store = NULL;

  if (!prepare_folder (ctl, options, error))
    return NULL;
  if (options->sheet == NULL)
    return gez_ctl_make (ctl, owner, options->kdf_memory, error);
  code = gez_ctl_sheet_write (ctl, owner, options->sheet, error);
  if (code == NULL)
    return NULL;
  store = gez_ctl_make (ctl, owner, options->kdf_memory, error);
  if (store == NULL)
    {
      g_unlink (options->sheet);
      return NULL;
    }
  if (gez_ctl_sheet_activate (store, code, error))
    return g_steal_pointer (&store);
  gez_store_close (store, NULL);
  return NULL;
}

/* Returns the exit status. */
static int
make (GezCtl              *ctl,
      const GezStoreOwner *owner,
      const Options       *options)
{
  g_autoptr (GezQuery) query = gez_record_query ("SELECT member_id FROM device", GEZ_END);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = make_with_sheet (ctl, owner, options, &error);
  g_autoptr (GPtrArray) rows = NULL;

  if (store == NULL || (options->folder && !gez_ctl_found (store, options->folder, ctl->cancellable, &error)) ||
      (rows = gez_store_run (store, query, &error)) == NULL || !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  print_made (ctl, gez_record_get_reference (rows->pdata[0], "member_id"));
  if (options->sheet != NULL && !ctl->is_json)
    gez_ctl_print (_("The recovery sheet in %s opens it already, as nobody could be asked for its words. "
                     "The file is not encrypted: print it, check it with recovery-sheet --check, and "
                     "delete it.\n"),
                   options->sheet);
  return GEZ_CTL_DONE;
}

int
gez_ctl_init (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "team", 0, 0, G_OPTION_ARG_STRING, &options.team, N_("How the team calls itself"), N_("NAME") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_("Who works with this store"), N_("NAME") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "teamleider | casemanager | brugfiguur", N_("ROLE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.as,
      N_("Adopt this member of a document that will be imported"), N_("MEMBER-ID") },
    { "recovery-sheet", 0, 0, G_OPTION_ARG_FILENAME, &options.sheet,
      N_("Write a recovery sheet to this PDF, which works at once"), N_("FILE") },
    { "folder", 0, 0, G_OPTION_ARG_STRING, &options.folder,
      N_("Found the team in this shared folder, which is empty"), N_("DIRECTORY") },
    KDF_MEMORY_ENTRY (options),
    { NULL },
  };
  GezStoreOwner owner;
  GezId member;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (options.team == NULL || options.name == NULL || options.role == NULL)
    return gez_ctl_misuse (_("init needs --team, --name and --role"));
  if (!g_strv_contains (gez_schema_get_codes ("member", "role"), options.role))
    return gez_ctl_misuse (_("the role is teamleider, casemanager or brugfiguur"));
  if (options.as && !gez_id_parse (options.as, &member))
    return gez_ctl_misuse (_("“%s” is not the identity of a member"), options.as);
  if (!is_kdf_memory (options.kdf_memory))
    return gez_ctl_misuse (_("--kdf-memory is between 8 and 1024"));
  owner = (GezStoreOwner) { options.team, options.name, options.role, options.as ? &member : NULL };
  return make (ctl, &owner, &options);
}

static GezStore *
open_or_make (GezCtl  *ctl,
              int      kdf_memory,
              GError **error)
{
  GezStoreOwner owner = { "Demonstratieteam", "Testa Verzonnen", "casemanager", NULL };

  if (ctl->store && gez_vault_exists (ctl->store))
    return gez_ctl_open (ctl, error);
  return gez_ctl_make (ctl, &owner, kdf_memory, error);
}

static gboolean
check_empty (GezStore *store,
             GError  **error)
{
  g_autoptr (GezQuery) query = gez_record_query ("SELECT id FROM household LIMIT 1", GEZ_END);
  g_autoptr (GPtrArray) rows = gez_store_run (store, query, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                       _("invented households do not go into a store with real ones"));
  return FALSE;
}

static int
fill (GezCtl  *ctl,
      Options *options)
{
  GezDemoOptions demo =
      { .households = (guint) options->households, .seed = (guint32) options->seed, .today = options->today };
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = open_or_make (ctl, options->kdf_memory, &error);
  g_autoptr (JsonObject) answer = json_object_new ();

  if (store == NULL || !check_empty (store, &error) ||
      !gez_demo_fill (store, &demo, NULL, NULL, ctl->cancellable, &error) || !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  if (ctl->is_json)
    {
      json_object_set_boolean_member (answer, "ok", TRUE);
      json_object_set_int_member (answer, "households", options->households);
      gez_ctl_print_json (answer);
    }
  else
    gez_ctl_print (ngettext ("%d invented household was written.\n", "%d invented households were written.\n",
                             (gulong) options->households), options->households);
  return GEZ_CTL_DONE;
}

int
gez_ctl_demo (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  g_auto (Options) options = { .households = GEZ_DEMO_HOUSEHOLDS, .seed = 1 };
  const GOptionEntry entries[] = {
    { "households", 0, 0, G_OPTION_ARG_INT, &options.households,
      N_("How many households, 1 to 10000 (60)"), N_("NUMBER") },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed,
      N_("The same seed gives the same households (1)"), N_("NUMBER") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &options.today,
      N_("The day around which they live"), N_("YYYY-MM-DD") },
    KDF_MEMORY_ENTRY (options),
    { NULL },
  };
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (options.households < 1 || options.households > GEZ_DEMO_HOUSEHOLDS_MAX)
    return gez_ctl_misuse (_("--households is between 1 and %d"), GEZ_DEMO_HOUSEHOLDS_MAX);
  if (options.today && !gez_date_is_valid (options.today))
    return gez_ctl_misuse (_("“%s” is not a date like 2026-11-21"), options.today);
  if (!is_kdf_memory (options.kdf_memory))
    return gez_ctl_misuse (_("--kdf-memory is between 8 and 1024"));
  return fill (ctl, &options);
}
