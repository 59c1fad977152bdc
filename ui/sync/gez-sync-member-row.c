/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-member-row.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "sync/gez-sync-words.h"

struct _GezSyncMemberRow
{
  AdwExpanderRow parent_instance;

  GPtrArray *rows; /* of the devices; owned by the row */
};

G_DEFINE_FINAL_TYPE (GezSyncMemberRow, gez_sync_member_row, ADW_TYPE_EXPANDER_ROW)

static void
gez_sync_member_row_finalize (GObject *object)
{
  g_ptr_array_unref (GEZ_SYNC_MEMBER_ROW (object)->rows);
  G_OBJECT_CLASS (gez_sync_member_row_parent_class)->finalize (object);
}

static void
gez_sync_member_row_class_init (GezSyncMemberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_sync_member_row_finalize;
}

static void
gez_sync_member_row_init (GezSyncMemberRow *self)
{
  self->rows = g_ptr_array_new ();
  g_object_set (self, "use-markup", FALSE, NULL);
}

GtkWidget *
gez_sync_member_row_new (void)
{
  return g_object_new (GEZ_TYPE_SYNC_MEMBER_ROW, NULL);
}

static void
set_n_rows (GezSyncMemberRow *self,
            guint             n_rows)
{
  while (self->rows->len > n_rows)
    {
      adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[self->rows->len - 1]);
      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
    }
  while (self->rows->len < n_rows)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 0, NULL);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
}

/**
 * gez_sync_member_row_set:
 * @devices: (element-type GezSyncDevice): of one colleague, at least one
 *
 * Shows this; rows that are there stay, and with them the focus.
 */
void
gez_sync_member_row_set (GezSyncMemberRow    *self,
                         GPtrArray           *devices,
                         const GezSyncStatus *status,
                         GezClock            *clock)
{
  const GezSyncDevice *first;
  const char *name;
  g_autofree char *summary = NULL;

  g_return_if_fail (GEZ_IS_SYNC_MEMBER_ROW (self) && devices->len > 0);

  first = g_ptr_array_index (devices, 0);
  name = first->member_name != NULL ? first->member_name : _("Somebody whose name is still to come");
  summary = gez_sync_words_member (devices, clock);
  g_object_set (self, "title", name, "subtitle", summary, NULL);
  gez_accessible_name_expander (GTK_WIDGET (self), name);
  set_n_rows (self, devices->len);
  for (guint i = 0; i < devices->len; i++)
    {
      const GezSyncDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *title = gez_sync_words_device_name (&device->device, device->is_this, clock);
      g_autofree char *facts = gez_sync_words_device (device, status, clock);

      g_object_set (self->rows->pdata[i], "title", title, "subtitle", facts, NULL);
    }
}
