/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-backup-banner.h"

#include <glib/gi18n.h>

#include "backup/gez-backup-keeper.h"
#include "backup/gez-backup-words.h"
#include "common/gez-accessible.h"
#include "common/gez-reader.h"

struct _GezBackupBanner
{
  GtkWidget parent_instance;

  GezStore *store;
  GezReader *reader;
  GtkWidget *bar;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (GezBackupBanner, gez_backup_banner, GTK_TYPE_WIDGET)

static GezQuery *
make_query (gpointer widget)
{
  GezStore *store = GEZ_BACKUP_BANNER (widget)->store;

  return gez_store_get_directory (store) ? gez_backup_state_query (store) : NULL;
}

static void
show_state (gpointer      widget,
            gpointer      result,
            const GError *error)
{
  GezBackupBanner *self = GEZ_BACKUP_BANNER (widget);
  gint64 now = gez_clock_get_now (gez_store_get_clock (self->store));
  g_autofree char *words = result ? gez_backup_words_late (result, now) : NULL;

  gtk_label_set_text (GTK_LABEL (self->label), words ? words : "");
  gtk_widget_set_visible (self->bar, words != NULL);
}

/* Days pass while a window stays open; the keeper notices. */
static void
keeper_changed_cb (GezBackupBanner *self)
{
  if (self->reader && !gez_backup_keeper_is_running (gez_backup_keeper_of (self->store)))
    gez_reader_refresh (self->reader);
}

static void
gez_backup_banner_dispose (GObject *object)
{
  GezBackupBanner *self = GEZ_BACKUP_BANNER (object);

  g_clear_object (&self->reader);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (gez_backup_banner_parent_class)->dispose (object);
}

static void
gez_backup_banner_class_init (GezBackupBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_backup_banner_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_backup_banner_init (GezBackupBanner *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Backups…"));

  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                              "xalign", 0.0f, "hexpand", TRUE, NULL);
  gez_accessible_hide_empty (self->label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.backups");
  gtk_box_append (GTK_BOX (self->bar), gez_ornament_new ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (self->bar), self->label);
  gtk_box_append (GTK_BOX (self->bar), button);
  gtk_widget_add_css_class (self->bar, "gez-backup-bar");
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
}

/**
 * gez_backup_banner_new:
 * @store: an open store
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
gez_backup_banner_new (GezStore *store)
{
  GezBackupBanner *self = g_object_new (GEZ_TYPE_BACKUP_BANNER, NULL);

  self->store = g_object_ref (store);
  self->reader = gez_reader_new (GTK_WIDGET (self), store, gez_backup_state_tables, make_query, show_state);
  g_signal_connect_object (gez_backup_keeper_of (store), "changed", G_CALLBACK (keeper_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
