/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-file.h"

#include <string.h>

/*
 * 1. A file has the content that the program sees, the content that is surely on the disk, and the
 *    writes and truncations in between. A sync makes the first the second.
 * 2. After a power loss, each sector of each write in between is there, not there, or garbage,
 *    within the bytes of that write alone: a neighbouring byte is never touched (power-safe
 *    overwrite). The writes may reach the disk in any order.
 * 3. The length of a file is kept apart from its bytes: it may have stayed behind, so that what was
 *    written beyond is gone, or run ahead, so that the file goes on with zeros or garbage, never
 *    beyond the furthest byte that was written.
 * 4. After a sync that failed, what was pending is as after a power loss, while the program goes on
 *    seeing what it wrote; a later sync does not bring it to the disk (Linux forgets such pages).
 */

#define SECTOR 512

typedef struct
{
  gsize offset;
  GBytes *data; /* NULL: cut off, or made longer, at the offset */
} Operation;

typedef enum
{
  KEEPS_NOTHING,
  KEEPS_ALL,
  KEEPS_SOME,
  TEARS_ALL,
  SHUFFLES,
  N_SEVERITIES,
} Severity;

static void
clear_operation_cb (gpointer data)
{
  Operation *operation = data;

  g_clear_pointer (&operation->data, g_bytes_unref);
}

static void
resize (GByteArray *content,
        gsize       size)
{
  gsize before = content->len;

  g_byte_array_set_size (content, (guint) size);
  if (size > before)
    memset (content->data + before, 0, size - before);
}

static void
put_bytes (GByteArray   *content,
           gsize         offset,
           const guint8 *bytes,
           gsize         length)
{
  if (offset + length > content->len)
    resize (content, offset + length);
  if (length > 0)
    memcpy (content->data + offset, bytes, length);
}

static void
set_bytes (GByteArray *content,
           GByteArray *model)
{
  g_byte_array_set_size (content, 0);
  if (model->len > 0)
    g_byte_array_append (content, model->data, model->len);
}

static void
fill_with_garbage (GRand  *random,
                   guint8 *bytes,
                   gsize   length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int (random);
}

static void
apply (GByteArray *content,
       Operation  *operation)
{
  gsize length;
  const guint8 *bytes;

  if (operation->data == NULL)
    {
      resize (content, operation->offset);
      return;
    }
  bytes = g_bytes_get_data (operation->data, &length);
  put_bytes (content, operation->offset, bytes, length);
}

/* What is left of one write: sector by sector old, new or garbage. */
static void
tear (GRand      *random,
      GByteArray *content,
      Operation  *operation)
{
  gsize length, at = 0, offset = operation->offset;
  const guint8 *bytes = g_bytes_get_data (operation->data, &length);

  while (at < length)
    {
      gsize piece = MIN (SECTOR - (offset + at) % SECTOR, length - at);
      guint8 garbage[SECTOR];
      gint fate = g_rand_int_range (random, 0, 10);

      fill_with_garbage (random, garbage, fate == 5 ? piece : 0);
      if (fate < 5)
        put_bytes (content, offset + at, bytes + at, piece);
      else if (fate == 5)
        put_bytes (content, offset + at, garbage, piece);
      at += piece;
    }
}

static void
survive (GRand      *random,
         GByteArray *content,
         Operation  *operation,
         Severity    severity)
{
  if (severity != KEEPS_ALL && severity != TEARS_ALL && g_rand_boolean (random))
    return;
  if (severity == KEEPS_ALL || operation->data == NULL)
    apply (content, operation);
  else
    tear (random, content, operation);
}

static void
shuffle (GRand  *random,
         GArray *operations)
{
  for (guint i = operations->len; i > 1; i--)
    {
      Operation *one = &g_array_index (operations, Operation, i - 1);
      Operation *other = &g_array_index (operations, Operation,
                                         g_rand_int_range (random, 0, (gint32) i));
      Operation kept = *one;

      *one = *other;
      *other = kept;
    }
}

