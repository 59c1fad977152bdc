/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-relation-dialog.h"

#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "model/gez-relation.h"

#include <glib/gi18n.h>

struct _GezRelationDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GtkWidget *person;
  GtkWidget *kind;
  GtkWidget *other;
};

G_DEFINE_FINAL_TYPE (GezRelationDialog, gez_relation_dialog, GEZ_TYPE_FORM_DIALOG)

static GezChange *
gez_relation_dialog_make_change (GezFormDialog *dialog)
{
  GezRelationDialog *self = GEZ_RELATION_DIALOG (dialog);
  GezRelationInput input = { &self->household };
  GezId person, other, id;

  if (!gez_choices_get_id (GEZ_CHOICE_ROW (self->person), &person)
      || !gez_choices_get_id (GEZ_CHOICE_ROW (self->other), &other))
    {
      gez_form_dialog_complain (dialog, self->person, _("Choose both people."));
      return NULL;
    }
  if (gez_id_equal (&person, &other))
    {
      gez_form_dialog_complain (dialog, self->other, _("Choose two different people."));
      return NULL;
    }

  input.person_id = &person;
  input.kind = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->kind));
  input.other_person_id = &other;

  return gez_relation_add (gez_form_dialog_get_context (dialog), &input, &id);
}

static void
gez_relation_dialog_class_init (GezRelationDialogClass *klass)
{
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_relation_dialog_make_change;
}

static void
gez_relation_dialog_init (GezRelationDialog *self)
{
}

/**
 * gez_relation_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @household: the file
 * @people: (element-type GezRecord): who can be related, with `name`
 */
void
gez_relation_dialog_present (GtkWidget   *parent,
                             GezContext  *context,
                             const GezId *household,
                             GPtrArray   *people)
{
  GezRelationDialog *self = g_object_new (GEZ_TYPE_RELATION_DIALOG, NULL);
  GtkWidget *list;

  self->household = *household;
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, _("Relation"), _("_Save"),
                          _("Relation saved"));
  list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("How they are related"));

  self->person = gez_choice_row_new (_("Who"));
  gez_choices_add_records (GEZ_CHOICE_ROW (self->person), people, "name", NULL);
  self->kind = gez_choice_row_new (_("Relation"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->kind), GEZ_WORDS_RELATION);
  self->other = gez_choice_row_new (_("Whom"));
  gez_choices_add_records (GEZ_CHOICE_ROW (self->other), people, "name", NULL);
  if (people->len > 1)
    gez_choices_set_id (GEZ_CHOICE_ROW (self->other), gez_record_get_id (people->pdata[1]), NULL);

  gtk_list_box_append (GTK_LIST_BOX (list), self->person);
  gtk_list_box_append (GTK_LIST_BOX (list), self->kind);
  gtk_list_box_append (GTK_LIST_BOX (list), self->other);
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), people->len > 1);
  if (people->len < 2)
    gez_form_dialog_complain (GEZ_FORM_DIALOG (self), NULL,
                              _("There must be two members before they can be related."));

  gtk_window_set_default_size (GTK_WINDOW (self), 520, 360);
  gtk_window_present (GTK_WINDOW (self));
}
