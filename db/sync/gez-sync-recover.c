/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-recover.h"

#include <string.h>

#include "circle/gez-team-work.h"
#include "circle/gez-team.h"
#include "sync/gez-engine-private.h"
#include "sync/gez-pack.h"

/*
 * Looking through the whole folder for what was sealed to the recovery sheet. It is done once in a team's
 * life, so nothing is kept for it: every file is read again.
 *
 * 1. Only what a device of the team signed counts, and of a removed one only what comes before its pin.
 * 2. A file that does not open, or not yet, gives nothing. What it holds stands in later ones too, or is
 * missing.
 */

#define DEADLINE 30 /* seconds for one call */

struct _GezFolderKeys
{
  GezId team;
  char *folder_uri;    /* (nullable) */
  GArray *numbers;     /* of guint32, per team key */
  GPtrArray *secrets;  /* of GezSecret */
  GHashTable *devices; /* GezId to GezRosterDevice */
};

void
gez_folder_keys_free (GezFolderKeys *keys)
{
  g_free (keys->folder_uri);
  g_array_unref (keys->numbers);
  g_ptr_array_unref (keys->secrets);
  g_hash_table_unref (keys->devices);
  g_free (keys);
}

static gboolean
take_team_keys (GezFolderKeys *keys,
                GezTeam       *team,
                GError       **error)
{
  GezCircle circle = gez_circle_team ();
  GezKeyring *keyring = gez_team_get_keyring (team);
  g_autoptr (GArray) places = gez_keyring_find (keyring, &circle);

  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      GezSecret *secret = gez_secret_new (error);

      if (secret == NULL)
        return FALSE;
      gez_keyring_copy_key (keyring, place, secret);
      g_ptr_array_add (keys->secrets, secret);
      g_array_append_val (keys->numbers, gez_keyring_get (keyring, place)->number);
    }
  return TRUE;
}

static void
take_devices (GezFolderKeys *keys,
              GezTeam       *team)
{
  GPtrArray *devices = gez_roster_get_devices (gez_team_get_roster (team));

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = g_ptr_array_index (devices, i);

      g_hash_table_insert (keys->devices, gez_id_copy (&device->id), g_memdup2 (device, sizeof *device));
    }
}

static gboolean
take_folder (GezFolderKeys *keys,
             GezDatabase   *database,
             GError       **error)
{
  g_autoptr (GezStatement) row = gez_database_query (database, error, "SELECT folder_uri FROM team", GEZ_END);
  GError *failure = NULL;

  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    keys->folder_uri = g_strdup (gez_statement_get_text (row, 0));
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gpointer
read_keys (GezDatabase *database,
           gpointer     parameters,
           GError     **error)
{
  g_autoptr (GezFolderKeys) keys = g_new0 (GezFolderKeys, 1);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GezTeam) team = gez_team_load (database, &failure);

  keys->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  keys->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_secret_free);
  keys->devices = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, g_free);
  if (team == NULL)
    {
      if (failure == NULL)
        g_set_error_literal (&failure, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_TEAM, "there is no team");
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  keys->team = *gez_team_get_id (team);
  take_devices (keys, team);
  if (!take_team_keys (keys, team, error) || !take_folder (keys, database, error))
    return NULL;
  return g_steal_pointer (&keys);
}

/**
 * gez_folder_keys_query:
 *
 * Returns: (transfer full): a query for a #GezFolderKeys
 */
GezQuery *
gez_folder_keys_query (void)
{
  return gez_query_new (read_keys, NULL, NULL, (GDestroyNotify) gez_folder_keys_free);
}

static GezSegment *
open_segment (GezFolderKeys *keys,
              GBytes        *file)
{
  const GezRosterDevice *device;
  GezSegmentHead head;

  if (!gez_segment_peek (file, &head, NULL) || !gez_id_equal (&head.team, &keys->team))
    return NULL;
  device = g_hash_table_lookup (keys->devices, &head.device);
  if (device == NULL || (device->is_removed && !head.is_snapshot && head.sequence > device->pin_sequence))
    return NULL;
  for (guint i = 0; i < keys->secrets->len; i++)
    {
      GezSegment *segment = NULL;

      if (g_array_index (keys->numbers, guint32, i) == head.key_number)
        segment = gez_segment_open (file, g_ptr_array_index (keys->secrets, i), device->public_key, NULL);
      if (segment)
        return segment;
    }
  return NULL;
}

static void
take_wraps (GezFolderKeys *keys,
            GBytes        *file,
            GPtrArray     *wraps)
{
  g_autoptr (GezSegment) segment = open_segment (keys, file);

  for (guint i = 0; segment && i < segment->records->len; i++)
    {
      GezSegmentRecord *record = g_ptr_array_index (segment->records, i);

      if (strcmp (record->kind, "wrap") == 0)
        g_ptr_array_add (wraps, g_bytes_ref (record->bytes));
    }
}

