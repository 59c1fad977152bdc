/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-keys-group.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-sentence.h"
#include "recovery/gez-key-work.h"
#include "recovery/gez-passphrase-dialog.h"
#include "recovery/gez-sheet-check-dialog.h"
#include "recovery/gez-sheet-dialog.h"
#include "store/gez-recovery-note.h"

struct _GezKeysGroup
{
  AdwPreferencesGroup parent_instance;

  GezContext *context;
  GezReader *reader;
  GtkWidget *sheet; /* says whether there is one */
  GtkWidget *make;
  GtkWidget *check; /* the row of it; shows while there is a sheet */
};

G_DEFINE_FINAL_TYPE (GezKeysGroup, gez_keys_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *const tables[] = { GEZ_RECOVERY_NOTE_TABLE, NULL };

static char *
day_of (GezKeysGroup *self,
        gint64        instant)
{
  g_autofree char *day = gez_clock_date_of (gez_context_get_clock (self->context), instant);

  return gez_format_date (day);
}

static char *
describe (GezKeysGroup          *self,
          const GezRecoveryNote *note)
{
  g_autofree char *made = NULL, *checked = NULL;

  if (!gez_key_work_has_sheet (self->context))
    return g_strdup (_("There is none. When you forget the passphrase, everything is lost."));
  if (note->made_at == 0)
    return g_strdup (_("There is one; nobody knows since when."));
  made = day_of (self, note->made_at);
  if (note->checked_at <= note->made_at)
    return g_strdup_printf (_("Made on %s. It opens your file when you forget the passphrase."), made);
  checked = day_of (self, note->checked_at);
  return g_strdup_printf (_("Made on %s, last checked on %s."), made, checked);
}

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezKeysGroup *self = widget;
  gboolean has_sheet = gez_key_work_has_sheet (self->context);
  g_autofree char *words = error ? gez_sentence_for_error (error) : describe (self, result);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sheet), words);
  gtk_button_set_label (GTK_BUTTON (self->make), has_sheet ? _("Make anew…") : _("Make…"));
  /* The words on the button took the place of its name. */
  gez_accessible_set_name (self->make,
                           has_sheet ? _("Make a new recovery sheet") : _("Make a recovery sheet"));
  gtk_widget_set_visible (self->check, has_sheet);
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_recovery_note_query ();
}

static void
change_cb (GezKeysGroup *self)
{
  gez_passphrase_dialog_present (GTK_WIDGET (self), self->context);
}

static void
make_cb (GezKeysGroup *self)
{
  gez_sheet_dialog_present (GTK_WIDGET (self), self->context);
}

static void
check_cb (GezKeysGroup *self)
{
  gez_sheet_check_dialog_present (GTK_WIDGET (self), self->context);
}

static void
gez_keys_group_dispose (GObject *object)
{
  GezKeysGroup *self = GEZ_KEYS_GROUP (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (gez_keys_group_parent_class)->dispose (object);
}

static void
gez_keys_group_class_init (GezKeysGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_keys_group_dispose;
}

static void
gez_keys_group_init (GezKeysGroup *self)
{
}

static GtkWidget *
make_button (GezKeysGroup *self,
             const char   *label,
             const char   *name,
             GCallback     pressed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_row (GezKeysGroup *self,
          const char   *title,
          const char   *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 subtitle, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

/**
 * gez_keys_group_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the group, which starts to read at once
 */
GtkWidget *
gez_keys_group_new (GezContext *context)
{
  GezKeysGroup *self = g_object_new (GEZ_TYPE_KEYS_GROUP, "title", _("What opens your file"), NULL);
  GtkWidget *passphrase;

  self->context = g_object_ref (context);
  passphrase = make_row (self, _("Passphrase"), _("Only you know it."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (passphrase),
                             make_button (self, _("Change…"), _("Change the passphrase"),
                                          G_CALLBACK (change_cb)));
  self->sheet = make_row (self, _("Recovery sheet"), NULL);
  self->make = make_button (self, _("Make…"), _("Make a recovery sheet"), G_CALLBACK (make_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->sheet), self->make);
  self->check = make_row (self, _("Does the recovery sheet still work?"), _("Once a year. Nothing changes."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->check),
                             make_button (self, _("Check…"), _("Check the recovery sheet"),
                                          G_CALLBACK (check_cb)));
  gtk_widget_set_visible (self->check, FALSE);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables, make_query,
                                 show_cb);
  gez_reader_refresh (self->reader);
  return GTK_WIDGET (self);
}
