/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "counts.h"
#include "roster-script.h"

/*
 * Random histories of a team: leaders and others who act on what they have seen, with clocks that are years
 * off, and remove each other without knowing. Who acts does what they may do, as far as they know.
 *
 * What must hold is checked against ancestors and removals that this file finds by itself.
 */

#define N_STEPS 12
#define N_TRIES 60 /* of steps that find nothing to do */
#define YEARS G_GINT64_CONSTANT (100000000000)

/* What a record says that others may depend on, read once. */
typedef struct
{
  GArray *removed_devices; /* of GezId */
  GArray *removed_users;   /* of GezHash: public keys */
  GezId used;              /* invitation */
  gboolean demotes;        /* may take the role of a leader away */
} Said;

typedef struct
{
  Script *script;
  GRand *random;
  GPtrArray *sights; /* by device: GPtrArray of GezRosterRecord */
  GHashTable *ancestors; /* GezRosterRecord -> set of the same */
  GHashTable *said;      /* GezRosterRecord -> Said */
} History;

static guint n_records, n_removals, n_void, n_second, n_knots;

static guint
below (History *self,
       guint    n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

static GPtrArray *
sight_of (History *self,
          guint    device)
{
  while (self->sights->len <= device)
    g_ptr_array_add (self->sights, g_ptr_array_new ());
  return self->sights->pdata[device];
}

static void
see_all (GPtrArray *to,
         GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    if (!g_ptr_array_find (to, from->pdata[i], NULL))
      g_ptr_array_add (to, from->pdata[i]);
}

static GezRosterRecord *
find_record (History       *self,
             const GezHash *hash)
{
  for (guint i = 0; i < self->script->records->len; i++)
    if (gez_hash_equal (&((GezRosterRecord *) self->script->records->pdata[i])->hash, hash))
      return self->script->records->pdata[i];
  return NULL;
}

static void
note_ancestors (History         *self,
                GezRosterRecord *record)
{
  GHashTable *all = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < record->parents->len; i++)
    {
      GezRosterRecord *parent = find_record (self, &g_array_index (record->parents, GezHash, i));
      GHashTableIter iter;
      gpointer one;

      g_hash_table_add (all, parent);
      g_hash_table_iter_init (&iter, g_hash_table_lookup (self->ancestors, parent));
      while (g_hash_table_iter_next (&iter, &one, NULL))
        g_hash_table_add (all, one);
    }
  g_hash_table_insert (self->ancestors, record, all);
}

static gboolean
is_ancestor (History         *self,
             GezRosterRecord *one,
             GezRosterRecord *of)
{
  return g_hash_table_contains (g_hash_table_lookup (self->ancestors, of), one);
}

static void
said_free (Said *said)
{
  g_array_unref (said->removed_devices);
  g_array_unref (said->removed_users);
  g_free (said);
}

static void
read_change (Said       *said,
             const char *name,
             GVariant   *value)
{
  g_autoptr (GVariant) first = NULL, second = NULL;
  const char *called = NULL, *role = NULL;

  if (strcmp (name, "remove-device") == 0 || strcmp (name, "join") == 0)
    {
      first = g_variant_get_child_value (value, 0);
      if (*name == 'j')
        memcpy (&said->used, g_variant_get_data (first), GEZ_ID_SIZE);
      else
        g_array_append_vals (said->removed_devices, g_variant_get_data (first), 1);
    }
  else if (strcmp (name, "remove-user") == 0)
    {
      second = g_variant_get_child_value (value, 1);
      g_array_append_vals (said->removed_users, g_variant_get_data (second), 1);
    }
  else if (strcmp (name, "member") == 0)
    {
      g_variant_get_child (value, 1, "&s", &called);
      g_variant_get_child (value, 2, "&s", &role);
      said->demotes = strcmp (called, "Ander") == 0 && strcmp (role, "teamleider") != 0;
    }
}

