/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <sodium.h>
#include <string.h>

/*
 * Keys of circles: which one to write with, making them, giving them.
 *
 * 1. A key is good to write with when every device that is known to have it belongs to a present reader. So
 * whoever gives a key notes and tells to which devices, its own among them (`given`).
 * 2. What is not known does no harm: a device of which the roster has not told yet does not spoil a key, and
 * a key whose holders are not all known is replaced as soon as they are.
 * 3. A reader gets all keys of the circle that the giver has, and so reads what was written before.
 */

static void
reader_free (gpointer data)
{
  GezTeamReader *reader = data;

  g_free (reader->until);
  g_free (reader);
}

/* Everybody in the team reads what is under the team key. */
#define TEAM_READERS_SQL                                                                                     \
  "SELECT d.id, d.member_id, NULL, NULL, coalesce (b.public_key, d.box_public) FROM team_device d "          \
  "JOIN team_member m ON m.id = d.member_id AND m.is_active "                                                \
  "LEFT JOIN device_box b ON b.device = d.id AND b.number > d.box_number WHERE NOT d.is_removed ORDER BY "   \
  "d.id"

#define CIRCLE_READERS_SQL                                                                                   \
  "SELECT d.id, d.member_id, g.id, g.until_on, coalesce (b.public_key, d.box_public) FROM circle_grant g "   \
  "JOIN team_device d ON d.member_id = g.member_id AND NOT d.is_removed "                                    \
  "LEFT JOIN device_box b ON b.device = d.id AND b.number > d.box_number "                                   \
  "WHERE g.of_circle = ?1 AND " GEZ_GRANT_IS_PRESENT (                                                       \
      "?2") " ORDER BY d.id, g.until_on IS NOT NULL, g.until_on DESC, g.id"

static GezStatement *
ask_readers (GezTeam         *self,
             const GezCircle *circle,
             GError         **error)
{
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  if (circle->kind == GEZ_CIRCLE_TEAM)
    return gez_database_query (self->database, error, TEAM_READERS_SQL, GEZ_END);
  return gez_database_query (self->database, error, CIRCLE_READERS_SQL, GEZ_BLOB, of_circle, GEZ_TEXT, today,
                             GEZ_END);
}

/**
 * gez_team_read_readers:
 *
 * Returns: (transfer full) (element-type GezTeamReader): every device of every present reader, each once
 */
GPtrArray *
gez_team_read_readers (GezTeam         *self,
                       const GezCircle *circle,
                       GError         **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (reader_free);
  g_autoptr (GezStatement) row = ask_readers (self, circle, error);
  GezId last = GEZ_ID_NONE;
  gboolean is_row;

  if (row == NULL)
    return NULL;
  while (gez_team_step (row, &is_row, error))
    {
      GezTeamReader *reader;
      GezId device;

      if (!is_row)
        return g_steal_pointer (&readers);
      device = gez_statement_get_id (row, 0);
      if (gez_id_equal (&device, &last))
        continue;
      last = device;
      reader = g_new0 (GezTeamReader, 1);
      reader->device = device;
      reader->member = gez_statement_get_id (row, 1);
      reader->grant = gez_statement_get_id (row, 2);
      reader->until = g_strdup (gez_statement_get_text (row, 3));
      gez_team_copy_blob (row, 4, reader->box_public, GEZ_KEY_SIZE);
      g_ptr_array_add (readers, reader);
    }
  return NULL;
}

/* Whether a present grant lets @member read; of the team circle, whether she is here. */
gboolean
gez_team_reads (GezTeam         *self,
                const GezCircle *circle,
                const GezId     *member,
                gboolean        *reads,
                GError         **error)
{
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);
  g_autoptr (GezStatement) row = NULL;

  if (circle->kind == GEZ_CIRCLE_TEAM)
    row = gez_database_query (self->database, error, "SELECT 1 FROM team_member WHERE id = ? AND is_active",
                              GEZ_ID, member, GEZ_END);
  else
    row = gez_database_query (
        self->database, error,
        "SELECT 1 FROM circle_grant g WHERE g.of_circle = ?1 AND g.member_id = ?3 AND " GEZ_GRANT_IS_PRESENT (
            "?2"),
        GEZ_BLOB, of_circle, GEZ_TEXT, today, GEZ_ID, member, GEZ_END);
  return row != NULL && gez_team_step (row, reads, error);
}