static void
take_pack (GezFolderKeys *keys,
           GBytes        *file,
           GPtrArray     *wraps)
{
  GezId device;
  g_autoptr (GPtrArray) segments = gez_pack_read (file, &keys->team, &device, NULL);

  for (guint i = 0; segments && i < segments->len; i++)
    take_wraps (keys, g_ptr_array_index (segments, i), wraps);
}

static gboolean
read_file (GezFolder     *folder,
           const char    *path,
           const char    *name,
           GezFolderKeys *keys,
           GPtrArray     *wraps,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) failure = NULL;
  GezEngineName parsed;

  gez_engine_name_parse (name, &parsed);
  if (parsed.kind != GEZ_ENGINE_NAME_SEGMENT && parsed.kind != GEZ_ENGINE_NAME_PACK
      && parsed.kind != GEZ_ENGINE_NAME_SNAPSHOT)
    return TRUE;
  file = gez_folder_read (folder, path, GEZ_SEGMENT_SIZE_MAX, cancellable, &failure);
  if (file == NULL && (gez_engine_is_fatal (failure) || g_cancellable_is_cancelled (cancellable)))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (file && parsed.kind == GEZ_ENGINE_NAME_PACK)
    take_pack (keys, file, wraps);
  else if (file)
    take_wraps (keys, file, wraps);
  return TRUE;
}

/* All files in the directories of @parent. */
static gboolean
read_below (GezFolder     *folder,
            const char    *parent,
            GezFolderKeys *keys,
            GPtrArray     *wraps,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GPtrArray) directories = gez_folder_list (folder, parent, cancellable, error);

  if (directories == NULL)
    return FALSE;
  for (guint i = 0; i < directories->len; i++)
    {
      g_autofree char *directory = g_strconcat (parent, "/", g_ptr_array_index (directories, i), NULL);
      g_autoptr (GPtrArray) names = gez_folder_list (folder, directory, cancellable, error);

      if (names == NULL)
        return FALSE;
      for (guint j = 0; j < names->len; j++)
        {
          const char *name = g_ptr_array_index (names, j);
          g_autofree char *path = g_strconcat (directory, "/", name, NULL);

          if (!read_file (folder, path, name, keys, wraps, cancellable, error))
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * gez_folder_read_wraps:
 * @keys: of the team that shares @folder
 *
 * Reads the whole folder.
 *
 * Returns: (transfer full) (element-type GBytes): what gez_team_recover() asks for; %NULL when the folder is
 * not there, or with G_IO_ERROR_CANCELLED
 *
 * Thread: any but the main one and the worker's.
 */
GPtrArray *
gez_folder_read_wraps (GezFolder     *folder,
                       GezFolderKeys *keys,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GPtrArray) wraps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) root = NULL;

  g_return_val_if_fail (GEZ_IS_FOLDER (folder) && keys != NULL, NULL);

  root = gez_folder_list (folder, "", cancellable, error);
  if (root == NULL || !read_below (folder, "d", keys, wraps, cancellable, error)
      || !read_below (folder, "n", keys, wraps, cancellable, error))
    return NULL;
  return g_steal_pointer (&wraps);
}

/**
 * gez_sync_recover:
 * @sheet_code: the words of the team's recovery sheet
 * @member: who gets back what she could read; she has a device in the team again, and this store has heard of
 * it
 * @n_circles: (out): how many circles she gets back
 *
 * For a team leader, when nobody else has the keys of what somebody lost.
 *
 * Returns: %FALSE as gez_team_recover(), or with a GEZ_SYNC_ERROR when the folder is not there
 *
 * Thread: the one that closes the store; it waits for the folder.
 */
gboolean
gez_sync_recover (GezStore        *store,
                  const GezSecret *sheet_code,
                  const GezId     *member,
                  guint           *n_circles,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_autoptr (GezQuery) query = gez_folder_keys_query ();
  g_autoptr (GezFolderKeys) keys = NULL;
  g_autoptr (GezFolder) folder = NULL;
  g_autoptr (GPtrArray) wraps = NULL;
  g_autoptr (GezTeamAct) act = NULL;

  g_return_val_if_fail (GEZ_IS_STORE (store) && sheet_code != NULL, FALSE);
  g_return_val_if_fail (member != NULL && n_circles != NULL, FALSE);

  keys = gez_store_run (store, query, error);
  if (keys == NULL)
    return FALSE;
  if (keys->folder_uri == NULL)
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, "no folder was chosen");
      return FALSE;
    }
  folder = gez_folder_new_for_uri (keys->folder_uri, DEADLINE);
  wraps = gez_folder_read_wraps (folder, keys, cancellable, error);
  if (wraps == NULL)
    return FALSE;
  act = gez_team_act_recover (sheet_code, wraps, member);
  if (!gez_team_act_run (act, store, error))
    return FALSE;
  *n_circles = gez_team_act_get_n_circles (act);
  return TRUE;
}
