/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-roster-state.h"

#include <string.h>

/*
 * Which removals are believed, when some of them remove each other (docs/SYNC.md, "Roster").
 *
 * 1. A removal makes void what the removed ones wrote out of its sight, removals too. One that no other
 *    makes void is believed; one that a believed removal makes void is not, and makes nothing void
 *    itself.
 * 2. What is left then are people who removed each other in a ring. Of these that removal is believed
 *    which was made in sight of more records of others than those in the ring: who was removed and makes
 *    up a removal that pretends to be older has seen less. Writing many records oneself gives no weight.
 *    After that, whose device is longer in the team, so that two leaders who remove each other leave one.
 * 3. What is believed stays so, whatever a removal says that is believed after it.
 */

typedef enum
{
  OPEN,
  BELIEVED,
  NOT_BELIEVED,
} Standing;

typedef struct
{
  GPtrArray *nodes;
  GPtrArray *removals;
  Standing *standing;  /* by number of the removal */
  gboolean *makes_void; /* number times the count of removals, plus the number of the other */
} Quarrel;

/* Whether @removal takes away the device that wrote @node, or the user key that certified it. */
static gboolean
removes_author (GezRosterNode *removal,
                GezRosterNode *node)
{
  for (guint i = 0; i < removal->changes->len; i++)
    {
      GezRosterChange *change = &g_array_index (removal->changes, GezRosterChange, i);

      if ((change->kind == GEZ_ROSTER_CHANGE_REMOVE_DEVICE
           && gez_id_equal (&change->id, &node->record->author))
          || (change->kind == GEZ_ROSTER_CHANGE_REMOVE_USER && node->has_author
              && memcmp (&change->key, &node->author_key, sizeof node->author_key) == 0))
        return TRUE;
    }
  return FALSE;
}

static gboolean
makes_void (GezRosterNode *removal,
            GezRosterNode *node)
{
#ifdef GEZ_MUTANT_REMOVED_GOES_ON
  return FALSE;
#endif
  return removal != node && !gez_roster_has_bit (removal->ancestors, node->place)
         && removes_author (removal, node);
}

static gboolean
touches (Quarrel *self,
         guint    one,
         guint    other)
{
  return self->makes_void[one * self->removals->len + other];
}

static void
believe (Quarrel *self,
         guint    number)
{
  self->standing[number] = BELIEVED;
  for (guint i = 0; i < self->removals->len; i++)
    if (touches (self, number, i) && self->standing[i] == OPEN)
      self->standing[i] = NOT_BELIEVED;
}

/* Believes all that nothing open makes void any more. Returns whether there was one. */
static gboolean
believe_untouched (Quarrel *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->removals->len; i++)
    {
      gboolean is_touched = FALSE;

      for (guint j = 0; j < self->removals->len && !is_touched; j++)
        is_touched = self->standing[j] == OPEN && touches (self, j, i);
      if (self->standing[i] != OPEN || is_touched)
        continue;
      believe (self, i);
      any = TRUE;
    }
  return any;
}

/* Rings ------------------------------------------------------------------------------------- */

/* What @from reaches, from one open removal to the next that it makes void; or what reaches it. */
static void
reach (Quarrel  *self,
       guint     from,
       gboolean  backwards,
       gboolean *reached)
{
  guint n = self->removals->len;
  g_autofree guint *waiting = g_new (guint, n);
  guint n_waiting = 1;

  memset (reached, 0, n * sizeof (gboolean));
  waiting[0] = from;
  while (n_waiting > 0)
    {
      guint at = waiting[--n_waiting];

      for (guint i = 0; i < n; i++)
        if (!reached[i] && self->standing[i] == OPEN
            && (backwards ? touches (self, i, at) : touches (self, at, i)))
          {
            reached[i] = TRUE;
            waiting[n_waiting++] = i;
          }
    }
}

