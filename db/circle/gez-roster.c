/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-roster-state.h"

#include <string.h>

/*
 * Which records of the roster count, and what the team is (docs/SYNC.md, "Roster").
 *
 * 1. Everything here is a function of the set of records: not of the order in which they came, nor of a
 *    clock.
 * 2. A record is linked when its parents are here and linked, down to the root. It is judged in the state
 *    that those of its ancestors make that count. One that does not count changes nothing; what others
 *    wrote after it, without knowing that it would not count, may count.
 * 3. Who is removed could go on writing from where they were, as if they had not heard of it. So a
 *    removal that counts makes void whatever the removed devices, and devices of the removed user keys,
 *    wrote that the one who removed them had not seen (gez-roster-removal.c).
 * 4. Which removals count depends on what is void, and that on them. Removals start out as those that
 *    count while nothing is void; one that turns out not to count is taken out and all is judged again.
 *    Each round takes one out, so that this ends.
 */

typedef struct
{
  guint32 *closure; /* bit set of the records that were applied; NULL: not used yet */
  GezRosterState *state;
} Slot;

#define N_SLOTS 4

typedef struct
{
  const GezId *team;
  GPtrArray *nodes; /* of GezRosterNode, by place */
  gsize n_words;    /* of a bit set */
  guint32 *counted; /* scratch */
  Slot slots[N_SLOTS]; /* of different branches; the one used last first */
} Graph;

/* The graph ---------------------------------------------------------------------------------- */

static void
node_free (GezRosterNode *node)
{
  g_clear_pointer (&node->changes, g_array_unref);
  g_free (node->ancestors);
  g_free (node);
}

static void
set_bit (guint32 *bits,
         guint    place)
{
  bits[place / 32] |= 1u << (place % 32);
}

static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const GezRosterRecord *one = *(GezRosterRecord *const *) a, *other = *(GezRosterRecord *const *) b;

#ifdef GEZ_MUTANT_FOLD_TRUSTS_CLOCK
  if (one->wall_at != other->wall_at)
    return one->wall_at < other->wall_at ? -1 : 1;
#endif
  if (one->sequence != other->sequence)
    return one->sequence < other->sequence ? -1 : 1;
  return memcmp (&one->hash, &other->hash, GEZ_HASH_SIZE);
}

/* Whether all parents are here and linked, and the sequence follows on the greatest of theirs. */
static gboolean
link_node (Graph         *graph,
           GezRosterNode *node,
           GHashTable    *places,
           const GezHash *root)
{
  GArray *parents = node->record->parents;
  guint64 next = 0;

  if (parents->len == 0)
    return gez_hash_equal (&node->record->hash, root) && node->record->sequence == 0;
  for (guint i = 0; i < parents->len; i++)
    {
      GezRosterNode *parent = g_hash_table_lookup (places, &g_array_index (parents, GezHash, i));

      if (parent == NULL || !parent->is_linked)
        return FALSE;
      for (gsize word = 0; word < graph->n_words; word++)
        node->ancestors[word] |= parent->ancestors[word];
      set_bit (node->ancestors, parent->place);
      next = MAX (next, (guint64) parent->record->sequence + 1);
    }
  return node->record->sequence == next;
}

static void
make_nodes (Graph         *graph,
            GPtrArray     *records,
            const GezHash *root)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (records->len);
  g_autoptr (GHashTable) places = g_hash_table_new (gez_hash_hash, gez_hash_equal);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (sorted, records->pdata[i]);
  g_ptr_array_sort (sorted, compare_records);
  graph->n_words = sorted->len / 32 + 1;
  graph->counted = g_new0 (guint32, graph->n_words);
  for (guint i = 0; i < sorted->len; i++)
    {
      GezRosterRecord *record = sorted->pdata[i];
      GezRosterNode *node;

      if (g_hash_table_contains (places, &record->hash))
        continue;
      node = g_new0 (GezRosterNode, 1);
      node->record = record;
      node->place = graph->nodes->len;
      node->ancestors = g_new0 (guint32, graph->n_words);
      node->is_linked = link_node (graph, node, places, root);
      node->is_malformed = !gez_roster_node_read_changes (node);
      g_ptr_array_add (graph->nodes, node);
      g_hash_table_insert (places, &record->hash, node);
    }
}

