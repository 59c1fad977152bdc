/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/gez-revoke-dialog.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-sentence.h"
#include "household/gez-choice-row.h"
#include "household/gez-form.h"
#include "readers/gez-reader-acts.h"
#include "readers/gez-reader-words.h"

struct _GezRevokeDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezId member;
  gboolean reads_open;
  gboolean reads_casework;
  GtkWidget *part; /* NULL: there is only one */
  GtkWidget *reason;
};

G_DEFINE_FINAL_TYPE (GezRevokeDialog, gez_revoke_dialog, GEZ_TYPE_FORM_DIALOG)

static void
ended_cb (const GError *error,
          gpointer      data)
{
  g_autoptr (GezRevokeDialog) self = data;
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *from = gez_form_dialog_get_from (dialog);

  if (gez_form_dialog_get_context (dialog) == NULL) /* closed meanwhile */
    return;
  gez_form_dialog_set_ready (dialog, TRUE);
  if (error != NULL)
    {
      g_autofree char *sentence = gez_sentence_for_error (error);

      gez_form_dialog_complain (dialog, NULL, sentence);
      return;
    }
  if (from != NULL)
    gez_say (from, _("Access has ended."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_act (GezRevokeDialog *self,
         GPtrArray       *acts,
         GezCircle        circle,
         const char      *reason)
{
  g_ptr_array_add (acts, gez_team_act_revoke (&circle, &self->member, reason));
}

static GezChange *
gez_revoke_dialog_make_change (GezFormDialog *dialog)
{
  GezRevokeDialog *self = GEZ_REVOKE_DIALOG (dialog);
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  const char *part = self->part != NULL ? gez_choice_row_get_code (GEZ_CHOICE_ROW (self->part)) : "all";
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func (g_object_unref);

  if (gez_text_is_blank (reason))
    {
      gez_form_dialog_complain (dialog, self->reason, _("Write the reason in a few words."));
      return NULL;
    }
  if (self->reads_casework)
    add_act (self, acts, gez_circle_casework (&self->household), reason);
  if (self->reads_open && g_strcmp0 (part, "all") == 0)
    add_act (self, acts, gez_circle_open (&self->household), reason);
  gez_form_dialog_set_ready (dialog, FALSE);
  gez_reader_acts_run (gez_form_dialog_get_context (dialog), acts, ended_cb, g_object_ref (self));
  return NULL;
}

static void
gez_revoke_dialog_class_init (GezRevokeDialogClass *klass)
{
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_revoke_dialog_make_change;
}

static void
gez_revoke_dialog_init (GezRevokeDialog *self)
{
}

/**
 * gez_revoke_dialog_present:
 * @parent: where it was asked for
 * @context: where we work
 * @household: whose file
 * @reader: who reads it now
 */
void
gez_revoke_dialog_present (GtkWidget           *parent,
                           GezContext          *context,
                           const GezId         *household,
                           const GezFileReader *reader)
{
  GezRevokeDialog *self = g_object_new (GEZ_TYPE_REVOKE_DIALOG, NULL);
  GtkWidget *list;

  self->household = *household;
  self->member = reader->member;
  self->reads_open = reader->reads_open;
  self->reads_casework = reader->reads_casework;
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, _("End access"), _("_End access"), NULL);
  list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), reader->name);
  if (self->reads_open && self->reads_casework)
    {
      self->part = gez_choice_row_new (_("Reads no longer"));
      gez_choice_row_add (GEZ_CHOICE_ROW (self->part), "all", _("The whole file"));
      gez_choice_row_add (GEZ_CHOICE_ROW (self->part), "casework", _("What only case managers read"));
      gtk_list_box_append (GTK_LIST_BOX (list), self->part);
    }
  self->reason = gez_form_entry (_("Reason"), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), self->reason);
  gez_form_dialog_append (
    GEZ_FORM_DIALOG (self),
    gez_form_hint (_("What is written from now on gets another key, which this colleague does not have. "
                     "What was read already stays known, and what is on that computer stays there.")));
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 380);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->reason);
}
