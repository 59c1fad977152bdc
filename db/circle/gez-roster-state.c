/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-roster-state.h"

#include <string.h>

#include "circle/gez-variant.h"

/*
 * What a set of roster records says (docs/SYNC.md, "Roster").
 *
 * 1. Records are applied in the order of sequence, then hash, and none before its ancestors. So what is
 *    applied last is the later of two, or has seen the other.
 * 2. Removed devices and user keys are remembered beside those that are there: whatever is added before
 *    or after, they stay removed.
 * 3. Where the safer of two concurrent values must win (not active, locked), all writes that no other one has
 *    seen are kept.
 */

typedef struct
{
  guint place;
  gboolean value;
} Head;

typedef struct
{
  guint64 sequence;
  GezHash hash;
} Pin;

typedef struct
{
  GezId member;
  GezId household;
} LockKey;

typedef struct
{
  GezRosterMember shown;
  GArray *active; /* of Head */
} Member;

typedef struct
{
  GezRosterDevice shown;
  GezRosterKey user_key;
} Device;

typedef struct
{
  GezRosterInvitation shown;
  GezId made_by;
} Invitation;

struct _GezRosterState
{
  char *team_name;
  char *leaders_read;
  GezHash fingerprint_check;
  gboolean has_recovery;
  guint8 recovery[GEZ_KEY_SIZE];
  guint32 min_version;
  GPtrArray *members;     /* of Member, in the order in which they came */
  GPtrArray *devices;     /* of Device */
  GPtrArray *invitations; /* of Invitation */
  GHashTable *member_ids; /* GezId -> one of these */
  GHashTable *device_ids;
  GHashTable *invitation_ids;
  GHashTable *removed_devices; /* GezId -> Pin */
  GHashTable *removed_keys;    /* set of GezRosterKey */
  GHashTable *locks;           /* LockKey -> GArray of Head */
};

static guint
key_hash (gconstpointer key)
{
  return gez_hash_hash (key);
}

static gboolean
key_equal (gconstpointer one,
           gconstpointer other)
{
  return memcmp (one, other, GEZ_KEY_SIZE) == 0;
}

G_STATIC_ASSERT (sizeof (LockKey) == GEZ_KEY_SIZE);

static void
member_free (Member *member)
{
  g_free (member->shown.name);
  g_free (member->shown.role);
  g_ptr_array_unref (member->shown.user_keys);
  g_array_unref (member->active);
  g_free (member);
}

GezRosterState *
gez_roster_state_new (void)
{
  GezRosterState *self = g_new0 (GezRosterState, 1);

  self->leaders_read = g_strdup ("cards");
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  self->devices = g_ptr_array_new_with_free_func (g_free);
  self->invitations = g_ptr_array_new_with_free_func (g_free);
  self->member_ids = g_hash_table_new (gez_id_hash, gez_id_equal);
  self->device_ids = g_hash_table_new (gez_id_hash, gez_id_equal);
  self->invitation_ids = g_hash_table_new (gez_id_hash, gez_id_equal);
  self->removed_devices = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, g_free);
  self->removed_keys = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  self->locks = g_hash_table_new_full (key_hash, key_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

void
gez_roster_state_free (GezRosterState *self)
{
  if (self == NULL)
    return;
  g_free (self->team_name);
  g_free (self->leaders_read);
  g_hash_table_unref (self->member_ids);
  g_hash_table_unref (self->device_ids);
  g_hash_table_unref (self->invitation_ids);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->invitations);
  g_hash_table_unref (self->removed_devices);
  g_hash_table_unref (self->removed_keys);
  g_hash_table_unref (self->locks);
  g_free (self);
}

/* Looking ------------------------------------------------------------------------------------ */

GezRosterMember *
gez_roster_state_member (GezRosterState *self,
                         const GezId    *id)
{
  Member *member = g_hash_table_lookup (self->member_ids, id);

  return member ? &member->shown : NULL;
}

GezRosterDevice *
gez_roster_state_device (GezRosterState *self,
                         const GezId    *id)
{
  Device *device = g_hash_table_lookup (self->device_ids, id);

  return device ? &device->shown : NULL;
}

GezRosterInvitation *
gez_roster_state_invitation (GezRosterState *self,
                             const GezId    *id)
{
  Invitation *invitation = g_hash_table_lookup (self->invitation_ids, id);

  return invitation ? &invitation->shown : NULL;
}