/* The recovery sheet as one of the readers. Returns whether there is one. */
gboolean
gez_team_get_sheet (GezTeam *self,
                    guint8   public_key[GEZ_KEY_SIZE],
                    GezId   *id)
{
  const guint8 *key = gez_roster_get_recovery_key (gez_team_get_roster (self));

  if (key == NULL || sodium_is_zero (key, GEZ_KEY_SIZE))
    return FALSE;
  memcpy (public_key, key, GEZ_KEY_SIZE);
  memcpy (id->bytes, key, GEZ_ID_SIZE);
  return TRUE;
}

gboolean
gez_team_note_given (GezTeam     *self,
                     const GezId *key_id,
                     const GezId *device,
                     GError     **error)
{
  if (!gez_database_execute (self->database, error,
                             "INSERT OR IGNORE INTO key_given (key_id, device) VALUES (?, ?)", GEZ_ID, key_id,
                             GEZ_ID, device, GEZ_END))
    return FALSE;
  return gez_database_get_n_changed (self->database) == 0
         || gez_database_execute (
             self->database, error,
             "INSERT OR IGNORE INTO audit_due (of_circle) SELECT of_circle FROM circle_key "
             "WHERE key_id = ?",
             GEZ_ID, key_id, GEZ_END);
}

static gboolean
is_good (GezTeam          *self,
         const GezKeyInfo *info,
         GHashTable       *present,
         gboolean         *good,
         GError          **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT d.id FROM key_given n JOIN team_device d ON d.id = n.device WHERE n.key_id = ?", GEZ_ID,
      &info->key_id, GEZ_END);
  gboolean is_row;

  *good = FALSE;
  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error))
    {
      GezId device;

      if (!is_row)
        {
          *good = TRUE;
          return TRUE;
        }
      device = gez_statement_get_id (row, 0);
      if (!g_hash_table_contains (present, &device))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_good (GezTeam         *self,
           const GezCircle *circle,
           GHashTable      *present,
           int             *place,
           GError         **error)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);

  *place = -1;
  for (guint i = 0; i < places->len; i++)
    {
      guint candidate = g_array_index (places, guint, i);
      gboolean good;

      if (!is_good (self, gez_keyring_get (self->keyring, candidate), present, &good, error))
        return FALSE;
      if (!good)
        continue;
      *place = (int) candidate;
      return TRUE;
    }
  return TRUE;
}

static GHashTable *
set_of_devices (GPtrArray *readers)
{
  GHashTable *present = g_hash_table_new (gez_id_hash, gez_id_equal);

  for (guint i = 0; i < readers->len; i++)
    g_hash_table_add (present, &((GezTeamReader *)g_ptr_array_index (readers, i))->device);
  return present;
}

/**
 * gez_team_find_good_key:
 * @place: (out): of the key to write with; -1: none is good
 */
gboolean
gez_team_find_good_key (GezTeam         *self,
                        const GezCircle *circle,
                        int             *place,
                        GError         **error)
{
  g_autoptr (GPtrArray) readers = gez_team_read_readers (self, circle, error);
  g_autoptr (GHashTable) present = readers ? set_of_devices (readers) : NULL;

  return present != NULL && find_good (self, circle, present, place, error);
}

/* Giving ------------------------------------------------------------------------------------ */

