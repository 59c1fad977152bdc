/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-script.h"

#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include "circle/gez-variant.h"

static GVariant *
bytes_of (gconstpointer data,
          gsize         size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

static GVariant *
id_of (const GezId *id)
{
  return bytes_of (id->bytes, GEZ_ID_SIZE);
}

static GezId
next_id (Script *self)
{
  GezId id = GEZ_ID_NONE;

  self->n_made++;
  memcpy (id.bytes, &self->seed, sizeof self->seed);
  memcpy (id.bytes + 8, &self->n_made, sizeof self->n_made);
  return id;
}

static GezSecret *
next_key (Script *self,
          guint8  public_key[GEZ_KEY_SIZE])
{
  GezSecret *secret = gez_secret_new (NULL);
  guint8 seed[crypto_sign_SEEDBYTES] = { 0 };
  GezId id = next_id (self);

  memcpy (seed, id.bytes, GEZ_ID_SIZE);
  crypto_sign_seed_keypair (public_key, secret->bytes, seed);
  return secret;
}

static void
person_free (ScriptPerson *person)
{
  gez_secret_free (person->user);
  g_free (person);
}

static void
device_free (ScriptDevice *device)
{
  gez_secret_free (device->secret);
  g_free (device);
}

static void
invitation_free (ScriptInvitation *invitation)
{
  gez_secret_free (invitation->secret);
  g_free (invitation);
}

ScriptPerson *
script_person (Script *self,
               guint   person)
{
  return self->persons->pdata[person];
}

ScriptDevice *
script_get_device (Script *self,
                   guint   device)
{
  return self->devices->pdata[device];
}

guint
script_add_person (Script *self)
{
  ScriptPerson *person = g_new0 (ScriptPerson, 1);

  person->id = next_id (self);
  person->user = next_key (self, person->user_public);
  g_ptr_array_add (self->persons, person);
  return self->persons->len - 1;
}

guint
script_add_device (Script *self,
                   guint   person)
{
  ScriptDevice *device = g_new0 (ScriptDevice, 1);

  device->id = next_id (self);
  device->person = person;
  device->secret = next_key (self, device->public_key);
  g_ptr_array_add (self->devices, device);
  return self->devices->len - 1;
}

guint
script_add_invitation (Script *self,
                       guint   person)
{
  ScriptInvitation *invitation = g_new0 (ScriptInvitation, 1);

  invitation->id = next_id (self);
  invitation->person = person;
  invitation->secret = next_key (self, invitation->public_key);
  g_ptr_array_add (self->invitations, invitation);
  return self->invitations->len - 1;
}

/* Changes ------------------------------------------------------------------------------------ */

GVariant *
script_other (const char *name,
              GVariant   *value)
{
  return g_variant_ref_sink (g_variant_new ("(sv)", name, value));
}

GVariant *
script_member (Script     *self,
               guint       person,
               const char *name,
               const char *role,
               gboolean    is_active)
{
  return script_other (
      "member", g_variant_new ("(@ayssb)", id_of (&script_person (self, person)->id), name, role, is_active));
}

GVariant *
script_device (Script *self,
               guint   device)
{
  ScriptDevice *added = script_get_device (self, device);
  ScriptPerson *person = script_person (self, added->person);
  const GezBytesView parts[] = { { &self->team, GEZ_ID_SIZE },
                                 { &person->id, GEZ_ID_SIZE },
                                 { &added->id, GEZ_ID_SIZE },
                                 { added->public_key, GEZ_KEY_SIZE } };
  guint8 box[GEZ_KEY_SIZE] = { 0xb0 }, certificate[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  gez_hash_parts (hash.bytes, sizeof hash, NULL, "device/1", parts, G_N_ELEMENTS (parts));
  gez_sign (person->user, &hash, certificate);
  return script_other ("device", g_variant_new ("(@ay@ay@ayu@ay@ay)", id_of (&added->id), id_of (&person->id),
                                                bytes_of (added->public_key, GEZ_KEY_SIZE), 1,
                                                bytes_of (box, sizeof box),
                                                bytes_of (certificate, sizeof certificate)));
}

GVariant *
script_invite (Script     *self,
               guint       invitation,
               const char *kind)
{
  ScriptInvitation *made = self->invitations->pdata[invitation];

  return script_other ("invite", g_variant_new ("(@ay@ay@ayxs)", id_of (&made->id),
                                                id_of (&script_person (self, made->person)->id),
                                                bytes_of (made->public_key, GEZ_KEY_SIZE),
                                                G_GINT64_CONSTANT (5000), kind));
}

GVariant *
script_join (Script *self,
             guint   invitation,
             guint   device)
{
  ScriptInvitation *used = self->invitations->pdata[invitation];
  ScriptDevice *added = script_get_device (self, device);
  ScriptPerson *person = script_person (self, added->person);
  const GezBytesView parts[] = { { &self->team, GEZ_ID_SIZE },
                                 { &used->id, GEZ_ID_SIZE },
                                 { &person->id, GEZ_ID_SIZE },
                                 { person->user_public, GEZ_KEY_SIZE },
                                 { &added->id, GEZ_ID_SIZE } };
  guint8 signature[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  gez_hash_parts (hash.bytes, sizeof hash, NULL, "join/1", parts, G_N_ELEMENTS (parts));
  gez_sign (used->secret, &hash, signature);
  return script_other ("join", g_variant_new ("(@ay@ay@ay@ay)", id_of (&used->id), id_of (&person->id),
                                              bytes_of (person->user_public, GEZ_KEY_SIZE),
                                              bytes_of (signature, sizeof signature)));
}

GVariant *
script_cancel (Script *self,
               guint   invitation)
{
  return script_other ("cancel", id_of (&((ScriptInvitation *) self->invitations->pdata[invitation])->id));
}

GVariant *
script_remove_device (Script *self,
                      guint   device,
                      guint64 sequence)
{
  GezHash hash = { { (guint8) sequence } };

  return script_other ("remove-device",
                       g_variant_new ("(@ayt@ay)", id_of (&script_get_device (self, device)->id), sequence,
                                      bytes_of (hash.bytes, GEZ_HASH_SIZE)));
}

GVariant *
script_remove_user (Script *self,
                    guint   person)
{
  ScriptPerson *removed = script_person (self, person);

  return script_other ("remove-user", g_variant_new ("(@ay@ay)", id_of (&removed->id),
                                                     bytes_of (removed->user_public, GEZ_KEY_SIZE)));
}

GVariant *
script_lock (Script      *self,
             guint        person,
             const GezId *household,
             gboolean     is_locked)
{
  return script_other ("lock", g_variant_new ("(@ay@ayb)", id_of (&script_person (self, person)->id),
                                              id_of (household), is_locked));
}

/* Records ------------------------------------------------------------------------------------ */

/* The device signs for @name: `roster/1`, if it is to count. */
void
script_sign (Script          *self,
             GezRosterRecord *record,
             guint            device,
             const char      *name)
{
  g_autoptr (GBytes) changes = gez_variant_write (record->changes);
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (changes, &size);
  const GezBytesView parts[] = { { &record->sequence, sizeof record->sequence },
                                 { &record->author, GEZ_ID_SIZE },
                                 { &record->wall_at, sizeof record->wall_at },
                                 { record->parents->data, record->parents->len * sizeof (GezHash) },
                                 { data, size } };

  gez_hash_parts (record->signed_hash.bytes, GEZ_HASH_SIZE, NULL, name, parts, G_N_ELEMENTS (parts));
  gez_sign (script_get_device (self, device)->secret, &record->signed_hash, record->signature);
  /* What the reader of a file finds is always the hash for a roster. */
  gez_hash_parts (record->signed_hash.bytes, GEZ_HASH_SIZE, NULL, "roster/1", parts, G_N_ELEMENTS (parts));
  gez_hash_parts (record->hash.bytes, GEZ_HASH_SIZE, NULL, "file/1",
                  &(GezBytesView) { record->signature, GEZ_SIGNATURE_SIZE }, 1);
}

GezRosterRecord *
script_write_after (Script    *self,
                    guint      device,
                    GArray    *parents,
                    guint32    sequence,
                    GPtrArray *changes)
{
  GezRosterRecord *record = g_new0 (GezRosterRecord, 1);
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(sv)"));
  for (guint i = 0; i < changes->len; i++)
    g_variant_builder_add_value (&list, changes->pdata[i]);
  record->changes = g_variant_ref_sink (g_variant_builder_end (&list));
  record->sequence = sequence;
  record->author = script_get_device (self, device)->id;
  record->wall_at = self->wall_at;
  record->parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  if (parents->len > 0)
    g_array_append_vals (record->parents, parents->data, parents->len);
  script_sign (self, record, device, "roster/1");
  g_ptr_array_add (self->records, record);
  return record;
}

GezRosterRecord *
script_write (Script    *self,
              guint      device,
              GPtrArray *sight,
              ...)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr (GezRoster) roster = script_fold (self, sight);
  GVariant *change;
  va_list list;

  va_start (list, sight);
  while ((change = va_arg (list, GVariant *)) != NULL)
    g_ptr_array_add (changes, change);
  va_end (list);
  return script_write_after (self, device, gez_roster_get_heads (roster),
                             gez_roster_get_next_sequence (roster), changes);
}

static void
found (Script *self)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (GezHash));
  guint8 recovery[GEZ_KEY_SIZE] = { 0x5e };
  guint person = script_add_person (self), device = script_add_device (self, person);
  ScriptPerson *founder = script_person (self, person);
  GezHash check;

  gez_hash_parts (check.bytes, GEZ_HASH_SIZE, NULL, "fingerprint-key/1",
                  &(GezBytesView) { self->fingerprint_key->bytes, GEZ_KEY_SIZE }, 1);
  g_ptr_array_add (changes, script_other ("team", g_variant_new ("(s@ay@ay)", "Brug Test",
                                                                 bytes_of (recovery, sizeof recovery),
                                                                 bytes_of (check.bytes, GEZ_HASH_SIZE))));
  g_ptr_array_add (changes, script_member (self, person, "Lien Leider", "teamleider", TRUE));
  g_ptr_array_add (changes,
                   script_other ("user", g_variant_new ("(@ay@ay)", id_of (&founder->id),
                                                        bytes_of (founder->user_public, GEZ_KEY_SIZE))));
  g_ptr_array_add (changes, script_device (self, device));
  self->root = script_write_after (self, device, none, 0, changes)->hash;
}