const GezRosterKey *
gez_roster_state_user_key (GezRosterState *self,
                           const GezId    *device)
{
  Device *found = g_hash_table_lookup (self->device_ids, device);

  return found ? &found->user_key : NULL;
}

const GezId *
gez_roster_state_inviter (GezRosterState *self,
                          const GezId    *invitation)
{
  Invitation *found = g_hash_table_lookup (self->invitation_ids, invitation);

  return found ? &found->made_by : NULL;
}

gboolean
gez_roster_state_is_key_removed (GezRosterState     *self,
                                 const GezRosterKey *key)
{
  return g_hash_table_contains (self->removed_keys, key);
}

gboolean
gez_roster_state_is_device_removed (GezRosterState *self,
                                    const GezId    *device)
{
  return g_hash_table_contains (self->removed_devices, device);
}

gboolean
gez_roster_state_is_leader (GezRosterState *self,
                            const GezId    *member)
{
  GezRosterMember *found = gez_roster_state_member (self, member);

  return found != NULL && found->is_active && strcmp (found->role, "teamleider") == 0;
}

static gboolean
any_head (GArray  *heads,
          gboolean value)
{
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    if (g_array_index (heads, Head, i).value == value)
      return TRUE;
  return FALSE;
}

gboolean
gez_roster_state_is_locked (GezRosterState *self,
                            const GezId    *member,
                            const GezId    *household)
{
  LockKey key = { *member, *household };

  return any_head (g_hash_table_lookup (self->locks, &key), TRUE);
}

/* Changing ----------------------------------------------------------------------------------- */

/* Takes the place of the writes that @node has seen. */
static void
write_head (GArray        *heads,
            GezRosterNode *node,
            gboolean       value)
{
  Head head = { node->place, value };

  for (guint i = heads->len; i > 0; i--)
    if (gez_roster_has_bit (node->ancestors, g_array_index (heads, Head, i - 1).place))
      g_array_remove_index (heads, i - 1);
  g_array_append_val (heads, head);
}

static void
apply_team (GezRosterState  *self,
            GezRosterChange *change)
{
  g_autoptr (GVariant) recovery = NULL, check = NULL;

  g_free (self->team_name);
  g_variant_get (change->value, "(s@ay@ay)", &self->team_name, &recovery, &check);
  self->has_recovery = gez_variant_get_bytes (recovery, self->recovery, GEZ_KEY_SIZE);
  gez_variant_get_bytes (check, self->fingerprint_check.bytes, GEZ_HASH_SIZE);
}

static Member *
ensure_member (GezRosterState *self,
               const GezId    *id)
{
  Member *member = g_hash_table_lookup (self->member_ids, id);

  if (member != NULL)
    return member;
  member = g_new0 (Member, 1);
  member->shown.id = *id;
  member->shown.name = g_strdup ("");
  member->shown.role = g_strdup ("");
  member->shown.user_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  member->active = g_array_new (FALSE, FALSE, sizeof (Head));
  g_ptr_array_add (self->members, member);
  g_hash_table_insert (self->member_ids, &member->shown.id, member);
  return member;
}

static void
apply_member (GezRosterState  *self,
              GezRosterNode   *node,
              GezRosterChange *change)
{
  Member *member = ensure_member (self, &change->id);
  const char *name = NULL, *role = NULL;
  gboolean is_active = FALSE;

  g_variant_get (change->value, "(@ay&s&sb)", NULL, &name, &role, &is_active);
  if (change->says & GEZ_ROSTER_SAYS_NAME)
    {
      g_free (member->shown.name);
      member->shown.name = g_strdup (name);
    }
  if (change->says & GEZ_ROSTER_SAYS_ROLE)
    {
      g_free (member->shown.role);
      member->shown.role = g_strdup (role);
    }
  if (change->says & GEZ_ROSTER_SAYS_ACTIVE)
    write_head (member->active, node, is_active);
  member->shown.is_active = !any_head (member->active, FALSE);
}

static guint
find_key (GPtrArray          *keys,
          const GezRosterKey *key)
{
  for (guint i = 0; i < keys->len; i++)
    if (key_equal (g_bytes_get_data (keys->pdata[i], NULL), key->bytes))
      return i;
  return keys->len;
}