/* Tells who has which keys of @circle, as far as that is known here. */
static gboolean
tell_given_of (GezTeam          *self,
               const GezCircle  *circle,
               const GezKeyInfo *info,
               GError          **error)
{
  GVariantBuilder devices;
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error, "SELECT device FROM key_given WHERE key_id = ? ORDER BY device", GEZ_ID,
      &info->key_id, GEZ_END);
  gboolean is_row = FALSE;

  if (row == NULL)
    return FALSE;
  g_variant_builder_init (&devices, G_VARIANT_TYPE ("aay"));
  while (gez_team_step (row, &is_row, error) && is_row)
    {
      GezId device = gez_statement_get_id (row, 0);

      g_variant_builder_add_value (&devices, gez_team_bytes (device.bytes, GEZ_ID_SIZE));
    }
  if (is_row)
    {
      g_variant_builder_clear (&devices);
      return FALSE;
    }
  return gez_team_tell (
      self, "circle", circle, "given",
      g_variant_new ("(u@ayaay)", info->number, gez_team_bytes (info->key_id.bytes, GEZ_ID_SIZE), &devices),
      error);
}

/* One record for each key of @circle that is here. */
gboolean
gez_team_tell_given (GezTeam         *self,
                     const GezCircle *circle,
                     GError         **error)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);

  for (guint i = 0; i < places->len; i++)
    if (!tell_given_of (self, circle, gez_keyring_get (self->keyring, g_array_index (places, guint, i)),
                        error))
      return FALSE;
  return TRUE;
}

static gboolean
note_all_given (GezTeam         *self,
                const GezCircle *circle,
                const GezId     *device,
                GError         **error)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);

  for (guint i = 0; i < places->len; i++)
    if (!gez_team_note_given (
            self, &gez_keyring_get (self->keyring, g_array_index (places, guint, i))->key_id, device, error))
      return FALSE;
  return TRUE;
}

/* Tells that this device has all keys of @circle that are here. */
gboolean
gez_team_tell_own (GezTeam         *self,
                   const GezCircle *circle,
                   GError         **error)
{
  return note_all_given (self, circle, &self->device, error) && gez_team_tell_given (self, circle, error);
}

/* A device whose box key is no key gets nothing, and holds up nobody. */
static gboolean
wrap_for (GezTeam       *self,
          const GezWrap *wrap,
          const guint8   box_public[GEZ_KEY_SIZE],
          GError       **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) sealed = gez_wrap_seal (wrap, self->keyring, box_public, &failure);

  if (sealed)
    return gez_team_tell_wrap (self, sealed, error);
  if (g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The sheet has one wrap for each reader, with her grant and her name, so that what she lost can be given
 * back to her without reading anything. */
static gboolean
give_sheet (GezTeam         *self,
            const GezCircle *circle,
            GPtrArray       *readers,
            GError         **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (gez_id_hash, gez_id_equal);
  guint8 sheet[GEZ_KEY_SIZE];
  GezId sheet_id;

  if (!gez_team_get_sheet (self, sheet, &sheet_id))
    return TRUE;
  for (guint i = 0; i < readers->len; i++)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i);
      GezWrap wrap = { self->id, GEZ_ID_NONE, reader->grant, reader->member, *circle, reader->until };

      if (g_hash_table_add (told, &reader->member) && !wrap_for (self, &wrap, sheet, error))
        return FALSE;
    }
  return note_all_given (self, circle, &sheet_id, error);
}

/* A device that does not know of this one may have destroyed the box key that is known here: then its newer
 * one comes, and it is given once more (gez-team-grant.c). */
static gboolean
note_early (GezTeam         *self,
            const GezCircle *circle,
            const GezId     *device,
            GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_execute (
      self->database, error,
      "UPDATE key_given SET is_early = NOT EXISTS (SELECT 1 FROM seen_by "
      "WHERE device = ?1 AND of_device = ?3) WHERE device = ?1 AND key_id IN (SELECT key_id "
      "FROM circle_key WHERE of_circle = ?2)",
      GEZ_ID, device, GEZ_BLOB, of_circle, GEZ_ID, &self->device, GEZ_END);
}

/**
 * gez_team_give:
 * @readers: (element-type GezTeamReader): devices that get all keys of @circle that are here; this one too,
 *   for the day on which it is put back from a backup that is older than the key
 * @for_sheet: (nullable) (element-type GezTeamReader): for whom the recovery sheet gets them
 */