Script *
script_new (guint32 seed)
{
  Script *self = g_new0 (Script, 1);

  self->seed = seed;
  self->team = next_id (self);
  self->fingerprint_key = gez_secret_new (NULL);
  self->fingerprint_key->bytes[0] = 0xf1;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_roster_record_free);
  self->persons = g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) device_free);
  self->invitations = g_ptr_array_new_with_free_func ((GDestroyNotify) invitation_free);
  found (self);
  return self;
}

void
script_free (Script *self)
{
  if (self == NULL)
    return;
  gez_secret_free (self->fingerprint_key);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->persons);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->invitations);
  g_free (self);
}

/* Looking ------------------------------------------------------------------------------------ */

GezRoster *
script_fold (Script    *self,
             GPtrArray *sight)
{
  return gez_roster_fold (&self->team, &self->root, sight ? sight : self->records);
}

gboolean
script_counts (GezRoster       *roster,
               GezRosterRecord *record)
{
  GPtrArray *refused = gez_roster_get_refused (roster);

  return !g_ptr_array_find_with_equal_func (refused, &record->hash, gez_hash_equal, NULL);
}

static void
describe_bytes (GString      *text,
                gconstpointer data,
                gsize         size)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  g_string_append_c (text, ' ');
}

static void
describe_members (GString   *text,
                  GezRoster *roster)
{
  GPtrArray *members = gez_roster_get_members (roster);

  for (guint i = 0; i < members->len; i++)
    {
      const GezRosterMember *member = members->pdata[i];

      describe_bytes (text, &member->id, GEZ_ID_SIZE);
      g_string_append_printf (text, "%s, %s, %d: ", member->name, member->role, member->is_active);
      for (guint j = 0; j < member->user_keys->len; j++)
        describe_bytes (text, g_bytes_get_data (member->user_keys->pdata[j], NULL), 8);
      g_string_append_c (text, '\n');
    }
}