static void
add_user (GezRosterState     *self,
          const GezId        *id,
          const GezRosterKey *key)
{
  Member *member = ensure_member (self, id);

  if (!gez_roster_state_is_key_removed (self, key)
      && find_key (member->shown.user_keys, key) == member->shown.user_keys->len)
    g_ptr_array_add (member->shown.user_keys, g_bytes_new (key->bytes, GEZ_KEY_SIZE));
}

static void
pin (Device    *device,
     const Pin *at)
{
  device->shown.is_removed = TRUE;
  device->shown.pin_sequence = at ? at->sequence : 0;
  memset (&device->shown.pin_hash, 0, sizeof device->shown.pin_hash);
  if (at != NULL)
    device->shown.pin_hash = at->hash;
}

static void
apply_device (GezRosterState  *self,
              GezRosterChange *change)
{
  g_autoptr (GVariant) box = NULL;
  const Pin *removed = g_hash_table_lookup (self->removed_devices, &change->id);
  Device *device;

  if (g_hash_table_contains (self->device_ids, &change->id))
    return;
  device = g_new0 (Device, 1);
  device->shown.id = change->id;
  device->shown.member = change->member;
  memcpy (device->shown.public_key, change->key.bytes, GEZ_KEY_SIZE);
  g_variant_get (change->value, "(@ay@ay@ayu@ay@ay)", NULL, NULL, NULL, &device->shown.box_number, &box,
                 NULL);
  gez_variant_get_bytes (box, device->shown.box_public, GEZ_KEY_SIZE);
  device->user_key = change->certifier;
  if (removed != NULL || gez_roster_state_is_key_removed (self, &device->user_key))
    pin (device, removed);
  g_ptr_array_add (self->devices, device);
  g_hash_table_insert (self->device_ids, &device->shown.id, device);
}

static void
apply_invite (GezRosterState  *self,
              GezRosterNode   *node,
              GezRosterChange *change)
{
  const char *kind = NULL;
  Invitation *invitation;

  if (g_hash_table_contains (self->invitation_ids, &change->id))
    return;
  invitation = g_new0 (Invitation, 1);
  invitation->shown.id = change->id;
  invitation->shown.member = change->member;
  memcpy (invitation->shown.public_key, change->key.bytes, GEZ_KEY_SIZE);
  g_variant_get (change->value, "(@ay@ay@ayx&s)", NULL, NULL, NULL, &invitation->shown.valid_until, &kind);
  invitation->shown.is_for_device = strcmp (kind, "device") == 0;
  invitation->made_by = node->member;
  g_ptr_array_add (self->invitations, invitation);
  g_hash_table_insert (self->invitation_ids, &invitation->shown.id, invitation);
}

static void
end_invitation (GezRosterState *self,
                const GezId    *id)
{
  GezRosterInvitation *invitation = gez_roster_state_invitation (self, id);

  if (invitation != NULL)
    invitation->is_over = TRUE;
}

/* Two who remove the same device may have accepted more or less of it: the later pin holds, since
 * somebody read up to there. */
static void
apply_remove_device (GezRosterState  *self,
                     GezRosterChange *change)
{
  Pin *at = g_hash_table_lookup (self->removed_devices, &change->id), now = { 0 };
  Device *device = g_hash_table_lookup (self->device_ids, &change->id);
  g_autoptr (GVariant) hash = NULL;

  g_variant_get (change->value, "(@ayt@ay)", NULL, &now.sequence, &hash);
  gez_variant_get_bytes (hash, now.hash.bytes, GEZ_HASH_SIZE);
  if (at == NULL)
    {
      at = g_new0 (Pin, 1);
      g_hash_table_insert (self->removed_devices, gez_id_copy (&change->id), at);
    }
  if (now.sequence > at->sequence
      || (now.sequence == at->sequence && memcmp (&now.hash, &at->hash, GEZ_HASH_SIZE) > 0))
    *at = now;
  if (device != NULL)
    pin (device, at);
}

static void
apply_remove_user (GezRosterState  *self,
                   GezRosterChange *change)
{
  GezRosterMember *member = gez_roster_state_member (self, &change->id);

  g_hash_table_add (self->removed_keys, g_memdup2 (&change->key, sizeof change->key));
  if (member != NULL && find_key (member->user_keys, &change->key) < member->user_keys->len)
    g_ptr_array_remove_index (member->user_keys, find_key (member->user_keys, &change->key));
  for (guint i = 0; i < self->devices->len; i++)
    {
      Device *device = self->devices->pdata[i];

      if (key_equal (&device->user_key, &change->key))
        pin (device, g_hash_table_lookup (self->removed_devices, &device->shown.id));
    }
}

