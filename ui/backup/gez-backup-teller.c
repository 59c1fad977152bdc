/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-backup-teller.h"

struct _GezBackupTeller
{
  GWeakRef whom;
  GezBackupTold told;

  GMutex lock; /* guards what follows */
  GezBackupStep step;
  guint64 done;
  guint64 all;
  gboolean is_coming;
};

static void
teller_clear (gpointer data)
{
  GezBackupTeller *self = data;

  g_weak_ref_clear (&self->whom);
  g_mutex_clear (&self->lock);
}

static gboolean
arrive_cb (gpointer data)
{
  GezBackupTeller *self = data;
  g_autoptr (GObject) whom = g_weak_ref_get (&self->whom);
  GezBackupStep step;
  guint64 done, all;

  g_mutex_lock (&self->lock);
  step = self->step;
  done = self->done;
  all = self->all;
  self->is_coming = FALSE;
  g_mutex_unlock (&self->lock);
  if (whom)
    self->told (step, done, all, whom);
  return G_SOURCE_REMOVE;
}

static void
unref_cb (gpointer data)
{
  gez_backup_teller_unref (data);
}

/**
 * gez_backup_teller_new:
 * @whom: (transfer none): who hears it
 * @told: called on the main thread
 *
 * Returns: (transfer full): something to be told; whoever works holds a reference too
 */
GezBackupTeller *
gez_backup_teller_new (GObject      *whom,
                       GezBackupTold told)
{
  GezBackupTeller *self = g_atomic_rc_box_new0 (GezBackupTeller);

  g_weak_ref_init (&self->whom, whom);
  g_mutex_init (&self->lock);
  self->told = told;
  return self;
}

/**
 * gez_backup_teller_tell:
 * @teller: a #GezBackupTeller
 *
 * A #GezBackupProgress; may be called on any thread.
 */
void
gez_backup_teller_tell (GezBackupStep step,
                        guint64       done,
                        guint64       all,
                        gpointer      teller)
{
  GezBackupTeller *self = teller;
  gboolean is_coming;

  g_mutex_lock (&self->lock);
  self->step = step;
  self->done = done;
  self->all = all;
  is_coming = self->is_coming;
  self->is_coming = TRUE;
  g_mutex_unlock (&self->lock);
  if (!is_coming)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, arrive_cb, g_atomic_rc_box_acquire (self), unref_cb);
}

void
gez_backup_teller_unref (GezBackupTeller *self)
{
  g_atomic_rc_box_release_full (self, teller_clear);
}
