/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-folder.h"

#include <string.h>

/* 1. The files that were published stand in `files`; a view has copies of its own, each with the tick of
 *    its arrival, and a list of what is still on its way to it.
 * 2. Everything that is left to chance is drawn from one seed, in the order of the calls.
 * 3. A name that was published with some bytes never gets others, but for a half file that is made whole. */

typedef struct
{
  GBytes *bytes;
  guint arrived;
} Copy;

typedef struct
{
  guint due;
  char *path;
  GBytes *bytes; /* NULL: the file goes */
  HostileView *from;
} Delivery;

struct _HostileFolder
{
  GRand *random;
  HostileFaults faults;
  guint now;
  guint64 n_faults;
  GHashTable *files; /* path -> GBytes */
  GHashTable *lost;
  GPtrArray *views;
};

struct _HostileView
{
  GezFolder parent_instance;

  HostileFolder *folder;
  GHashTable *copies; /* path -> Copy */
  GPtrArray *coming;
  gboolean is_connected;
  gboolean is_apart;
  guint hidden_from;  /* copies that arrived from this tick on do not show, */
  guint hidden_until; /* to before this one; 0: all do */
};

G_DEFINE_FINAL_TYPE (HostileView, hostile_view, GEZ_TYPE_FOLDER)

static void
copy_free (Copy *copy)
{
  g_bytes_unref (copy->bytes);
  g_free (copy);
}

static void
delivery_free (Delivery *delivery)
{
  g_free (delivery->path);
  g_clear_pointer (&delivery->bytes, g_bytes_unref);
  g_free (delivery);
}

static gboolean
chance (HostileFolder *self, HostileFaults fault, int percent)
{
  gboolean happens = (self->faults & fault) && g_rand_int_range (self->random, 0, 100) < percent;

  self->n_faults += happens;
  return happens;
}

static void
put_copy (HostileView *view, const char *path, GBytes *bytes)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->bytes = g_bytes_ref (bytes);
  copy->arrived = view->folder->now;
  g_hash_table_replace (view->copies, g_strdup (path), copy);
}

static Copy *
find_copy (HostileView *view, const char *path)
{
  Copy *copy = g_hash_table_lookup (view->copies, path);

  return copy && (copy->arrived < view->hidden_from || copy->arrived >= view->hidden_until) ? copy : NULL;
}

/* On its way ---------------------------------------------------------------------------------------- */

static void
send (HostileView *to, HostileView *from, guint delay, const char *path, GBytes *bytes)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->due = to->folder->now + delay;
  delivery->path = g_strdup (path);
  delivery->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  delivery->from = from;
  g_ptr_array_add (to->coming, delivery);
}

static void
receive (HostileView *view)
{
  for (guint i = 0; i < view->coming->len;)
    {
      Delivery *delivery = g_ptr_array_index (view->coming, i);

      if (delivery->due > view->folder->now || view->is_apart || (delivery->from && delivery->from->is_apart))
        {
          i++;
          continue;
        }
      if (delivery->bytes)
        put_copy (view, delivery->path, delivery->bytes);
      else
        g_hash_table_remove (view->copies, delivery->path);
      g_ptr_array_remove_index (view->coming, i);
    }
}

/* The same file under a name that a program gave it. */
static char *
other_name (HostileFolder *self, const char *path)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *stem = dot ? g_strndup (path, dot - path) : g_strdup (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *upper = g_ascii_strup (name, -1);

  dot = dot ? dot : "";
  switch (g_rand_int_range (self->random, 0, 4))
    {
    case 0:
      return g_strdup_printf ("%s (conflicted copy 2026-01-02 030405)%s", stem, dot);
    case 1:
      return g_strdup_printf ("%s.sync-conflict-20260102-030405-ABCDEFG%s", stem, dot);
    case 2:
      return g_strdup_printf ("%s-LAPTOP%s", stem, dot);
    default:
      return g_build_filename (folder, upper, NULL);
    }
}

static GBytes *
cut_short (HostileFolder *self, GBytes *bytes)
{
  return g_bytes_new_from_bytes (
      bytes, 0, (gsize)g_rand_int_range (self->random, 0, MAX (1, (int)g_bytes_get_size (bytes))));
}

static GBytes *
flip (HostileFolder *self, GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  if (size > 0)
    copy[g_rand_int_range (self->random, 0, (int)size)]
        ^= (guint8)(1 << g_rand_int_range (self->random, 0, 8));
  return g_bytes_new_take (copy, size);
}

static guint
draw_delay (HostileFolder *self)
{
  if (!chance (self, HOSTILE_DELAYS, 50))
    return 0;
  return (guint)(g_rand_int_range (self->random, 0, 5) ? g_rand_int_range (self->random, 1, 6)
                                                       : g_rand_int_range (self->random, 6, 30));
}