static void
note_said (History         *self,
           GezRosterRecord *record)
{
  Said *said = g_new0 (Said, 1);
  GVariantIter iter;
  const char *name;
  GVariant *value;

  said->removed_devices = g_array_new (FALSE, FALSE, sizeof (GezId));
  said->removed_users = g_array_new (FALSE, FALSE, sizeof (GezHash));
  g_variant_iter_init (&iter, record->changes);
  while (g_variant_iter_loop (&iter, "(&sv)", &name, &value))
    read_change (said, name, value);
  g_hash_table_insert (self->said, record, said);
}

/* Acting ------------------------------------------------------------------------------------- */

/* After what counts in the sight of @roster; %NULL: after the record that was written last. */
static void
write_record (History   *self,
              guint      device,
              GezRoster *roster,
              GVariant  *one,
              GVariant  *other,
              GVariant  *third)
{
  GVariant *all[] = { one, other, third };
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  GezRosterRecord *last = self->script->records->pdata[self->script->records->len - 1], *record;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL)
      g_ptr_array_add (changes, all[i]);
  g_array_append_val (parents, last->hash);
  self->script->wall_at = g_rand_int_range (self->random, -30, 30) * YEARS / 10;
  record = script_write_after (self->script, device, roster ? gez_roster_get_heads (roster) : parents,
                               roster ? gez_roster_get_next_sequence (roster) : last->sequence + 1, changes);
  g_ptr_array_add (sight_of (self, device), record);
  note_ancestors (self, record);
  note_said (self, record);
  n_records++;
}

static gboolean
can_act (GezRoster *roster,
         History   *self,
         guint      device)
{
  const GezRosterDevice *known =
      gez_roster_find_device (roster, &script_get_device (self->script, device)->id);
  const GezRosterMember *member = known ? gez_roster_find_member (roster, &known->member) : NULL;

  return known != NULL && !known->is_removed && member != NULL && member->is_active;
}

static void
join (History *self,
      guint    by_device,
      guint    device,
      guint    invitation)
{
  see_all (sight_of (self, device), sight_of (self, by_device));
  write_record (self, device, NULL, script_join (self->script, invitation, device),
                script_device (self->script, device), NULL);
}

/* A device joins, and sometimes a second one with the same invitation, before or after. */
static void
invite (History   *self,
        guint      device,
        GezRoster *roster)
{
  guint person = script_add_person (self->script), joined = script_add_device (self->script, person);
  guint invitation = script_add_invitation (self->script, person);
  const char *role = below (self, 2) == 0 ? "teamleider" : "casemanager";

  write_record (self, device, roster, script_member (self->script, person, "Nieuw", role, TRUE),
                script_invite (self->script, invitation, "member"), NULL);
  join (self, device, joined, invitation);
  if (below (self, 6) == 0)
    {
      g_autoptr (GezRoster) before = script_fold (self->script, sight_of (self, device));
      guint second = script_add_device (self->script, person);

      see_all (sight_of (self, second), sight_of (self, device));
      write_record (self, second, before, script_join (self->script, invitation, second),
                    script_device (self->script, second), NULL);
    }
}

static void
remove_somebody (History   *self,
                 guint      device,
                 guint      victim,
                 GezRoster *roster)
{
  guint person = script_get_device (self->script, victim)->person;

  if (person == script_get_device (self->script, device)->person || !can_act (roster, self, victim))
    return;
  write_record (self, device, roster, script_member (self->script, person, "Weg", "casemanager", FALSE),
                script_remove_user (self->script, person),
                script_remove_device (self->script, victim, below (self, 50)));
}

