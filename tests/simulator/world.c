/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "database-pool.h"
#include "device.h"

#include <sodium.h>
#include <string.h>

#define START G_GINT64_CONSTANT (1767600000000) /* 2026-01-05 */

/* Randomness ---------------------------------------------------------------------------------------- */

static GRand *sodium_random;

static const char *
random_name (void)
{
  return "simulator";
}

static uint32_t
random_word (void)
{
  return g_rand_int (sodium_random);
}

static void
random_fill (void *const buffer, const size_t size)
{
  guint8 *bytes = buffer;

  for (gsize i = 0; i < size; i += sizeof (guint32))
    {
      guint32 word = g_rand_int (sodium_random);

      memcpy (bytes + i, &word, MIN (sizeof word, size - i));
    }
}

static randombytes_implementation drawn = {
  .implementation_name = random_name,
  .random = random_word,
  .buf = random_fill,
};

static void
seed_sodium (guint32 seed)
{
  if (sodium_random == NULL)
    {
      sodium_random = g_rand_new_with_seed (seed);
      g_assert_cmpint (randombytes_set_implementation (&drawn), ==, 0);
      g_assert_cmpint (sodium_init (), >=, 0);
    }
  g_rand_set_seed (sodium_random, seed);
}

int
sim_draw (SimWorld *self, int below)
{
  return g_rand_int_range (self->random, 0, below);
}

/* The world ----------------------------------------------------------------------------------------- */

static void
member_free (SimMember *member)
{
  g_free (member->name);
  g_free (member->role);
  g_free (member);
}

static void
ack_free (SimAck *ack)
{
  g_free (ack->key);
  g_free (ack->row);
  g_free (ack);
}

static void
invited_free (SimInvited *invited)
{
  gez_secret_free (invited->code);
  g_free (invited);
}

static void
device_free (SimDevice *device)
{
  g_clear_pointer (&device->engine, gez_engine_free);
  database_pool_give_back (device->memory);
  g_clear_pointer (&device->old_image, g_bytes_unref);
  g_free (device);
}

SimWorld *
sim_world_new (guint32 seed)
{
  SimWorld *self = g_new0 (SimWorld, 1);

  seed_sodium (seed);
  self->seed = seed;
  self->random = g_rand_new_with_seed (seed);
  self->now = START;
  self->folder = hostile_folder_new (seed ^ 0x5eed);
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify)member_free);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify)device_free);
  self->households = g_ptr_array_new_with_free_func (g_free);
  self->invited = g_ptr_array_new_with_free_func ((GDestroyNotify)invited_free);
  self->markers = g_array_new (FALSE, FALSE, sizeof (SimMarker));
  self->acks = g_ptr_array_new_with_free_func ((GDestroyNotify)ack_free);
  self->story = g_string_new (NULL);
  return self;
}

void
sim_world_free (SimWorld *self)
{
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->households);
  g_ptr_array_unref (self->invited);
  g_array_unref (self->markers);
  g_ptr_array_unref (self->acks);
  hostile_folder_free (self->folder);
  g_string_free (self->story, TRUE);
  g_free (self->failure);
  g_rand_free (self->random);
  g_free (self);
}

void
sim_tell (SimWorld *self, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_string_append_vprintf (self->story, format, values);
  g_string_append_c (self->story, '\n');
  va_end (values);
}

gboolean
sim_fail (SimWorld *self, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  if (self->failure == NULL)
    self->failure = g_strdup_vprintf (format, values);
  va_end (values);
  return FALSE;
}

char *
sim_world_new_text (SimWorld *self, SimDevice *author, GezCircleKind kind, guint household)
{
  SimMarker marker = { .kind = kind, .household = household, .author = author->member->number };
  SimHousehold *file = g_ptr_array_index (self->households, household);

  marker.is_outside
      = kind == GEZ_CIRCLE_CASEWORK
        && (author->member->was_brugfiguur || !(file->casework_readers & (1u << marker.author)));
  g_array_append_val (self->markers, marker);
  return g_strdup_printf ("merkteken%08x%06u geschreven door %s", self->seed, self->markers->len - 1,
                          author->member->name);
}

void
sim_member_note_role (SimMember *member)
{
  member->was_leader |= g_str_equal (member->role, "teamleider");
  member->was_brugfiguur |= g_str_equal (member->role, "brugfiguur");
}

SimMember *
sim_world_add_member (SimWorld *self, const char *role)
{
  static const char *names[] = { "Els Wilg",  "Jan Berk",      "Noor Esdoorn", "Bram Linde",
                                 "Fien Beuk", "Tuur Hazelaar", "Lotte Vlier",  "Warre Olm" };
  SimMember *member = g_new0 (SimMember, 1);

  member->number = self->members->len;
  member->name = g_strdup (names[member->number % G_N_ELEMENTS (names)]);
  member->role = g_strdup (role);
  sim_member_note_role (member);
  g_ptr_array_add (self->members, member);
  return member;
}

SimMember *
sim_world_find_member (SimWorld *self, const GezId *id)
{
  for (guint i = 0; i < self->members->len; i++)
    if (gez_id_equal (&((SimMember *)g_ptr_array_index (self->members, i))->id, id))
      return g_ptr_array_index (self->members, i);
  return NULL;
}

int
sim_world_find_household (SimWorld *self, const GezId *id)
{
  for (guint i = 0; i < self->households->len; i++)
    if (gez_id_equal (&((SimHousehold *)g_ptr_array_index (self->households, i))->id, id))
      return (int)i;
  return -1;
}

/* The last one that was made: it never came to anything. */
void
sim_world_drop_device (SimDevice *device)
{
  SimWorld *self = device->world;

  g_assert_true (device == g_ptr_array_index (self->devices, self->devices->len - 1));
  hostile_folder_drop_view (self->folder, device->folder);
  g_ptr_array_remove_index (self->devices, self->devices->len - 1);
}

static guint
leaders (SimWorld *self)
{
  guint bits = 0;

  for (guint i = 0; i < self->members->len; i++)
    if (((SimMember *)g_ptr_array_index (self->members, i))->was_leader)
      bits |= 1u << i;
  return bits;
}

guint
sim_world_readers (SimWorld *self, guint household, gboolean is_casework)
{
  SimHousehold *file = g_ptr_array_index (self->households, household);
  guint readers = is_casework ? file->casework_readers : file->open_readers;
  guint before;

  if (is_casework ? self->leaders_read_casework : self->leaders_read_open)
    readers |= leaders (self);
  do
    {
      before = readers;
      for (guint i = 0; i < self->members->len; i++)
        if (readers & (1u << i))
          readers |= ((SimMember *)g_ptr_array_index (self->members, i))->stood_in_by;
    }
  while (readers != before);
  return readers;
}