static void
spread_to (HostileView *to, HostileView *from, const char *path, GBytes *bytes)
{
  HostileFolder *self = to->folder;
  guint delay = draw_delay (self);

  if (chance (self, HOSTILE_COPIES, 10))
    {
      g_autofree char *name = other_name (self, path);

      send (to, from, delay, name, bytes);
      if (g_rand_boolean (self->random))
        delay += (guint)g_rand_int_range (self->random, 1, 10);
    }
  if (chance (self, HOSTILE_HALVES, 8))
    {
      g_autoptr (GBytes) wrong = g_rand_boolean (self->random) ? cut_short (self, bytes) : flip (self, bytes);

      send (to, from, delay, path, wrong);
      delay += (guint)g_rand_int_range (self->random, 1, 10);
    }
  send (to, from, delay, path, bytes);
}

static void
spread (HostileView *from, const char *path, GBytes *bytes)
{
  HostileFolder *self = from->folder;

  put_copy (from, path, bytes);
  g_hash_table_replace (self->files, g_strdup (path), g_bytes_ref (bytes));
  for (guint i = 0; i < self->views->len; i++)
    {
      HostileView *to = g_ptr_array_index (self->views, i);

      if (to == from)
        continue;
      spread_to (to, from, path, bytes);
      receive (to);
    }
}

/* Errors -------------------------------------------------------------------------------------------- */

static gboolean
is_there (HostileView *view)
{
  GHashTableIter iter;
  gpointer path;

  if (!view->is_connected)
    return FALSE;
  g_hash_table_iter_init (&iter, view->copies);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (find_copy (view, path))
      return TRUE;
  return FALSE;
}

static gboolean
fails (HostileView *view, gboolean writes, GError **error)
{
  static const struct
  {
    GezSyncError code;
    const char *text;
  } failures[] = {
    { GEZ_SYNC_ERROR_IO, "EBUSY" },      { GEZ_SYNC_ERROR_IO, "ESTALE" },
    { GEZ_SYNC_ERROR_IO, "EINVAL" },     { GEZ_SYNC_ERROR_TIMED_OUT, "no answer" },
    { GEZ_SYNC_ERROR_DENIED, "EACCES" }, { GEZ_SYNC_ERROR_NO_SPACE, "ENOSPC" },
  };
  int which;

  if (!chance (view->folder, HOSTILE_ERRORS, 2))
    return FALSE;
  which = g_rand_int_range (view->folder->random, 0, (int)G_N_ELEMENTS (failures) - (writes ? 0 : 1));
  g_set_error_literal (error, GEZ_SYNC_ERROR, failures[which].code, failures[which].text);
  return TRUE;
}

static gboolean
not_connected (GError **error)
{
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, "not there");
  return FALSE;
}

/* What the engine calls ----------------------------------------------------------------------------- */

