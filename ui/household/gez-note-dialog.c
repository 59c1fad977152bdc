/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-note-dialog.h"

#include "base/gez-text.h"
#include "common/gez-paste.h"
#include "household/gez-choice-row.h"
#include "household/gez-contact-form.h"
#include "household/gez-form.h"
#include "model/gez-note.h"

#include <glib/gi18n.h>

struct _GezNoteDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezId contact;
  GezId note;
  GtkWidget *text;
  GtkWidget *circle;
};

G_DEFINE_FINAL_TYPE (GezNoteDialog, gez_note_dialog, GEZ_TYPE_FORM_DIALOG)

static GezChange *
gez_note_dialog_make_change (GezFormDialog *dialog)
{
  GezNoteDialog *self = GEZ_NOTE_DIALOG (dialog);
  g_autofree char *text = gez_form_get_text (self->text);
  GezNoteInput input = { NULL };
  GezContext *context = gez_form_dialog_get_context (dialog);
  GezId id;

  if (gez_text_is_blank (text))
    {
      gez_form_dialog_complain (dialog, self->text, _("Write what must be added."));
      return NULL;
    }
  if (strlen (text) > GEZ_NOTE_MAX_BYTES)
    {
      gez_form_dialog_complain (dialog, self->text,
                                _("This text is too long for one note: it can hold 1 MB."));
      return NULL;
    }

  input.household_id = &self->household;
  input.contact_id = gez_id_is_none (&self->contact) ? NULL : &self->contact;
  input.content = text;
  gez_circle_kind_from_code (gez_choice_row_get_code (GEZ_CHOICE_ROW (self->circle)),
                             &input.circle_kind);
  if (gez_id_is_none (&self->note))
    return gez_note_write (context, &input, &id);

  input.corrects_note_id = &self->note;

  return gez_note_correct (context, &input, &id);
}

static void
gez_note_dialog_class_init (GezNoteDialogClass *klass)
{
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_note_dialog_make_change;
}

static void
gez_note_dialog_init (GezNoteDialog *self)
{
}

/**
 * gez_note_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @household: the file
 * @contact: (nullable): the contact that the note belongs to
 * @note: (nullable): the note that it adds to or corrects
 */
void
gez_note_dialog_present (GtkWidget   *parent,
                         GezContext  *context,
                         const GezId *household,
                         const GezId *contact,
                         const GezId *note)
{
  GezNoteDialog *self = g_object_new (GEZ_TYPE_NOTE_DIALOG, NULL);
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GezCircleKind circle = gez_note_default_circle (context);
  GtkWidget *list = gez_form_list (_("Who reads this text"));

  self->household = *household;
  self->contact = contact != NULL ? *contact : GEZ_ID_NONE;
  self->note = note != NULL ? *note : GEZ_ID_NONE;
  gez_form_dialog_set_up (dialog, parent, context, _("Add or correct"), _("_Save"),
                          _("Added to the journal"));
  gez_form_dialog_append (dialog, gez_form_hint (_("What was written stays. What you write here "
                                                   "stands under it, with your name and today's "
                                                   "date.")));
  gez_form_dialog_append (dialog, gez_form_text (_("What must be added"), 160, &self->text));
  gez_paste_limit (self->text, GEZ_PASTE_REPORT);

  self->circle = gez_choice_row_new (_("Who reads this text"));
  gez_choice_row_add_circles (GEZ_CHOICE_ROW (self->circle));
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->circle), gez_circle_kind_to_code (circle));
  gtk_list_box_append (GTK_LIST_BOX (list), self->circle);
  gez_form_dialog_append (dialog, list);

  gtk_window_set_default_size (GTK_WINDOW (self), 560, 420);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->text);
}