gboolean
gez_team_give (GezTeam         *self,
               const GezCircle *circle,
               GPtrArray       *readers,
               GPtrArray       *for_sheet,
               GError         **error)
{
  if (!note_all_given (self, circle, &self->device, error))
    return FALSE;
  for (guint i = 0; i < readers->len; i++)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i);
      GezWrap wrap = { self->id, reader->device, reader->grant, self->member, *circle, reader->until };

      if (!wrap_for (self, &wrap, reader->box_public, error)
          || !note_all_given (self, circle, &reader->device, error)
          || (!gez_id_equal (&reader->device, &self->device)
              && !note_early (self, circle, &reader->device, error)))
        return FALSE;
    }
  return (for_sheet == NULL || give_sheet (self, circle, for_sheet, error))
         && gez_team_tell_given (self, circle, error);
}

/* Making ------------------------------------------------------------------------------------ */

gboolean
gez_team_clear_due (GezTeam         *self,
                    const GezCircle *circle,
                    GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_execute (self->database, error, "DELETE FROM rotation_due WHERE of_circle = ?",
                               GEZ_BLOB, of_circle, GEZ_END);
}

/* Everybody who reads it was just given all keys of it. */
static gboolean
clear_audit (GezTeam         *self,
             const GezCircle *circle,
             GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_execute (self->database, error, "DELETE FROM audit_due WHERE of_circle = ?", GEZ_BLOB,
                               of_circle, GEZ_END);
}

static gboolean
make_key (GezTeam         *self,
          const GezCircle *circle,
          GError         **error)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);
  guint32 number
      = places->len ? gez_keyring_get (self->keyring, g_array_index (places, guint, 0))->number + 1 : 1;
  g_autoptr (GezSecret) key = gez_secret_new (error);

  if (key == NULL)
    return FALSE;
  randombytes_buf (key->bytes, GEZ_KEY_SIZE);
  return gez_team_keep_key (self, *circle, number, key->bytes, NULL, error);
}

/* A new key for a circle, given to its present readers and the sheet. */
gboolean
gez_team_rotate (GezTeam         *self,
                 const GezCircle *circle,
                 GError         **error)
{
  g_autoptr (GPtrArray) readers = gez_team_read_readers (self, circle, error);

  return readers != NULL && make_key (self, circle, error)
         && gez_team_give (self, circle, readers, readers, error) && gez_team_clear_due (self, circle, error)
         && clear_audit (self, circle, error);
}

static gboolean
is_known (GezTeam         *self,
          const GezCircle *circle)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_integer (
             self->database, 0,
             "SELECT count (*) FROM circle_grant WHERE of_circle = ? AND granted_at IS NOT NULL", GEZ_BLOB,
             of_circle, GEZ_END)
         > 0;
}

/* The case managers and team leaders who read the open circle of the household of @casework, once a device.
 */
static GPtrArray *
read_case_managers (GezTeam         *self,
                    const GezCircle *casework,
                    GError         **error)
{
  GezCircle open = gez_circle_open (&casework->subject);
  GPtrArray *readers = gez_team_read_readers (self, &open, error);

  for (guint i = readers ? readers->len : 0; i > 0; i--)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i - 1);
      const GezRosterMember *member = gez_roster_find_member (gez_team_get_roster (self), &reader->member);

      reader->grant = GEZ_ID_NONE;
      if (member == NULL || g_str_equal (member->role, "brugfiguur"))
        g_ptr_array_remove_index (readers, i - 1);
    }
  return readers;
}

/* Who works with a household and does not read its casework writes there under a key of her own, which those
 * who do get, and use for nothing else. */
static gboolean
prepare_own (GezTeam         *self,
             const GezCircle *casework,
             GPtrArray       *case_managers,
             int             *place,
             GError         **error)
{
  g_autoptr (GHashTable) present = set_of_devices (case_managers);
  g_autoptr (GPtrArray) own = NULL;
  GezCircle open = gez_circle_open (&casework->subject);

  own = gez_team_read_readers (self, &open, error);
  if (own == NULL)
    return FALSE;
  for (guint i = 0; i < own->len; i++)
    {
      GezTeamReader *reader = g_ptr_array_index (own, i);

      if (gez_id_equal (&reader->member, &self->member))
        g_hash_table_add (present, &reader->device);
    }
  if (!find_good (self, casework, present, place, error))
    return FALSE;
  if (*place >= 0)
    return TRUE;
  if (!make_key (self, casework, error)
      || !gez_team_give (self, casework, case_managers, case_managers, error))
    return FALSE;
  return find_good (self, casework, present, place, error);
}