static GezRosterNode *
node_at (Graph *graph,
         guint  place)
{
  return graph->nodes->pdata[place];
}

/* States along the branches ------------------------------------------------------------------ */

static void
clear_slot (Slot *slot)
{
  g_clear_pointer (&slot->closure, g_free);
  g_clear_pointer (&slot->state, gez_roster_state_free);
}

static void
fill_slot (Graph *graph,
           Slot  *slot)
{
  slot->closure = g_memdup2 (graph->counted, graph->n_words * sizeof (guint32));
  slot->state = gez_roster_state_new ();
  for (guint i = 0; i < graph->nodes->len; i++)
    if (gez_roster_has_bit (slot->closure, i))
      gez_roster_state_apply (slot->state, node_at (graph, i));
}

/* The state that the ancestors of @node make, as far as they count. Mostly it is at hand: a record
 * follows on the one before it, in one of a few branches. */
static Slot *
slot_of (Graph         *graph,
         GezRosterNode *node)
{
  Slot found = { NULL, NULL };
  guint i;

  for (gsize word = 0; word < graph->n_words; word++)
    graph->counted[word] = node->ancestors[word];
  for (i = 0; i < node->place; i++)
    if (!node_at (graph, i)->counts)
      graph->counted[i / 32] &= ~(1u << (i % 32));
  for (i = 0; i < N_SLOTS - 1; i++)
    if (graph->slots[i].closure != NULL
        && memcmp (graph->slots[i].closure, graph->counted, graph->n_words * sizeof (guint32)) == 0)
      break;
  found = graph->slots[i];
  for (; i > 0; i--)
    graph->slots[i] = graph->slots[i - 1];
  if (found.closure == NULL
      || memcmp (found.closure, graph->counted, graph->n_words * sizeof (guint32)) != 0)
    {
      clear_slot (&found);
      fill_slot (graph, &found);
    }
  graph->slots[0] = found;
  return &graph->slots[0];
}

/* Judging ------------------------------------------------------------------------------------ */

/* Of two concurrent records that use one invitation or bring one device, the first in the order counts. */
static gboolean
is_first (GezRosterNode *node,
          GHashTable    *used)
{
  for (guint i = 0; i < node->changes->len; i++)
    {
      GezRosterChange *change = &g_array_index (node->changes, GezRosterChange, i);

      if ((change->kind == GEZ_ROSTER_CHANGE_JOIN || change->kind == GEZ_ROSTER_CHANGE_DEVICE)
          && g_hash_table_contains (used, &change->id))
        return FALSE;
    }
  for (guint i = 0; i < node->changes->len; i++)
    {
      GezRosterChange *change = &g_array_index (node->changes, GezRosterChange, i);

      if (change->kind == GEZ_ROSTER_CHANGE_JOIN || change->kind == GEZ_ROSTER_CHANGE_DEVICE)
        g_hash_table_add (used, &change->id);
    }
  return TRUE;
}

/* @is_void: by place. */
static void
judge (Graph          *graph,
       const gboolean *is_void)
{
  g_autoptr (GHashTable) used = g_hash_table_new (gez_id_hash, gez_id_equal);

  for (guint i = 0; i < N_SLOTS; i++)
    clear_slot (&graph->slots[i]);
  for (guint i = 0; i < graph->nodes->len; i++)
    node_at (graph, i)->counts = FALSE;
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      GezRosterNode *node = node_at (graph, i);
      Slot *slot;

      if (!node->is_linked || is_void[i])
        continue;
      slot = slot_of (graph, node);
      node->counts = gez_roster_may (slot->state, graph->team, node) && is_first (node, used);
      if (!node->counts)
        continue;
      gez_roster_state_apply (slot->state, node);
      set_bit (slot->closure, i);
    }
}

static gboolean
removes (GezRosterNode *node)
{
  for (guint i = 0; i < node->changes->len; i++)
    {
      GezRosterChangeKind kind = g_array_index (node->changes, GezRosterChange, i).kind;

      if (kind == GEZ_ROSTER_CHANGE_REMOVE_DEVICE || kind == GEZ_ROSTER_CHANGE_REMOVE_USER)
        return TRUE;
    }
  return FALSE;
}