static void
shuffle (HostileFolder *self, GPtrArray *names)
{
  for (guint i = names->len; i > 1; i--)
    {
      guint other = (guint)g_rand_int_range (self->random, 0, (int)i);
      gpointer kept = names->pdata[i - 1];

      names->pdata[i - 1] = names->pdata[other];
      names->pdata[other] = kept;
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
hostile_view_list (GezFolder *folder, const char *directory, GCancellable *cancellable, GError **error)
{
  HostileView *self = HOSTILE_VIEW (folder);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *prefix = *directory ? g_strconcat (directory, "/", NULL) : g_strdup ("");
  GHashTableIter iter;
  gpointer path;

  if (fails (self, FALSE, error) || (*directory == '\0' && !is_there (self) && !not_connected (error)))
    {
      g_ptr_array_unref (names);
      return NULL;
    }
  g_hash_table_iter_init (&iter, self->copies);
  while (self->is_connected && g_hash_table_iter_next (&iter, &path, NULL))
    {
      const char *rest = (const char *)path + strlen (prefix);
      char *name;

      if (!g_str_has_prefix (path, prefix) || find_copy (self, path) == NULL)
        continue;
      name = g_strndup (rest, strcspn (rest, "/"));
      if (g_hash_table_add (known, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  /* Sorted first: the order of a hash table must not decide what is drawn. */
  g_ptr_array_sort (names, compare_names);
  shuffle (self->folder, names);
  return names;
}

static GBytes *
hostile_view_read (
    GezFolder *folder, const char *path, gsize limit, GCancellable *cancellable, GError **error)
{
  HostileView *self = HOSTILE_VIEW (folder);
  Copy *copy;

  if (fails (self, FALSE, error) || (!self->is_connected && !not_connected (error)))
    return NULL;
  copy = find_copy (self, path);
  if (copy == NULL)
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE, "%s is not there", path);
  else if (g_bytes_get_size (copy->bytes) > limit)
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN, "%s is too large", path);
  else
    return g_bytes_ref (copy->bytes);
  return NULL;
}

/* A file of ours that is shorter, as a writer that died leaves it. */
static gboolean
is_half_of (GBytes *there, GBytes *whole)
{
  gsize size = g_bytes_get_size (there);

  return size < g_bytes_get_size (whole)
         && memcmp (g_bytes_get_data (there, NULL) ?: "", g_bytes_get_data (whole, NULL), size) == 0;
}

static gboolean
hostile_view_publish (
    GezFolder *folder, const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  HostileView *self = HOSTILE_VIEW (folder);
  Copy *there;

  if (fails (self, TRUE, error) || (!is_there (self) && !not_connected (error)))
    return FALSE;
  /* A file that a rolled back view hides is written again. */
  there = find_copy (self, path);
  if (there && g_bytes_equal (there->bytes, bytes))
    return TRUE;
  if (there && !is_half_of (there->bytes, bytes))
    {
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS, "%s holds something else", path);
      return FALSE;
    }
  if (chance (self->folder, HOSTILE_DEATHS, 3))
    {
      g_autoptr (GBytes) half = cut_short (self->folder, bytes);

      spread (self, path, half);
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_IO, "%s: the connection broke", path);
      return FALSE;
    }
  spread (self, path, bytes);
  return !fails (self, TRUE, error);
}

static gboolean
hostile_view_remove (GezFolder *folder, const char *path, GCancellable *cancellable, GError **error)
{
  HostileView *self = HOSTILE_VIEW (folder);

  if (fails (self, TRUE, error) || (!self->is_connected && !not_connected (error)))
    return FALSE;
  g_hash_table_remove (self->copies, path);
  g_hash_table_remove (self->folder->files, path);
  for (guint i = 0; i < self->folder->views->len; i++)
    {
      HostileView *to = g_ptr_array_index (self->folder->views, i);

      if (to != self)
        send (to, self, draw_delay (self->folder), path, NULL);
    }
  return TRUE;
}

static gboolean
hostile_view_found (GezFolder *folder, const char *readme, GCancellable *cancellable, GError **error)
{
  HostileView *self = HOSTILE_VIEW (folder);
  g_autoptr (GBytes) bytes = g_bytes_new (readme, strlen (readme));

  if (!self->is_connected)
    return not_connected (error);
  spread (self, "LEES-MIJ.txt", bytes);
  return TRUE;
}

static void
hostile_view_finalize (GObject *object)
{
  HostileView *self = HOSTILE_VIEW (object);

  g_hash_table_unref (self->copies);
  g_ptr_array_unref (self->coming);
  G_OBJECT_CLASS (hostile_view_parent_class)->finalize (object);
}

static void
hostile_view_class_init (HostileViewClass *klass)
{
  GezFolderClass *folder_class = GEZ_FOLDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hostile_view_finalize;
  folder_class->list = hostile_view_list;
  folder_class->read = hostile_view_read;
  folder_class->publish = hostile_view_publish;
  folder_class->remove = hostile_view_remove;
  folder_class->found = hostile_view_found;
}

static void
hostile_view_init (HostileView *self)
{
  self->copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)copy_free);
  self->coming = g_ptr_array_new_with_free_func ((GDestroyNotify)delivery_free);
  self->is_connected = TRUE;
}

/* What the tests call ------------------------------------------------------------------------------- */

HostileFolder *
hostile_folder_new (guint32 seed)
{
  HostileFolder *self = g_new0 (HostileFolder, 1);

  self->random = g_rand_new_with_seed (seed);
  self->now = 1;
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
hostile_folder_free (HostileFolder *self)
{
  g_ptr_array_unref (self->views);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->lost);
  g_rand_free (self->random);
  g_free (self);
}

void
hostile_folder_set_faults (HostileFolder *self, HostileFaults faults)
{
  self->faults = faults;
}

static void
show_all (HostileView *view)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, view->folder->files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      Copy *copy = g_hash_table_lookup (view->copies, path);

      if (copy == NULL || !g_bytes_equal (copy->bytes, bytes))
        put_copy (view, path, bytes);
    }
}

/* (transfer none): the folder keeps it. A new view shows what is there. */
HostileView *
hostile_folder_add_view (HostileFolder *self)
{
  HostileView *view = g_object_new (HOSTILE_TYPE_VIEW, NULL);

  view->folder = self;
  g_ptr_array_add (self->views, view);
  show_all (view);
  return view;
}

void
hostile_folder_drop_view (HostileFolder *self, HostileView *view)
{
  g_assert_true (view == g_ptr_array_index (self->views, self->views->len - 1));
  g_ptr_array_remove_index (self->views, self->views->len - 1);
}