/* A ring that nothing outside it reaches: @ring gets its removals. */
static gboolean
find_ring (Quarrel  *self,
           guint     from,
           gboolean *ring)
{
  g_autofree gboolean *before = g_new (gboolean, self->removals->len);

  if (self->standing[from] != OPEN)
    return FALSE;
  reach (self, from, FALSE, ring);
  reach (self, from, TRUE, before);
  for (guint i = 0; i < self->removals->len; i++)
    {
      if (before[i] && !ring[i])
        return FALSE;
      ring[i] = ring[i] && before[i];
    }
  return ring[from];
}

/* Records in sight of @node of others than @quarrelling. */
static guint
weigh (Quarrel       *self,
       GezRosterNode *node,
       GHashTable    *quarrelling)
{
  guint weight = 0;

  for (guint i = 0; i < node->place; i++)
    {
      GezRosterNode *seen = self->nodes->pdata[i];

      weight += seen->counts_alone && gez_roster_has_bit (node->ancestors, i)
                && !g_hash_table_contains (quarrelling, &seen->author_member);
    }
  return weight;
}

/* Place of the record that brought the device which wrote @node. */
static guint
find_author_place (Quarrel       *self,
                   GezRosterNode *node)
{
  for (guint i = 0; i < node->place; i++)
    {
      GezRosterNode *seen = self->nodes->pdata[i];

      for (guint j = 0; seen->counts_alone && j < seen->changes->len; j++)
        {
          GezRosterChange *change = &g_array_index (seen->changes, GezRosterChange, j);

          if (change->kind == GEZ_ROSTER_CHANGE_DEVICE && gez_id_equal (&change->id, &node->record->author))
            return i;
        }
    }
  return node->place;
}

/* The number of the removal of @ring that is believed. */
static guint
choose (Quarrel        *self,
        const gboolean *ring)
{
  g_autoptr (GHashTable) quarrelling = g_hash_table_new (gez_id_hash, gez_id_equal);
  guint chosen = G_MAXUINT, best = 0, best_at = 0;

  for (guint i = 0; i < self->removals->len; i++)
    if (ring[i])
      g_hash_table_add (quarrelling, &((GezRosterNode *) self->removals->pdata[i])->author_member);
  for (guint i = 0; i < self->removals->len; i++)
    if (ring[i])
      {
        guint weight = weigh (self, self->removals->pdata[i], quarrelling);
        guint author_at = find_author_place (self, self->removals->pdata[i]);

        if (chosen != G_MAXUINT && (weight < best || (weight == best && author_at >= best_at)))
          continue;
        chosen = i;
        best = weight;
        best_at = author_at;
      }
  return chosen;
}

static gboolean
break_ring (Quarrel *self)
{
  g_autofree gboolean *ring = g_new (gboolean, self->removals->len);

  for (guint i = 0; i < self->removals->len; i++)
    if (find_ring (self, i, ring))
      {
        believe (self, choose (self, ring));
        return TRUE;
      }
  return FALSE;
}

void
gez_roster_find_void (GPtrArray *nodes,
                      GPtrArray *removals,
                      gboolean  *is_believed,
                      gboolean  *is_void)
{
  guint n = removals->len;
  g_autofree Standing *standing = g_new0 (Standing, n + 1);
  g_autofree gboolean *matrix = g_new0 (gboolean, (gsize) n * n + 1);
  Quarrel self = { nodes, removals, standing, matrix };

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      matrix[i * n + j] = makes_void (removals->pdata[i], removals->pdata[j]);
  while (believe_untouched (&self) || break_ring (&self))
    ;
  memset (is_believed, 0, nodes->len * sizeof (gboolean));
  memset (is_void, 0, nodes->len * sizeof (gboolean));
  for (guint i = 0; i < n; i++)
    is_believed[((GezRosterNode *) removals->pdata[i])->place] = standing[i] == BELIEVED;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; standing[i] == BELIEVED && j < nodes->len; j++)
      is_void[j] |= !is_believed[j] && makes_void (removals->pdata[i], nodes->pdata[j]);
}