/* Adds the removals that count, and takes out those that were believed and do not. */
static void
sort_removals (Graph          *graph,
               GPtrArray      *removals,
               const gboolean *is_believed)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      GezRosterNode *node = node_at (graph, i);

      if (is_believed[i] && !node->counts)
        {
          node->is_unfounded = TRUE;
          g_ptr_array_remove (removals, node);
        }
      else if (node->counts && !node->is_unfounded && removes (node)
               && !g_ptr_array_find (removals, node, NULL))
        g_ptr_array_add (removals, node);
    }
}

static void
judge_all (Graph *graph)
{
  gsize size = (graph->nodes->len + 1) * sizeof (gboolean);
  g_autofree gboolean *is_void = g_malloc0 (size);
  g_autofree gboolean *was_void = g_malloc0 (size);
  g_autofree gboolean *is_believed = g_malloc0 (size);
  g_autoptr (GPtrArray) removals = g_ptr_array_new ();

  judge (graph, is_void);
  for (guint i = 0; i < graph->nodes->len; i++)
    node_at (graph, i)->counts_alone = node_at (graph, i)->counts;
  while (TRUE)
    {
      sort_removals (graph, removals, is_believed);
      memcpy (was_void, is_void, size);
      gez_roster_find_void (graph->nodes, removals, is_believed, is_void);
      if (memcmp (was_void, is_void, size) == 0)
        return;
      judge (graph, is_void);
    }
}

/* What is shown ------------------------------------------------------------------------------ */

/* The last ones that count: ancestors of no other. */
static void
find_heads (Graph     *graph,
            GezRoster *roster)
{
  g_autofree guint32 *passed = g_new0 (guint32, graph->n_words);

  for (guint i = 0; i < graph->nodes->len; i++)
    for (gsize word = 0; node_at (graph, i)->counts && word < graph->n_words; word++)
      passed[word] |= node_at (graph, i)->ancestors[word];
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      GezRosterNode *node = node_at (graph, i);

      if (!node->counts)
        g_ptr_array_add (roster->refused, g_memdup2 (&node->record->hash, sizeof (GezHash)));
      if (!node->counts || gez_roster_has_bit (passed, i))
        continue;
      g_array_append_val (roster->heads, node->record->hash);
      roster->next_sequence = MAX (roster->next_sequence, node->record->sequence + 1);
    }
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  return memcmp (a, b, GEZ_HASH_SIZE);
}

/**
 * gez_roster_fold:
 * @team: whose
 * @root: hash of its first record
 * @records: (element-type GezRosterRecord): opened, in any order, some of them twice; not kept
 *
 * Makes the state of the team from the records that count.
 *
 * Returns: (transfer full): the state; empty when the root is not among @records
 *
 * Thread: any, here and below.
 */
GezRoster *
gez_roster_fold (const GezId   *team,
                 const GezHash *root,
                 GPtrArray     *records)
{
  Graph graph = { team, NULL, 0, NULL, { { NULL, NULL } } };
  GezRoster *self = g_new0 (GezRoster, 1);

  graph.nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->heads = g_array_new (FALSE, FALSE, sizeof (GezHash));
  self->refused = g_ptr_array_new_with_free_func (g_free);
  self->members = g_ptr_array_new ();
  self->devices = g_ptr_array_new ();
  self->invitations = g_ptr_array_new ();
  self->state = gez_roster_state_new ();
  make_nodes (&graph, records, root);
  judge_all (&graph);
  for (guint i = 0; i < graph.nodes->len; i++)
    if (node_at (&graph, i)->counts)
      gez_roster_state_apply (self->state, node_at (&graph, i));
  gez_roster_state_publish (self->state, self);
  find_heads (&graph, self);
  g_array_sort (self->heads, compare_hashes);
  for (guint i = 0; i < N_SLOTS; i++)
    clear_slot (&graph.slots[i]);
  g_free (graph.counted);
  g_ptr_array_unref (graph.nodes);
  return self;
}

