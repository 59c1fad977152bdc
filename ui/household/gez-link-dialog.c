/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The people of both files are read when the other file is chosen, in one list: `people` holds those of this
 * file, `other_people` those of the other one. Without a person on both sides it is the family that is the
 * same.
 */

#include "household/gez-link-dialog.h"

#include <glib/gi18n.h>

#include "agenda/gez-household-picker.h"
#include "common/gez-reader.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "model/gez-duplicate-link.h"
#include "model/gez-network-view.h"

struct _GezLinkDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezReader *own_reader;
  GezReader *other_reader;
  GtkWidget *picker;
  GtkWidget *people;
  GtkWidget *other_people;
};

G_DEFINE_FINAL_TYPE (GezLinkDialog, gez_link_dialog, GEZ_TYPE_FORM_DIALOG)

/* What stands in a form that is being filled in must not move because a colleague wrote something. */
static const char *const no_tables[] = { NULL };

static const GezId *
get_other (GezLinkDialog *self)
{
  return gez_household_picker_get_household (GEZ_HOUSEHOLD_PICKER (self->picker));
}

static GezChange *
gez_link_dialog_make_change (GezFormDialog *dialog)
{
  GezLinkDialog *self = GEZ_LINK_DIALOG (dialog);
  GezDuplicateLinkInput input = { .household_id = &self->household, .other_household_id = get_other (self) };
  GezId person, other_person;
  gboolean has_person = gez_choices_get_id (GEZ_CHOICE_ROW (self->people), &person);
  gboolean has_other = gez_choices_get_id (GEZ_CHOICE_ROW (self->other_people), &other_person);

  if (input.other_household_id == NULL)
    {
      gez_form_dialog_complain (dialog, self->picker, _("Choose the other file."));
      return NULL;
    }
  if (gez_id_equal (input.other_household_id, &self->household))
    {
      gez_form_dialog_complain (dialog, self->picker, _("Choose another file than this one."));
      return NULL;
    }
  if (has_person != has_other)
    {
      gez_form_dialog_complain (dialog, has_person ? self->other_people : self->people,
                                _("Choose who it is in both files, or in neither."));
      return NULL;
    }
  if (has_person)
    {
      input.person_id = &person;
      input.other_person_id = &other_person;
    }
  return gez_duplicate_link_add (gez_form_dialog_get_context (dialog), &input, NULL);
}

static void
fill (GtkWidget *row,
      GezView   *view)
{
  gez_choice_row_clear (GEZ_CHOICE_ROW (row));
  gez_choice_row_add (GEZ_CHOICE_ROW (row), NULL, _("The whole family"));
  if (view != NULL)
    gez_choices_add_records (GEZ_CHOICE_ROW (row), gez_view_get_list (view, "members"), "name", NULL);
}

static GezQuery *
make_own_query (gpointer widget)
{
  return gez_network_view_query (&GEZ_LINK_DIALOG (widget)->household);
}

static void
show_own (gpointer      widget,
          gpointer      result,
          const GError *error)
{
  fill (GEZ_LINK_DIALOG (widget)->people, result);
}

static GezQuery *
make_other_query (gpointer widget)
{
  const GezId *other = get_other (widget);

  return other != NULL ? gez_network_view_query (other) : NULL;
}

static void
show_other (gpointer      widget,
            gpointer      result,
            const GError *error)
{
  fill (GEZ_LINK_DIALOG (widget)->other_people, result);
}

static void
picked_cb (GezLinkDialog *self)
{
  fill (self->other_people, NULL);
  gtk_widget_set_sensitive (self->other_people, get_other (self) != NULL);
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), get_other (self) != NULL);
  gez_reader_refresh (self->other_reader);
}

static void
gez_link_dialog_dispose (GObject *object)
{
  GezLinkDialog *self = GEZ_LINK_DIALOG (object);
  GezReader **readers[] = { &self->own_reader, &self->other_reader };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (*readers[i] != NULL)
        g_object_run_dispose (G_OBJECT (*readers[i]));
      g_clear_object (readers[i]);
    }

  G_OBJECT_CLASS (gez_link_dialog_parent_class)->dispose (object);
}

static void
gez_link_dialog_class_init (GezLinkDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_link_dialog_dispose;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_link_dialog_make_change;
}

static void
gez_link_dialog_init (GezLinkDialog *self)
{
}

/**
 * gez_link_dialog_present:
 * @parent: where it was asked for
 * @context: where we work
 * @household: the file that is open
 */
void
gez_link_dialog_present (GtkWidget   *parent,
                         GezContext  *context,
                         const GezId *household)
{
  GezLinkDialog *self = g_object_new (GEZ_TYPE_LINK_DIALOG, NULL);
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *list;

  self->household = *household;
  gez_form_dialog_set_up (dialog, parent, context, _("Link another file"), _("_Link"),
                          _("Linked. Both files show it."));
  gez_form_dialog_append (dialog, gez_form_heading (_("The other file")));
  self->picker = gez_household_picker_new (context);
  gez_household_picker_set_required (GEZ_HOUSEHOLD_PICKER (self->picker));
  gez_form_dialog_append (dialog, self->picker);
  list = gez_form_dialog_add_list (dialog, _("Who is the same"));
  self->people = gez_choice_row_new (_("In this file"));
  self->other_people = gez_choice_row_new (_("In the other file"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->people);
  gtk_list_box_append (GTK_LIST_BOX (list), self->other_people);
  gez_form_dialog_append (dialog, gez_form_hint (_("Nothing is joined: both files stay as they are. Who "
                                                   "works with this family sees the link; you can remove "
                                                   "it at any time.")));
  self->own_reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), no_tables,
                                     make_own_query, show_own);
  self->other_reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), no_tables,
                                       make_other_query, show_other);
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  picked_cb (self);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 460);
  gtk_window_present (GTK_WINDOW (self));
}