static gboolean
may_be_born (GezTeam         *self,
             const GezCircle *circle)
{
  if (circle->kind == GEZ_CIRCLE_TEAM || circle->kind == GEZ_CIRCLE_LEADERS)
    return FALSE;
  return circle->kind != GEZ_CIRCLE_PRIVATE || gez_id_equal (&circle->subject, &self->member);
}

/* The first who writes in a circle reads it, and whoever the team lets in. */
static gboolean
bear (GezTeam         *self,
      const GezCircle *circle,
      GError         **error)
{
  return make_key (self, circle, error) && gez_team_add_grant (self, circle, &self->member, NULL, NULL, error)
         && gez_team_add_readers_by_rule (self, circle, error) && clear_audit (self, circle, error);
}

static gboolean
prepare_unread (GezTeam         *self,
                const GezCircle *circle,
                int             *place,
                GError         **error)
{
  g_autoptr (GPtrArray) case_managers = NULL;
  gboolean reads_open = FALSE;

  if (circle->kind == GEZ_CIRCLE_CASEWORK)
    {
      GezCircle open = gez_circle_open (&circle->subject);
      const GezRosterMember *own = gez_roster_find_member (gez_team_get_roster (self), &self->member);

      case_managers = read_case_managers (self, circle, error);
      if (case_managers == NULL || !gez_team_reads (self, &open, &self->member, &reads_open, error))
        return FALSE;
      if (reads_open && case_managers->len > 0
          && (is_known (self, circle) || own == NULL || g_str_equal (own->role, "brugfiguur")))
        return prepare_own (self, circle, case_managers, place, error);
    }
  if (is_known (self, circle) || !may_be_born (self, circle))
    return gez_team_set_error (GEZ_TEAM_ERROR_NO_KEY, "This person does not read the circle", error);
  return bear (self, circle, error) && gez_team_find_good_key (self, circle, place, error);
}

static gboolean
prepare_read (GezTeam         *self,
              const GezCircle *circle,
              int             *place,
              GError         **error)
{
  g_autoptr (GArray) places = NULL;

  if (!gez_team_find_good_key (self, circle, place, error))
    return FALSE;
  if (*place >= 0)
    return TRUE;
  places = gez_keyring_find (self->keyring, circle);
  if (places->len == 0)
    return gez_team_set_error (GEZ_TEAM_ERROR_NO_KEY, "The key of this circle has not come yet", error);
  /* A new team key comes with the roster (gez_team_audit()). Until then the newest one is what there is. */
  if (circle->kind == GEZ_CIRCLE_TEAM)
    {
      *place = (int) g_array_index (places, guint, 0);
      return TRUE;
    }
  return gez_team_rotate (self, circle, error) && gez_team_find_good_key (self, circle, place, error);
}

/**
 * gez_team_prepare_circle:
 *
 * Finds the key to write with; makes the first one of a circle, or a new one when somebody has the present
 * one who may not read any more, and gives it to the readers and to the sheet.
 *
 * Returns: its place in the keyring; -1 with GEZ_TEAM_ERROR_NO_KEY when this person does not read the circle,
 * or its key did not come yet: the write waits; or with another error
 */
int
gez_team_prepare_circle (GezTeam         *self,
                         const GezCircle *circle,
                         GError         **error)
{
  gboolean reads, done;
  int place = -1;

  g_return_val_if_fail (self != NULL && circle != NULL, -1);

  if (!gez_team_reads (self, circle, &self->member, &reads, error))
    return -1;
  done = reads ? prepare_read (self, circle, &place, error) : prepare_unread (self, circle, &place, error);
  if (done && place < 0)
    gez_team_set_error (GEZ_TEAM_ERROR_NO_KEY, "No key of this circle is good to write with", error);
  return done ? place : -1;
}