static void
describe_devices (GString   *text,
                  GezRoster *roster)
{
  GPtrArray *devices = gez_roster_get_devices (roster);

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = devices->pdata[i];

      describe_bytes (text, &device->id, GEZ_ID_SIZE);
      describe_bytes (text, &device->member, GEZ_ID_SIZE);
      describe_bytes (text, device->public_key, 8);
      g_string_append_printf (text, "%d %" G_GUINT64_FORMAT " ", device->is_removed, device->pin_sequence);
      describe_bytes (text, &device->pin_hash, 8);
      g_string_append_c (text, '\n');
    }
}

char *
script_describe (GezRoster *roster)
{
  GString *text = g_string_new (gez_roster_get_team_name (roster));
  GPtrArray *invitations = gez_roster_get_invitations (roster);
  GArray *heads = gez_roster_get_heads (roster);

  g_string_append_printf (text, ", %s, %u, %u\n", gez_roster_get_leaders_read (roster),
                          gez_roster_get_min_version (roster), gez_roster_get_next_sequence (roster));
  describe_members (text, roster);
  describe_devices (text, roster);
  for (guint i = 0; i < invitations->len; i++)
    {
      const GezRosterInvitation *invitation = invitations->pdata[i];

      describe_bytes (text, &invitation->id, GEZ_ID_SIZE);
      g_string_append_printf (text, "%d %d\n", invitation->is_for_device, invitation->is_over);
    }
  for (guint i = 0; i < heads->len; i++)
    describe_bytes (text, &g_array_index (heads, GezHash, i), 8);
  return g_string_free (text, FALSE);
}
