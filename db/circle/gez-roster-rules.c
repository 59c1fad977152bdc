/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-roster-state.h"

#include <string.h>

#include "circle/gez-variant.h"

/*
 * Who may change what in the roster (docs/SYNC.md, "Roster").
 *
 * 1. Everything is judged in the state that the parents of the record make. Only who is let in by a
 *    record may use in that same record what lets them in: a user key that joins certifies the device
 *    that signs.
 * 2. No clock is asked. What the writer's clock said is shown to people and decides nothing.
 * 3. Taking away what is not there is allowed: somebody else may have put it there without knowing of the
 *    removal.
 * 4. A signature that was found good once is not computed again; the record cannot change.
 */

static const struct
{
  const char *name;
  const char *type;
  int id_at; /* of the value's children; -1: none */
  int member_at;
  int key_at;
} kinds[] = {
  [GEZ_ROSTER_CHANGE_TEAM] = { "team", "(sayay)", -1, -1, -1 },
  [GEZ_ROSTER_CHANGE_MEMBER] = { "member", "(ayssb)", 0, -1, -1 },
  [GEZ_ROSTER_CHANGE_USER] = { "user", "(ayay)", 0, -1, 1 },
  [GEZ_ROSTER_CHANGE_DEVICE] = { "device", "(ayayayuayay)", 0, 1, 2 },
  [GEZ_ROSTER_CHANGE_INVITE] = { "invite", "(ayayayxs)", 0, 1, 2 },
  [GEZ_ROSTER_CHANGE_JOIN] = { "join", "(ayayayay)", 0, 1, 2 },
  [GEZ_ROSTER_CHANGE_CANCEL] = { "cancel", "ay", -1, -1, -1 },
  [GEZ_ROSTER_CHANGE_REMOVE_DEVICE] = { "remove-device", "(aytay)", 0, -1, -1 },
  [GEZ_ROSTER_CHANGE_REMOVE_USER] = { "remove-user", "(ayay)", 0, -1, 1 },
  [GEZ_ROSTER_CHANGE_LOCK] = { "lock", "(ayayb)", 0, 1, -1 },
  [GEZ_ROSTER_CHANGE_LEADERS_READ] = { "leaders-read", "s", -1, -1, -1 },
  [GEZ_ROSTER_CHANGE_RECOVERY] = { "recovery", "ay", -1, -1, -1 },
  [GEZ_ROSTER_CHANGE_RECOVERY_USED] = { "recovery-used", "(ays)", 0, -1, -1 },
  [GEZ_ROSTER_CHANGE_MIN_VERSION] = { "min-version", "u", -1, -1, -1 },
};

/* Reading ------------------------------------------------------------------------------------ */

void
gez_roster_change_clear (GezRosterChange *change)
{
  g_clear_pointer (&change->value, g_variant_unref);
}

static gboolean
read_child (GVariant *value,
            int       at,
            gpointer  out,
            gsize     size)
{
  g_autoptr (GVariant) child = NULL;

  if (at < 0)
    return TRUE;
  child = g_variant_get_child_value (value, (gsize) at);
  return gez_variant_get_bytes (child, out, size);
}

/* The last child of what has one that must be of a size, or may be missing. */
static gboolean
has_size (GVariant *value,
          gsize     at,
          gsize     size,
          gboolean  or_none)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (value, at);

  return g_variant_get_size (child) == size || (or_none && g_variant_get_size (child) == 0);
}

static gboolean
has_right_sizes (GezRosterChange *change)
{
  GVariant *value = change->value;

  switch (change->kind)
    {
    case GEZ_ROSTER_CHANGE_TEAM:
      return has_size (value, 1, GEZ_KEY_SIZE, TRUE) && has_size (value, 2, GEZ_HASH_SIZE, FALSE);
    case GEZ_ROSTER_CHANGE_DEVICE:
      return has_size (value, 4, GEZ_KEY_SIZE, FALSE) && has_size (value, 5, GEZ_SIGNATURE_SIZE, FALSE);
    case GEZ_ROSTER_CHANGE_JOIN:
      return has_size (value, 3, GEZ_SIGNATURE_SIZE, FALSE);
    case GEZ_ROSTER_CHANGE_CANCEL:
      return gez_variant_get_bytes (value, change->id.bytes, GEZ_ID_SIZE);
    case GEZ_ROSTER_CHANGE_REMOVE_DEVICE:
      return has_size (value, 2, GEZ_HASH_SIZE, TRUE);
    case GEZ_ROSTER_CHANGE_RECOVERY:
      return g_variant_get_size (value) == GEZ_KEY_SIZE;
    default:
      return TRUE;
    }
}