static void
add_stranger (HostileFolder *self)
{
  static const char *names[] = { "desktop.ini",          "r/.DS_Store",    "d/Thumbs.db",
                                 "r/r00000001-leeg.rec", "x/wat.seg",      "r/.syncthing.abc.~.tmp",
                                 "n/nota.txt",           "d/s00000001.seg" };
  HostileView *view
      = g_ptr_array_index (self->views, g_rand_int_range (self->random, 0, (int)self->views->len));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("GEZSEGM1 niet van ons", 21);

  if (is_there (view))
    put_copy (view, names[g_rand_int_range (self->random, 0, G_N_ELEMENTS (names))], bytes);
}

void
hostile_folder_tick (HostileFolder *self, guint ticks)
{
  self->now += ticks;
  if (self->views->len > 0 && chance (self, HOSTILE_STRANGERS, 10))
    add_stranger (self);
  for (guint i = 0; i < self->views->len; i++)
    receive (g_ptr_array_index (self->views, i));
}

void
hostile_folder_empty (HostileFolder *self)
{
  GHashTableIter iter;
  gpointer path, bytes;

  self->n_faults++;
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    g_hash_table_replace (self->lost, g_strdup (path), g_bytes_ref (bytes));
  g_hash_table_remove_all (self->files);
  for (guint i = 0; i < self->views->len; i++)
    {
      HostileView *view = g_ptr_array_index (self->views, i);

      g_hash_table_remove_all (view->copies);
      g_ptr_array_set_size (view->coming, 0);
    }
}

void
hostile_folder_put_back (HostileFolder *self, HostileWanted wanted, gpointer data)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, self->lost);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    if (!g_hash_table_contains (self->files, path) && wanted (path, data))
      g_hash_table_insert (self->files, g_strdup (path), g_bytes_ref (bytes));
}

void
hostile_folder_calm (HostileFolder *self)
{
  self->faults = 0;
  self->now += 1000;
  for (guint i = 0; i < self->views->len; i++)
    {
      HostileView *view = g_ptr_array_index (self->views, i);

      view->is_connected = TRUE;
      view->is_apart = FALSE;
      view->hidden_until = 0;
    }
  for (guint i = 0; i < self->views->len; i++)
    {
      receive (g_ptr_array_index (self->views, i));
      show_all (g_ptr_array_index (self->views, i));
    }
}

gboolean
hostile_folder_holds (HostileFolder *self, const char *needle)
{
  GHashTableIter iter;
  gpointer bytes;
  gsize size;

  for (guint i = 0; i < self->views->len; i++)
    {
      g_hash_table_iter_init (&iter, ((HostileView *)g_ptr_array_index (self->views, i))->copies);
      while (g_hash_table_iter_next (&iter, NULL, &bytes))
        {
          gconstpointer data = g_bytes_get_data (((Copy *)bytes)->bytes, &size);

          if (data && memmem (data, size, needle, strlen (needle)))
            return TRUE;
        }
    }
  return FALSE;
}

gboolean
hostile_folder_is_forked (HostileFolder *self)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *all[] = { self->files, self->lost };
  GHashTableIter iter;
  gpointer path;
  gboolean is_forked = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_hash_table_iter_init (&iter, all[i]);
      while (g_hash_table_iter_next (&iter, &path, NULL))
        if (g_str_has_prefix (path, "d/") && g_str_has_suffix (path, ".seg")
            && (i == 0 || !g_hash_table_contains (self->files, path)))
          is_forked |= !g_hash_table_add (numbers, g_strndup (path, strcspn (path, "-")));
    }
  return is_forked;
}

guint
hostile_folder_count (HostileFolder *self, guint64 *n_bytes)
{
  GHashTableIter iter;
  gpointer bytes;

  *n_bytes = 0;
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &bytes))
    *n_bytes += g_bytes_get_size (bytes);
  return g_hash_table_size (self->files);
}

guint64
hostile_folder_get_n_faults (HostileFolder *self)
{
  return self->n_faults;
}

void
hostile_view_set_connected (HostileView *self, gboolean is_connected)
{
  self->folder->n_faults += self->is_connected && !is_connected;
  self->is_connected = is_connected;
}

void
hostile_view_set_apart (HostileView *self, gboolean is_apart)
{
  self->folder->n_faults += !self->is_apart && is_apart;
  self->is_apart = is_apart;
}

void
hostile_view_roll_back (HostileView *self, guint ticks)
{
  self->folder->n_faults += ticks > 0;
  self->hidden_from = self->folder->now > ticks ? self->folder->now - ticks : 1;
  self->hidden_until = ticks ? self->folder->now : 0;
}