/**
 * gez_roster_free:
 * @self: (nullable) (transfer full): a state, with all that was asked of it
 */
void
gez_roster_free (GezRoster *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->heads);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->invitations);
  gez_roster_state_free (self->state);
  g_free (self->team_name);
  g_free (self->leaders_read);
  g_free (self);
}

const char *
gez_roster_get_team_name (GezRoster *self)
{
  return self->team_name;
}

/**
 * gez_roster_get_heads:
 *
 * Returns: (transfer none) (element-type GezHash): the last records that count, in ascending order: the
 *   parents of the next one
 */
GArray *
gez_roster_get_heads (GezRoster *self)
{
  return self->heads;
}

/**
 * gez_roster_get_heads_hash:
 * @hash: (out): of the heads one after the other, as segments tell it
 */
void
gez_roster_get_heads_hash (GezRoster *self,
                           GezHash   *hash)
{
  g_autoptr (GBytes) bytes = g_bytes_new (self->heads->data, self->heads->len * sizeof (GezHash));

  gez_hash_of (bytes, hash);
}

guint32
gez_roster_get_next_sequence (GezRoster *self)
{
  return self->next_sequence;
}

/**
 * gez_roster_get_members:
 *
 * Returns: (transfer none) (element-type GezRosterMember): all who are or were in the team, in the order
 *   in which they came
 */
GPtrArray *
gez_roster_get_members (GezRoster *self)
{
  return self->members;
}

/**
 * gez_roster_get_devices:
 *
 * Returns: (transfer none) (element-type GezRosterDevice): removed ones too
 */
GPtrArray *
gez_roster_get_devices (GezRoster *self)
{
  return self->devices;
}

/**
 * gez_roster_get_invitations:
 *
 * Returns: (transfer none) (element-type GezRosterInvitation): those that are over too
 */
GPtrArray *
gez_roster_get_invitations (GezRoster *self)
{
  return self->invitations;
}

/**
 * gez_roster_get_refused:
 *
 * Returns: (transfer none) (element-type GezHash): records that do not count, or whose parents are not
 *   here yet
 */
GPtrArray *
gez_roster_get_refused (GezRoster *self)
{
  return self->refused;
}

/**
 * gez_roster_find_member:
 *
 * Returns: (transfer none) (nullable): who is or was in the team with this id
 */
const GezRosterMember *
gez_roster_find_member (GezRoster   *self,
                        const GezId *id)
{
  return gez_roster_state_member (self->state, id);
}

/**
 * gez_roster_find_device:
 *
 * Returns: (transfer none) (nullable): the device, a removed one too
 */
const GezRosterDevice *
gez_roster_find_device (GezRoster   *self,
                        const GezId *id)
{
  return gez_roster_state_device (self->state, id);
}

gboolean
gez_roster_is_leader (GezRoster   *self,
                      const GezId *member)
{
  return gez_roster_state_is_leader (self->state, member);
}

gboolean
gez_roster_is_locked (GezRoster   *self,
                      const GezId *member,
                      const GezId *household)
{
  return gez_roster_state_is_locked (self->state, member, household);
}

const char *
gez_roster_get_leaders_read (GezRoster *self)
{
  return self->leaders_read;
}

/**
 * gez_roster_get_recovery_key:
 *
 * Returns: (transfer none) (nullable): 32 bytes, of the team's recovery sheet; %NULL: it has none
 */
const guint8 *
gez_roster_get_recovery_key (GezRoster *self)
{
  return self->has_recovery ? self->recovery : NULL;
}

guint32
gez_roster_get_min_version (GezRoster *self)
{
  return self->min_version;
}

/**
 * gez_roster_is_fingerprint_key:
 * @key: its first 32 bytes
 *
 * Returns: whether @key is the fingerprint key with which the team was founded
 */
gboolean
gez_roster_is_fingerprint_key (GezRoster       *self,
                               const GezSecret *key)
{
  GezHash hash;

  gez_hash_parts (hash.bytes, sizeof hash.bytes, NULL, "fingerprint-key/1",
                  &(GezBytesView) { key->bytes, GEZ_KEY_SIZE }, 1);
  return gez_hash_equal (&hash, &self->fingerprint_check);
}