static void
act (History *self)
{
  guint device = below (self, self->script->devices->len), other = below (self, self->script->devices->len);
  g_autoptr (GezRoster) roster = NULL;
  guint what = below (self, 10);

  if (what < 2)
    see_all (sight_of (self, device), sight_of (self, other));
  roster = script_fold (self->script, sight_of (self, device));
  if (what < 2 || !can_act (roster, self, device))
    return;
  if (!gez_roster_is_leader (roster, &script_person (self->script,
                                                     script_get_device (self->script, device)->person)->id))
    {
      guint added = script_add_device (self->script, script_get_device (self->script, device)->person);

      see_all (sight_of (self, added), sight_of (self, device));
      write_record (self, added, roster, script_device (self->script, added), NULL, NULL);
    }
  else if (what < 4 && self->script->persons->len < 5)
    invite (self, device, roster);
  else if (what < 9)
    remove_somebody (self, device, other, roster);
  else
    write_record (self, device, roster,
                  script_member (self->script, script_get_device (self->script, other)->person,
                                 "Ander", below (self, 3) ? "teamleider" : "casemanager", TRUE),
                  NULL, NULL);
}

static History *
history_new (guint32 seed)
{
  History *self = g_new0 (History, 1);
  g_autoptr (GezRoster) first = NULL;

  self->script = script_new (seed);
  self->random = g_rand_new_with_seed (seed);
  self->sights = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->ancestors = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  see_all (sight_of (self, 0), self->script->records);
  self->said = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) said_free);
  note_ancestors (self, self->script->records->pdata[0]);
  note_said (self, self->script->records->pdata[0]);
  first = script_fold (self->script, NULL);
  invite (self, 0, first);
  for (guint i = 0; i < N_TRIES && self->script->records->len < N_STEPS; i++)
    act (self);
  return self;
}

static void
history_free (History *self)
{
  g_ptr_array_unref (self->sights);
  g_hash_table_unref (self->ancestors);
  g_hash_table_unref (self->said);
  g_rand_free (self->random);
  script_free (self->script);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)

/* What must hold ----------------------------------------------------------------------------- */

static GPtrArray *
shuffle (History   *self,
         GPtrArray *records)
{
  GPtrArray *shuffled = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_insert (shuffled, (gint) below (self, shuffled->len + 1), records->pdata[i]);
  for (guint i = 0; i < 3 && records->len > 0; i++)
    g_ptr_array_add (shuffled, records->pdata[below (self, records->len)]);
  return shuffled;
}

static void
check_any_order (History   *self,
                 GPtrArray *records,
                 guint32    seed)
{
  g_autoptr (GPtrArray) shuffled = shuffle (self, records);
  g_autoptr (GezRoster) one = script_fold (self->script, records),
                        other = script_fold (self->script, shuffled);
  g_autofree char *text = script_describe (one), *other_text = script_describe (other);

  if (strcmp (text, other_text) != 0)
    g_error ("seed %u: another order gives\n%s\nnot\n%s", seed, other_text, text);
}