static gboolean
read_change (const char      *name,
             GVariant        *value,
             GezRosterChange *change,
             gboolean        *is_known)
{
  guint kind = 0;

  while (kind < G_N_ELEMENTS (kinds) && strcmp (kinds[kind].name, name) != 0)
    kind++;
  *is_known = kind < G_N_ELEMENTS (kinds);
  if (!*is_known)
    return TRUE;
  change->kind = kind;
  change->value = g_variant_ref (value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE (kinds[kind].type))
         && read_child (value, kinds[kind].id_at, change->id.bytes, GEZ_ID_SIZE)
         && read_child (value, kinds[kind].member_at, change->member.bytes, GEZ_ID_SIZE)
         && read_child (value, kinds[kind].key_at, change->key.bytes, GEZ_KEY_SIZE)
         && has_right_sizes (change);
}

/* Reads the changes of the record. Those of newer programs are left out. Returns whether all known ones
 * are what they should be. */
gboolean
gez_roster_node_read_changes (GezRosterNode *node)
{
  GVariantIter iter;
  const char *name = NULL;
  GVariant *value = NULL;
  gboolean is_good = TRUE;

  node->changes = g_array_new (FALSE, FALSE, sizeof (GezRosterChange));
  g_array_set_clear_func (node->changes, (GDestroyNotify) gez_roster_change_clear);
  g_variant_iter_init (&iter, node->record->changes);
  while (is_good && g_variant_iter_next (&iter, "(&sv)", &name, &value))
    {
      GezRosterChange change = { 0 };
      gboolean is_known = FALSE;

      is_good = read_change (name, value, &change, &is_known);
      if (is_known && is_good)
        g_array_append_val (node->changes, change);
      else
        gez_roster_change_clear (&change);
      g_variant_unref (value);
    }
  return is_good;
}

/* Judging ------------------------------------------------------------------------------------ */

typedef struct
{
  GezRosterState *state;
  const GezId *team;
  GezRosterNode *node;
  GezRosterChange *own_device; /* that the record adds and is signed by; NULL: a known one signs */
  gboolean is_root;
  gboolean is_leader;
} Case;

/* Whether @signature is that of @key. What was found good is remembered with the record. */
static gboolean
is_signed (GezRosterRecord    *record,
           const GezRosterKey *key,
           const GezHash      *what,
           const guint8       *signature)
{
  const GezBytesView parts[]
      = { { key, sizeof *key }, { what, sizeof *what }, { signature, GEZ_SIGNATURE_SIZE } };
  GezHash all;

  gez_hash_parts (all.bytes, sizeof all.bytes, NULL, "verified/1", parts, G_N_ELEMENTS (parts));
  if (record->verified == NULL)
    record->verified = g_hash_table_new_full (gez_hash_hash, gez_hash_equal, g_free, NULL);
  if (g_hash_table_contains (record->verified, &all))
    return TRUE;
  if (!gez_is_signed (key->bytes, what, signature))
    return FALSE;
  g_hash_table_add (record->verified, g_memdup2 (&all, sizeof all));
  return TRUE;
}