static void
apply_lock (GezRosterState  *self,
            GezRosterNode   *node,
            GezRosterChange *change)
{
  LockKey key = { change->id, change->member };
  GArray *heads = g_hash_table_lookup (self->locks, &key);
  gboolean is_locked = FALSE;

  if (!(change->says & GEZ_ROSTER_SAYS_LOCK))
    return;
  if (heads == NULL)
    {
      heads = g_array_new (FALSE, FALSE, sizeof (Head));
      g_hash_table_insert (self->locks, g_memdup2 (&key, sizeof key), heads);
    }
  g_variant_get_child (change->value, 2, "b", &is_locked);
  write_head (heads, node, is_locked);
}

static void
apply_setting (GezRosterState  *self,
               GezRosterChange *change)
{
  switch (change->kind)
    {
    case GEZ_ROSTER_CHANGE_LEADERS_READ:
      g_free (self->leaders_read);
      self->leaders_read = g_variant_dup_string (change->value, NULL);
      break;
    case GEZ_ROSTER_CHANGE_RECOVERY:
      self->has_recovery = gez_variant_get_bytes (change->value, self->recovery, GEZ_KEY_SIZE);
      break;
    case GEZ_ROSTER_CHANGE_MIN_VERSION:
      self->min_version = MAX (self->min_version, g_variant_get_uint32 (change->value));
      break;
    default: /* recovery-used: it is there to be read */
      break;
    }
}

static void
apply_change (GezRosterState  *self,
              GezRosterNode   *node,
              GezRosterChange *change)
{
  switch (change->kind)
    {
    case GEZ_ROSTER_CHANGE_TEAM:
      return apply_team (self, change);
    case GEZ_ROSTER_CHANGE_MEMBER:
      return apply_member (self, node, change);
    case GEZ_ROSTER_CHANGE_USER:
      return add_user (self, &change->id, &change->key);
    case GEZ_ROSTER_CHANGE_DEVICE:
      return apply_device (self, change);
    case GEZ_ROSTER_CHANGE_INVITE:
      return apply_invite (self, node, change);
    case GEZ_ROSTER_CHANGE_JOIN:
      end_invitation (self, &change->id);
      return add_user (self, &change->member, &change->key);
    case GEZ_ROSTER_CHANGE_CANCEL:
      return end_invitation (self, &change->id);
    case GEZ_ROSTER_CHANGE_REMOVE_DEVICE:
      return apply_remove_device (self, change);
    case GEZ_ROSTER_CHANGE_REMOVE_USER:
      return apply_remove_user (self, change);
    case GEZ_ROSTER_CHANGE_LOCK:
      return apply_lock (self, node, change);
    default:
      return apply_setting (self, change);
    }
}

/* Adds what @node says; its ancestors, as far as they count, were applied before it. */
void
gez_roster_state_apply (GezRosterState *self,
                        GezRosterNode  *node)
{
  for (guint i = 0; i < node->changes->len; i++)
    apply_change (self, node, &g_array_index (node->changes, GezRosterChange, i));
}

/* Fills in what @roster shows; @self stays its owner. */
void
gez_roster_state_publish (GezRosterState *self,
                          GezRoster      *roster)
{
  roster->team_name = g_strdup (self->team_name ? self->team_name : "");
  roster->leaders_read = g_strdup (self->leaders_read);
  roster->fingerprint_check = self->fingerprint_check;
  roster->has_recovery = self->has_recovery;
  memcpy (roster->recovery, self->recovery, GEZ_KEY_SIZE);
  roster->min_version = self->min_version;
  for (guint i = 0; i < self->members->len; i++)
    g_ptr_array_add (roster->members, &((Member *) self->members->pdata[i])->shown);
  for (guint i = 0; i < self->devices->len; i++)
    g_ptr_array_add (roster->devices, &((Device *) self->devices->pdata[i])->shown);
  for (guint i = 0; i < self->invitations->len; i++)
    g_ptr_array_add (roster->invitations, &((Invitation *) self->invitations->pdata[i])->shown);
}