/* How far the file ever reached since it was synced. */
static gsize
furthest (PowerFile *self)
{
  gsize most = self->durable->len;

  for (guint i = 0; i < self->pending->len; i++)
    {
      Operation *operation = &g_array_index (self->pending, Operation, i);
      gsize length = operation->data ? g_bytes_get_size (operation->data) : 0;

      most = MAX (most, operation->offset + length);
    }
  return most;
}

/* The length stays behind, or runs ahead of the bytes. What was synced is not touched. */
static void
change_length (GRand      *random,
               GByteArray *content,
               gsize       synced,
               gsize       most)
{
  gsize before = content->len, length;

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0: /* back to what was synced */
      g_byte_array_set_size (content, (guint) MIN (synced, before));
      break;
    case 1: /* somewhere in between */
      if (before > synced)
        resize (content, (gsize) g_rand_int_range (random, (gint) synced, (gint) before + 1));
      break;
    case 2: /* zeros */
    case 3: /* garbage */
      if (most <= before)
        break;
      length = (gsize) g_rand_int_range (random, (gint) before, (gint) most + 1);
      resize (content, length);
      if (g_rand_boolean (random))
        fill_with_garbage (random, content->data + before, length - before);
      break;
    default:
      break;
    }
}

/* Decides what of the pending operations is on the disk. */
static void
settle (PowerFile *self,
        GRand     *random)
{
  Severity severity = (Severity) g_rand_int_range (random, 0, N_SEVERITIES);
  gsize synced = self->durable->len, most = furthest (self);

  if (self->pending->len == 0)
    return;
  if (severity == SHUFFLES)
    shuffle (random, self->pending);
  for (guint i = 0; i < self->pending->len && severity != KEEPS_NOTHING; i++)
    survive (random, self->durable, &g_array_index (self->pending, Operation, i), severity);
  if (severity != KEEPS_ALL)
    change_length (random, self->durable, MIN (synced, self->durable->len), most);
  g_array_set_size (self->pending, 0);
}

PowerFile *
power_file_new (const char *path)
{
  PowerFile *self = g_new0 (PowerFile, 1);

  self->path = g_strdup (path);
  self->now = g_byte_array_new ();
  self->durable = g_byte_array_new ();
  self->pending = g_array_new (FALSE, FALSE, sizeof (Operation));
  g_array_set_clear_func (self->pending, clear_operation_cb);
  return self;
}

/* The same file on another disk, with nothing pending: all that the program sees is on it. */
PowerFile *
power_file_copy (PowerFile *self)
{
  PowerFile *copy = power_file_new (self->path);

  set_bytes (copy->now, self->now);
  set_bytes (copy->durable, self->now);
  copy->has_durable_name = TRUE;
  copy->is_deleted = self->is_deleted;
  return copy;
}

void
power_file_write (PowerFile    *self,
                  gsize         offset,
                  gconstpointer bytes,
                  gsize         length)
{
  Operation operation = { offset, g_bytes_new (bytes, length) };

  g_array_append_val (self->pending, operation);
  put_bytes (self->now, offset, bytes, length);
}

void
power_file_truncate (PowerFile *self,
                     gsize      size)
{
  Operation operation = { size, NULL };

  g_array_append_val (self->pending, operation);
  resize (self->now, size);
}

void
power_file_sync (PowerFile *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    apply (self->durable, &g_array_index (self->pending, Operation, i));
  g_array_set_size (self->pending, 0);
  self->has_durable_name = TRUE;
}

void
power_file_fail_sync (PowerFile *self,
                      GRand     *random)
{
  settle (self, random);
}

void
power_file_lose_power (PowerFile *self,
                       GRand     *random)
{
  settle (self, random);
  set_bytes (self->now, self->durable);
}

void
power_file_free (PowerFile *self)
{
  g_free (self->path);
  g_byte_array_unref (self->now);
  g_byte_array_unref (self->durable);
  g_array_unref (self->pending);
  g_free (self);
}