static gboolean
is_certified_by (Case               *judged,
                 GezRosterChange    *device,
                 const GezRosterKey *user_key)
{
  const GezBytesView parts[] = {
    { judged->team->bytes, GEZ_ID_SIZE },
    { device->member.bytes, GEZ_ID_SIZE },
    { device->id.bytes, GEZ_ID_SIZE },
    { device->key.bytes, GEZ_KEY_SIZE },
  };
  guint8 certificate[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  gez_hash_parts (hash.bytes, sizeof hash.bytes, NULL, "device/1", parts, G_N_ELEMENTS (parts));
  if (!read_child (device->value, 5, certificate, sizeof certificate)
      || !is_signed (judged->node->record, user_key, &hash, certificate))
    return FALSE;
  device->certifier = *user_key;
  return TRUE;
}

/* Whether one of the keys that the member has, or that this record brings, certifies the device. */
static gboolean
is_certified (Case            *judged,
              GezRosterChange *device)
{
  GezRosterMember *member = gez_roster_state_member (judged->state, &device->member);

  for (guint i = 0; i < judged->node->changes->len; i++)
    {
      GezRosterChange *change = &g_array_index (judged->node->changes, GezRosterChange, i);
      gboolean brings = (change->kind == GEZ_ROSTER_CHANGE_USER
                         && gez_id_equal (&change->id, &device->member))
                        || (change->kind == GEZ_ROSTER_CHANGE_JOIN
                            && gez_id_equal (&change->member, &device->member));

      if (brings && is_certified_by (judged, device, &change->key))
        return TRUE;
    }
  for (guint i = 0; member != NULL && i < member->user_keys->len; i++)
    {
      GezRosterKey key;

      memcpy (&key, g_bytes_get_data (member->user_keys->pdata[i], NULL), sizeof key);
      if (is_certified_by (judged, device, &key))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_active (Case        *judged,
           const GezId *id)
{
  GezRosterMember *member = gez_roster_state_member (judged->state, id);

  return judged->is_root || (member != NULL && member->is_active);
}

static gboolean
may_add_device (Case            *judged,
                GezRosterChange *change)
{
  return gez_roster_state_device (judged->state, &change->id) == NULL
         && !gez_roster_state_is_device_removed (judged->state, &change->id)
         && is_active (judged, &change->member) && is_certified (judged, change)
         && !gez_roster_state_is_key_removed (judged->state, &change->certifier);
}

static gboolean
may_invite (Case            *judged,
            GezRosterChange *change)
{
  const char *kind = NULL;

  g_variant_get_child (change->value, 4, "&s", &kind);
  if (gez_roster_state_invitation (judged->state, &change->id) != NULL)
    return FALSE;
  if (strcmp (kind, "device") == 0)
    return gez_id_equal (&change->member, &judged->node->member);
  return judged->is_leader && strcmp (kind, "member") == 0;
}

static gboolean
has_user_key (Case               *judged,
              const GezId        *id,
              const GezRosterKey *key)
{
  GezRosterMember *member = gez_roster_state_member (judged->state, id);

  for (guint i = 0; member != NULL && i < member->user_keys->len; i++)
    if (memcmp (g_bytes_get_data (member->user_keys->pdata[i], NULL), key, sizeof *key) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_signed_by_invitation (Case                *judged,
                         GezRosterChange     *join,
                         GezRosterInvitation *invitation)
{
  const GezBytesView parts[] = {
    { judged->team->bytes, GEZ_ID_SIZE },        { join->id.bytes, GEZ_ID_SIZE },
    { join->member.bytes, GEZ_ID_SIZE },         { join->key.bytes, GEZ_KEY_SIZE },
    { judged->node->record->author.bytes, GEZ_ID_SIZE },
  };
  guint8 signature[GEZ_SIGNATURE_SIZE];
  GezRosterKey key;
  GezHash hash;

  memcpy (&key, invitation->public_key, sizeof key);
  gez_hash_parts (hash.bytes, sizeof hash.bytes, NULL, "join/1", parts, G_N_ELEMENTS (parts));
  return read_child (join->value, 3, signature, sizeof signature)
         && is_signed (judged->node->record, &key, &hash, signature);
}

static gboolean
may_join (Case            *judged,
          GezRosterChange *change)
{
  GezRosterInvitation *invitation = gez_roster_state_invitation (judged->state, &change->id);

  return invitation != NULL && !invitation->is_over && gez_id_equal (&invitation->member, &change->member)
         && judged->own_device != NULL && gez_id_equal (&judged->own_device->member, &change->member)
         && is_active (judged, &change->member)
         && !gez_roster_state_is_key_removed (judged->state, &change->key)
         && (!invitation->is_for_device || has_user_key (judged, &change->member, &change->key))
         && is_signed_by_invitation (judged, change, invitation);
}

static gboolean
may_cancel (Case            *judged,
            GezRosterChange *change)
{
  const GezId *inviter = gez_roster_state_inviter (judged->state, &change->id);

  return judged->is_leader || (inviter != NULL && gez_id_equal (inviter, &judged->node->member));
}

static gboolean
may_remove_device (Case            *judged,
                   GezRosterChange *change)
{
  GezRosterDevice *device = gez_roster_state_device (judged->state, &change->id);

  return judged->is_leader || (device != NULL && gez_id_equal (&device->member, &judged->node->member));
}

static gboolean
may_read_more (Case            *judged,
               GezRosterChange *change)
{
  static const char *const choices[] = { "cards", "open", "casework", NULL };

  return judged->is_leader && g_strv_contains (choices, g_variant_get_string (change->value, NULL));
}

static gboolean
may_change (Case            *judged,
            GezRosterChange *change)
{
  switch (change->kind)
    {
    case GEZ_ROSTER_CHANGE_TEAM:
    case GEZ_ROSTER_CHANGE_USER:
      return judged->is_root;
    case GEZ_ROSTER_CHANGE_DEVICE:
      return may_add_device (judged, change);
    case GEZ_ROSTER_CHANGE_INVITE:
      return may_invite (judged, change);
    case GEZ_ROSTER_CHANGE_JOIN:
      return may_join (judged, change);
    case GEZ_ROSTER_CHANGE_CANCEL:
      return may_cancel (judged, change);
    case GEZ_ROSTER_CHANGE_REMOVE_DEVICE:
      return may_remove_device (judged, change);
    case GEZ_ROSTER_CHANGE_LEADERS_READ:
      return may_read_more (judged, change);
    default:
      return judged->is_leader;
    }
}

/* Notes what differs from what the parents say: only that is this record's word. */
static void
note_what_is_said (GezRosterState  *state,
                   GezRosterChange *change)
{
  const char *name = NULL, *role = NULL;
  gboolean value = FALSE;

  if (change->kind == GEZ_ROSTER_CHANGE_MEMBER)
    {
      GezRosterMember *member = gez_roster_state_member (state, &change->id);

      g_variant_get (change->value, "(@ay&s&sb)", NULL, &name, &role, &value);
      change->says = (member == NULL || strcmp (member->name, name) != 0 ? GEZ_ROSTER_SAYS_NAME : 0)
                     | (member == NULL || strcmp (member->role, role) != 0 ? GEZ_ROSTER_SAYS_ROLE : 0)
                     | (member == NULL || member->is_active != value ? GEZ_ROSTER_SAYS_ACTIVE : 0);
    }
  else if (change->kind == GEZ_ROSTER_CHANGE_LOCK)
    {
      g_variant_get_child (change->value, 2, "b", &value);
      if (gez_roster_state_is_locked (state, &change->id, &change->member) == value)
        change->says = 0;
      else
        change->says = GEZ_ROSTER_SAYS_LOCK;
    }
}

static GezRosterChange *
find_own_device (GezRosterNode *node)
{
  for (guint i = 0; i < node->changes->len; i++)
    {
      GezRosterChange *change = &g_array_index (node->changes, GezRosterChange, i);

      if (change->kind == GEZ_ROSTER_CHANGE_DEVICE && gez_id_equal (&change->id, &node->record->author))
        return change;
    }
  return NULL;
}

static void
keep_author (GezRosterNode      *node,
             const GezRosterKey *user_key)
{
  if (node->has_author)
    return;
  node->has_author = TRUE;
  node->author_member = node->member;
  node->author_key = *user_key;
}

/* Who wrote the record; for a device that it adds itself, whoever certified that device. */
static gboolean
find_author (Case         *judged,
             GezRosterKey *signing_key,
             GezRosterKey *user_key)
{
  GezRosterNode *node = judged->node;
  GezRosterDevice *device = gez_roster_state_device (judged->state, &node->record->author);

  if (device != NULL)
    {
      if (device->is_removed || !is_active (judged, &device->member))
        return FALSE;
      node->member = device->member;
      *user_key = *gez_roster_state_user_key (judged->state, &device->id);
      memcpy (signing_key, device->public_key, sizeof *signing_key);
      judged->is_leader = gez_roster_state_is_leader (judged->state, &node->member);
      return TRUE;
    }
  judged->own_device = find_own_device (node);
  if (judged->own_device == NULL || !may_add_device (judged, judged->own_device))
    return FALSE;
  node->member = judged->own_device->member;
  *user_key = judged->own_device->certifier;
  *signing_key = judged->own_device->key;
  judged->is_leader = judged->is_root;
  return TRUE;
}

static gboolean
has_one_team (GezRosterNode *node)
{
  guint n_teams = 0;

  for (guint i = 0; i < node->changes->len; i++)
    n_teams += g_array_index (node->changes, GezRosterChange, i).kind == GEZ_ROSTER_CHANGE_TEAM;
  return n_teams == 1;
}

/* @state: of the parents of @node. Whether its author is known there and may do all that it does. */
gboolean
gez_roster_may (GezRosterState *state,
                const GezId    *team,
                GezRosterNode  *node)
{
  Case judged = { state, team, node, NULL, node->record->parents->len == 0, FALSE };
  GezRosterKey signing_key = { { 0 } }, user_key = { { 0 } };

  if (node->is_malformed || !find_author (&judged, &signing_key, &user_key)
      || !is_signed (node->record, &signing_key, &node->record->signed_hash, node->record->signature))
    return FALSE;
  keep_author (node, &user_key);
  if (judged.is_root && !has_one_team (node))
    return FALSE;
  for (guint i = 0; i < node->changes->len; i++)
    {
      GezRosterChange *change = &g_array_index (node->changes, GezRosterChange, i);

      if (!may_change (&judged, change))
        return FALSE;
      note_what_is_said (state, change);
    }
  return TRUE;
}