/* Whether @said takes away @device or the user key of its person. */
static gboolean
removes (Said         *said,
         ScriptDevice *device,
         ScriptPerson *person)
{
  for (guint i = 0; i < said->removed_devices->len; i++)
    if (gez_id_equal (&g_array_index (said->removed_devices, GezId, i), &device->id))
      return TRUE;
  for (guint i = 0; i < said->removed_users->len; i++)
    if (memcmp (&g_array_index (said->removed_users, GezHash, i), person->user_public, GEZ_KEY_SIZE) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
removes_device (History         *self,
                GezRosterRecord *record,
                const GezId     *id)
{
  for (guint i = 0; i < self->script->devices->len; i++)
    {
      ScriptDevice *device = self->script->devices->pdata[i];

      if (gez_id_equal (&device->id, id))
        return removes (g_hash_table_lookup (self->said, record), device,
                        script_person (self->script, device->person));
    }
  return FALSE;
}

static gboolean
is_removal (History         *self,
            GezRosterRecord *record)
{
  return ((Said *) g_hash_table_lookup (self->said, record))->removed_devices->len > 0;
}

/* Whether both use one invitation; devices are brought once in these histories. */
static gboolean
joins_alike (History         *self,
             GezRosterRecord *record,
             GezRosterRecord *other)
{
  Said *one = g_hash_table_lookup (self->said, record), *two = g_hash_table_lookup (self->said, other);

  return !gez_id_is_none (&one->used) && gez_id_equal (&one->used, &two->used);
}

/* Every record that does not count has a reason. None counts that was written out of sight of a removal, but
 * where removals stand and fall with each other: a knot. Those are rare, and the removed ones stay removed.
 */
static void
check_reasons (History   *self,
               GezRoster *roster,
               guint32    seed)
{
  GPtrArray *records = self->script->records;

  for (guint i = 0; i < records->len; i++)
    {
      GezRosterRecord *record = records->pdata[i];
      gboolean counts = script_counts (roster, record), is_void = FALSE, is_second = FALSE, follows = FALSE;

      for (guint j = 0; j < records->len; j++)
        {
          GezRosterRecord *other = records->pdata[j];

          if (other == record)
            continue;
          is_second |= joins_alike (self, record, other) && script_counts (roster, other);
          follows |= is_ancestor (self, other, record) && !script_counts (roster, other);
          is_void |= script_counts (roster, other) && removes_device (self, other, &record->author)
                     && !is_ancestor (self, record, other);
        }
      n_removals += counts && is_removal (self, record);
      n_void += !counts && is_void;
      n_second += is_second;
      n_knots += counts && is_void;
      if (counts && is_second)
        g_error ("seed %u: record %u counts", seed, i);
      if (!counts && !is_void && !is_second && !follows)
        g_error ("seed %u: record %u does not count", seed, i);
    }
}

/* What a record that counts removed is not there; and somebody still leads the team, as long as nobody took
 * the role away from a leader. */
static void
check_state (History   *self,
             GezRoster *roster,
             guint32    seed)
{
  GPtrArray *records = self->script->records;
  GPtrArray *devices = gez_roster_get_devices (roster);
  guint n_leaders = 0;

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = devices->pdata[i];

      n_leaders += !device->is_removed && gez_roster_is_leader (roster, &device->member);
      for (guint j = 0; j < records->len; j++)
        if (!device->is_removed && removes_device (self, records->pdata[j], &device->id)
            && script_counts (roster, records->pdata[j]))
          g_error ("seed %u: removed by record %u and still there", seed, j);
    }
  for (guint i = 0; i < records->len; i++)
    if (((Said *) g_hash_table_lookup (self->said, records->pdata[i]))->demotes)
      return;
  if (n_leaders == 0)
    g_error ("seed %u: nobody leads the team", seed);
}

static guint
read_number (const char *name,
             guint       otherwise)
{
  const char *text = g_getenv (name);

  return text ? (guint) atoi (text) : otherwise;
}

static void
test_histories (void)
{
  guint n_histories = read_number ("GEZINSPLAN_HISTORIES", 1000), first = read_number ("GEZINSPLAN_SEED", 1);

  for (guint seed = first; seed < first + n_histories; seed++)
    {
      g_autoptr (History) history = history_new (seed);
      g_autoptr (GezRoster) roster = script_fold (history->script, NULL);

      check_any_order (history, history->script->records, seed);
      check_any_order (history, sight_of (history, below (history, history->sights->len)), seed);
      check_reasons (history, roster, seed);
      check_state (history, roster, seed);
    }
  counts_add ("random histories of a team", n_histories);
  counts_add ("roster records in them", n_records);
  g_test_message (
      "%u removals count, %u records are void, %u joins came second, %u stood in a knot",
      n_removals, n_void, n_second, n_knots);
  g_assert_cmpuint (n_removals, >, n_histories / 10);
  g_assert_cmpuint (n_void, >, n_histories / 20);
  g_assert_cmpuint (n_second, >, n_histories / 20);
  g_assert_cmpuint (n_knots, <, n_records / 200);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/roster/histories", test_histories);
  return g_test_run ();
}
