/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps.h"

/* What may happen next: somebody writes, somebody changes the team, a device reads and writes the folder,
 * time goes on, something breaks. */

static SimDevice *
pick_device (SimWorld *self)
{
  for (guint tries = 0; tries < 10; tries++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, sim_draw (self, (int)self->devices->len));

      if (!device->is_gone)
        return device;
    }
  return NULL;
}

static gboolean
write_rows (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  return device == NULL || sim_step_rows (device);
}

static gboolean
change_team (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  return device == NULL || sim_step_team (device);
}

static gboolean
sync_one (SimWorld *self)
{
  SimDevice *device = pick_device (self);
  guint n_done;

  if (device == NULL || !sim_device_is_online (device))
    return TRUE;
  sim_tell (self, "device %u: a round", device->number);
  return sim_device_sync (device, GEZ_ENGINE_ALL, &n_done);
}

static gboolean
sync_all (SimWorld *self)
{
  guint n_done;

  sim_tell (self, "everybody: a round");
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      if (sim_device_is_online (device) && !sim_device_sync (device, GEZ_ENGINE_ALL, &n_done))
        return FALSE;
    }
  return sim_try_joining (self);
}

static gboolean
kill_one (SimWorld *self)
{
  SimDevice *device = pick_device (self);
  guint n_done;

  if (device == NULL || !sim_device_is_online (device))
    return TRUE;
  device->calls_left = sim_draw (self, 12);
  sim_tell (self, "device %u: a round, killed after %d calls", device->number, device->calls_left);
  return sim_device_sync (device, GEZ_ENGINE_ALL, &n_done);
}

static gboolean
let_time_pass (SimWorld *self)
{
  static const gint64 steps[] = { 10 * SIM_MINUTE, 90 * SIM_MINUTE, SIM_DAY, 3 * SIM_DAY, 32 * SIM_DAY };
  int which = sim_draw (self, 12);

  self->now += steps[which < 4 ? 0 : which < 8 ? 1 : which < 10 ? 2 : which < 11 ? 3 : 4];
  hostile_folder_tick (self->folder, 3);
  return sim_try_joining (self);
}

static gboolean
turn_clock (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  if (device == NULL)
    return TRUE;
  device->clock_offset = (sim_draw (self, 4 * 365) - 365) * SIM_DAY;
  sim_tell (self, "device %u: its clock is %d days off", device->number,
            (int)(device->clock_offset / SIM_DAY));
  return TRUE;
}

static gboolean
go_offline (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  if (device == NULL)
    return TRUE;
  device->offline_until = self->now + (sim_draw (self, 4) ? 2 * SIM_DAY : 365 * SIM_DAY);
  sim_tell (self, "device %u: offline", device->number);
  return TRUE;
}

static gboolean
break_folder (SimWorld *self)
{
  SimDevice *device = pick_device (self);
  int what = sim_draw (self, 20);

  if (device == NULL)
    return TRUE;
  if (what == 0)
    {
      SimDevice *who = pick_device (self);

      hostile_folder_empty (self->folder);
      sim_tell (self, "the folder is empty");
      /* Mostly somebody says soon that it is to be filled again. */
      if (who != NULL && sim_draw (self, 3))
        gez_folder_found (GEZ_FOLDER (who->folder), "Gezinsplan", NULL, NULL);
    }
  else if (what < 7)
    hostile_view_set_connected (device->folder, sim_draw (self, 2));
  else if (what < 13)
    hostile_view_set_apart (device->folder, sim_draw (self, 2));
  else
    hostile_view_roll_back (device->folder, (guint)sim_draw (self, 3) * 6);
  sim_tell (self, "device %u: its folder misbehaves (%d)", device->number, what);
  return TRUE;
}

static gboolean
remember (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  if (device != NULL)
    sim_device_remember (device);
  return TRUE;
}

static gboolean
put_back (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  if (device == NULL || device->old_image == NULL)
    return TRUE;
  sim_tell (self, "device %u: put back to what it was", device->number);
  sim_device_put_back (device);
  return TRUE;
}

static gboolean
copy_device (SimWorld *self)
{
  SimDevice *device = pick_device (self);

  if (device == NULL || self->devices->len >= 6 || sim_draw (self, 3))
    return TRUE;
  sim_tell (self, "device %u: copied into device %u", device->number, self->devices->len);
  sim_device_copy (device);
  self->is_forked = TRUE;
  return TRUE;
}

gboolean
sim_step (SimWorld *self)
{
  static const struct
  {
    int weight;
    gboolean (*happen) (SimWorld *);
  } what[] = {
    { 40, write_rows },  { 16, change_team },   { 30, sync_one },  { 6, sync_all },
    { 6, kill_one },     { 14, let_time_pass }, { 3, turn_clock }, { 3, go_offline },
    { 6, break_folder }, { 3, remember },       { 2, put_back },   { 1, copy_device },
  };
  int all = 0, left;

  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    all += what[i].weight;
  left = sim_draw (self, all);
  self->now += SIM_MINUTE;
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    if ((left -= what[i].weight) < 0)
      return what[i].happen (self) && self->failure == NULL;
  return TRUE;
}
