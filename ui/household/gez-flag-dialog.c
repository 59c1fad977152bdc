/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-flag-dialog.h"

#include "common/gez-date-entry.h"
#include "household/gez-edits.h"
#include "household/gez-form.h"
#include "model/gez-flag.h"

#include <glib/gi18n.h>

struct _GezFlagDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezRecord *flag; /* NULL: a new one */

  GtkWidget *fact;
  GtkWidget *source;
  GtkWidget *until;
  GtkWidget *is_over; /* of one that is there */
  GtkWidget *reason;
};

G_DEFINE_FINAL_TYPE (GezFlagDialog, gez_flag_dialog, GEZ_TYPE_FORM_DIALOG)

static const char *
get_before (GezFlagDialog *self,
            const char    *column)
{
  return self->flag != NULL ? gez_record_get_text (self->flag, column) : NULL;
}

static GezChange *
raise_flag (GezFlagDialog *self,
            const char    *fact,
            const char    *source,
            const char    *until_on)
{
  GezFlagInput input = { .household_id = &self->household, .fact = fact, .source = source,
                         .until_on = until_on };
  GezId id;

  return gez_flag_raise (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)), &input, &id);
}

static GezChange *
change_flag (GezFlagDialog *self,
             const char    *fact,
             const char    *source,
             const char    *until_on)
{
  GezEdits edits = {
    .context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)),
    .act = "edit-flag",
    .table = "flag",
    .id = gez_record_get_id (self->flag),
    .before = self->flag,
  };
  g_autofree char *reason = gez_form_entry_dup (self->reason);

  if (gez_form_switch_get (self->is_over))
    return gez_flag_resolve (edits.context, edits.id, reason);

  gez_edits_text (&edits, "fact", fact);
  gez_edits_text (&edits, "source", source);
  gez_edits_text (&edits, "until_on", until_on);

  return edits.change;
}

static GezChange *
gez_flag_dialog_make_change (GezFormDialog *dialog)
{
  GezFlagDialog *self = GEZ_FLAG_DIALOG (dialog);
  g_autofree char *fact = gez_form_entry_dup (self->fact);
  g_autofree char *source = gez_form_entry_dup (self->source);
  const char *until_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->until));
  GezChange *change;

  if (fact == NULL)
    {
      gez_form_dialog_complain (dialog, self->fact, _("Write what is the case."));
      return NULL;
    }

  change = self->flag == NULL ? raise_flag (self, fact, source, until_on)
                              : change_flag (self, fact, source, until_on);
  if (change == NULL)
    gtk_window_close (GTK_WINDOW (self));

  return change;
}

static void
over_cb (GezFlagDialog *self)
{
  gtk_widget_set_visible (self->reason, gez_form_switch_get (self->is_over));
}

static void
gez_flag_dialog_dispose (GObject *object)
{
  g_clear_object (&GEZ_FLAG_DIALOG (object)->flag);

  G_OBJECT_CLASS (gez_flag_dialog_parent_class)->dispose (object);
}

static void
gez_flag_dialog_class_init (GezFlagDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_flag_dialog_dispose;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_flag_dialog_make_change;
}

static void
gez_flag_dialog_init (GezFlagDialog *self)
{
}

static void
add_end (GezFlagDialog *self,
         GtkWidget     *list)
{
  self->is_over = gez_form_switch (_("This no longer holds"), NULL, FALSE);
  self->reason = gez_form_entry (_("Why it is over"), NULL);
  gtk_widget_set_visible (self->reason, FALSE);
  g_signal_connect_object (g_object_get_data (G_OBJECT (self->is_over), "switch"), "notify::active",
                           G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), self->is_over);
  gtk_list_box_append (GTK_LIST_BOX (list), self->reason);
}

/**
 * gez_flag_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @household: the file
 * @flag: (nullable): all columns of the flag to change or to end; %NULL for a new one
 */
void
gez_flag_dialog_present (GtkWidget   *parent,
                         GezContext  *context,
                         const GezId *household,
                         GezRecord   *flag)
{
  GezFlagDialog *self = g_object_new (GEZ_TYPE_FLAG_DIALOG, NULL);
  GtkWidget *list;

  self->household = *household;
  g_set_object (&self->flag, flag);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, _("Point of attention"),
                          _("_Save"), _("Saved"));
  list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Who goes there must know this"));
  self->fact = gez_form_entry (_("What is the case"), get_before (self, "fact"));
  self->source = gez_form_entry (_("Where it is known from"), get_before (self, "source"));
  self->until = gez_date_entry_new (gez_context_get_clock (context), _("Keep until"));
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->until), get_before (self, "until_on"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->fact);
  gtk_list_box_append (GTK_LIST_BOX (list), self->source);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("Keep until"), self->until));
  if (flag != NULL)
    add_end (self, list);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self),
                          gez_form_hint (_("A fact, no word about character. Without a date it is "
                                           "kept for six months, and looked at again then.")));

  gtk_window_set_default_size (GTK_WINDOW (self), 520, 420);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->fact);
}
