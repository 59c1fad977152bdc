/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps.h"

/* The quiet time: the folder works, everybody is there, and all run rounds until nothing is new. */

#define PASSES_MAX 30

static gboolean
keeps (SimDevice *device, const char *path)
{
  g_autoptr (GezStatement) statement = NULL;

  if (device->is_gone)
    return FALSE;
  statement = gez_database_query (device->memory->database, NULL, "SELECT 1 FROM own_file WHERE path = ?",
                                  GEZ_TEXT, path, GEZ_END);
  return statement != NULL && gez_statement_next (statement, NULL);
}

/* Files of devices that are gone come back from the backup of the server; all others must be healed by those
 * who wrote them, and the roster by anybody. */
static gboolean
has_no_owner (const char *path, gpointer data)
{
  SimWorld *world = data;

  if (g_str_has_suffix (path, ".rec"))
    return FALSE;
  for (guint i = 0; i < world->devices->len; i++)
    if (keeps (g_ptr_array_index (world->devices, i), path))
      return FALSE;
  return TRUE;
}

static gboolean
pass (SimWorld *self, guint *n_done)
{
  guint n;

  *n_done = 0;
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      if (device->is_gone)
        continue;
      if (!sim_device_sync (device, GEZ_ENGINE_ALL, &n))
        return FALSE;
      *n_done += n;
    }
  return TRUE;
}

static gboolean
make_calm (SimWorld *self)
{
  g_autoptr (GError) error = NULL;

  self->is_calm = TRUE;
  hostile_folder_put_back (self->folder, has_no_owner, self);
  hostile_folder_calm (self->folder);
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      device->offline_until = 0;
      if (device->is_gone)
        continue;
      /* Somebody says that it is to be filled again. */
      if (!gez_folder_found (GEZ_FOLDER (device->folder), "Gezinsplan", NULL, &error))
        return sim_fail (self, "the folder could not be made: %s", error->message);
    }
  return TRUE;
}

gboolean
sim_calm (SimWorld *self)
{
  guint n_done = 1;

  sim_tell (self, "calm");
  if (!make_calm (self))
    return FALSE;
  for (guint i = 0; i < PASSES_MAX && n_done > 0; i++)
    {
      if (i < 3 && !sim_try_joining (self))
        return FALSE;
      if (!pass (self, &n_done))
        return FALSE;
    }
  return n_done == 0 || sim_fail (self, "the devices do not come to rest");
}
