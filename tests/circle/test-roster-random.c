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

#define N_STEPS 14
#define N_TRIES 60 /* of steps that find nothing to do */
#define YEARS G_GINT64_CONSTANT (100000000000)

typedef struct
{
  Script *script;
  GRand *random;
  GPtrArray *sights; /* by device: GPtrArray of GezRosterRecord */
  GHashTable *ancestors; /* GezRosterRecord -> set of the same */
} History;

static guint n_records, n_removals, n_void, n_second, n_quarrels;

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

/* Acting ------------------------------------------------------------------------------------- */

static void
write_record (History  *self,
              guint     device,
              GVariant *one,
              GVariant *other,
              GVariant *third)
{
  GezRosterRecord *record;

  self->script->wall_at = g_rand_int_range (self->random, -30, 30) * YEARS / 10;
  record = script_write (self->script, device, sight_of (self, device), one, other, third, NULL);
  g_ptr_array_add (sight_of (self, device), record);
  note_ancestors (self, record);
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

/* The first device joins, and sometimes a second one with the same invitation. */
static void
invite (History *self,
        guint    device)
{
  guint person = script_add_person (self->script), joined = script_add_device (self->script, person);
  guint invitation = script_add_invitation (self->script, person);
  const char *role = below (self, 3) == 0 ? "teamleider" : "casemanager";

  write_record (self, device, script_member (self->script, person, "Nieuw", role, TRUE),
                script_invite (self->script, invitation, "member"), NULL);
  see_all (sight_of (self, joined), sight_of (self, device));
  if (below (self, 6) == 0)
    {
      guint second = script_add_device (self->script, person);

      see_all (sight_of (self, second), sight_of (self, device));
      write_record (self, second, script_join (self->script, invitation, second),
                    script_device (self->script, second), NULL);
    }
  write_record (self, joined, script_join (self->script, invitation, joined),
                script_device (self->script, joined), NULL);
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
  write_record (self, device, script_member (self->script, person, "Weg", "casemanager", FALSE),
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
      write_record (self, added, script_device (self->script, added), NULL, NULL);
    }
  else if (what < 5)
    invite (self, device);
  else if (what < 8)
    remove_somebody (self, device, other, roster);
  else
    write_record (self, device,
                  script_member (self->script, script_get_device (self->script, other)->person,
                                 below (self, 2) ? "Een" : "Twee",
                                 below (self, 2) ? "teamleider" : "casemanager", TRUE),
                  NULL, NULL);
}

static History *
history_new (guint32 seed)
{
  History *self = g_new0 (History, 1);

  self->script = script_new (seed);
  self->random = g_rand_new_with_seed (seed);
  self->sights = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->ancestors = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  see_all (sight_of (self, 0), self->script->records);
  note_ancestors (self, self->script->records->pdata[0]);
  invite (self, 0);
  for (guint i = 0; i < N_TRIES && self->script->records->len < N_STEPS; i++)
    act (self);
  return self;
}

static void
history_free (History *self)
{
  g_ptr_array_unref (self->sights);
  g_hash_table_unref (self->ancestors);
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

/* Whether @record takes away the device or the user key of who wrote @other. */
static gboolean
removes_writer (History         *self,
                GezRosterRecord *record,
                GezRosterRecord *other)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;
  gboolean removes = FALSE;

  g_variant_iter_init (&iter, record->changes);
  while (g_variant_iter_next (&iter, "(&sv)", &name, &value))
    {
      g_autoptr (GVariant) child = NULL;

      if (strcmp (name, "remove-device") == 0)
        {
          child = g_variant_get_child_value (value, 0);
          removes |= memcmp (g_variant_get_data (child), &other->author, GEZ_ID_SIZE) == 0;
        }
      else if (strcmp (name, "remove-user") == 0)
        {
          child = g_variant_get_child_value (value, 1);
          for (guint i = 0; i < self->script->devices->len; i++)
            {
              ScriptDevice *device = self->script->devices->pdata[i];

              removes |= gez_id_equal (&device->id, &other->author)
                         && memcmp (g_variant_get_data (child),
                                    script_person (self->script, device->person)->user_public, GEZ_KEY_SIZE)
                                == 0;
            }
        }
      g_variant_unref (value);
    }
  return removes;
}

static gboolean
is_removal (GezRosterRecord *record)
{
  g_autofree char *text = g_variant_print (record->changes, FALSE);

  return strstr (text, "'remove-") != NULL;
}

/* Whether @other uses the invitation that @record uses; devices are brought once in these histories. */
static gboolean
joins_alike (GezRosterRecord *record,
             GezRosterRecord *other)
{
  GezRosterRecord *both[] = { record, other };
  GezId ids[2] = { GEZ_ID_NONE, GEZ_ID_NONE };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GVariant) change = g_variant_get_child_value (both[i]->changes, 0);
      g_autoptr (GVariant) value = NULL, id = NULL;
      const char *name = NULL;

      g_variant_get (change, "(&sv)", &name, &value);
      if (strcmp (name, "join") != 0)
        return FALSE;
      id = g_variant_get_child_value (value, 0);
      memcpy (&ids[i], g_variant_get_data (id), GEZ_ID_SIZE);
    }
  return gez_id_equal (&ids[0], &ids[1]);
}

/* Every record that does not count has a reason, and none counts that was written out of sight of a removal.
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
          is_second |= joins_alike (record, other) && script_counts (roster, other);
          follows |= is_ancestor (self, other, record) && !script_counts (roster, other);
          is_void |= script_counts (roster, other) && removes_writer (self, other, record)
                     && !is_ancestor (self, record, other);
        }
      n_removals += counts && is_removal (record);
      n_void += !counts && is_void;
      n_second += is_second;
      n_quarrels += counts && is_void;
      if (counts && (is_second || (is_void && !is_removal (record))))
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
      GezRosterRecord own = { .author = device->id };

      n_leaders += !device->is_removed && gez_roster_is_leader (roster, &device->member);
      for (guint j = 0; j < records->len; j++)
        if (script_counts (roster, records->pdata[j]) && removes_writer (self, records->pdata[j], &own)
            && !device->is_removed)
          g_error ("seed %u: removed by record %u and still there", seed, j);
    }
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *text = g_variant_print (((GezRosterRecord *) records->pdata[i])->changes, FALSE);

      if (strstr (text, "'Een', 'casemanager'") || strstr (text, "'Twee', 'casemanager'"))
        return;
    }
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
      "%u removals count, %u records are void, %u joins came second, %u removals stood by each other",
      n_removals, n_void, n_second, n_quarrels);
  g_assert_cmpuint (n_removals, >, n_histories / 10);
  g_assert_cmpuint (n_void, >, n_histories / 20);
  g_assert_cmpuint (n_second, >, n_histories / 20);
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
