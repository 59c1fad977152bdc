/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Nothing is written before a person says so. Escape leaves nothing behind.
 * 2. What may be the same family shows while names, birth dates and telephone numbers are typed.
 */

#include "household/gez-new-household-dialog.h"

#include "base/gez-id.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-member-fields.h"
#include "household/gez-possible-same.h"
#include "model/gez-household.h"

#include <glib/gi18n.h>

struct _GezNewHouseholdDialog
{
  GezFormDialog parent_instance;

  GtkWidget *name;
  GtkWidget *same;
  GtkWidget *members; /* box of GezMemberFields */
  GtkWidget *residence;
  GtkWidget *address;
  GtkWidget *language;
  GtkWidget *interpreter;
  GtkWidget *gate;

  GezId made; /* the household that was written */
};

G_DEFINE_FINAL_TYPE (GezNewHouseholdDialog, gez_new_household_dialog, GEZ_TYPE_FORM_DIALOG)

#define MOST_SOUGHT 16

static void
look_for_same (GezNewHouseholdDialog *self)
{
  g_autofree char *name = gez_form_entry_dup (self->name);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GezSought sought[MOST_SOUGHT] = { { .is_household = TRUE, .name = name } };
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (self->members);
       child != NULL && n < MOST_SOUGHT; child = gtk_widget_get_next_sibling (child))
    {
      GezMemberFields *fields = GEZ_MEMBER_FIELDS (child);
      g_autofree char *first_name = gez_member_fields_dup_first_name (fields);
      g_autofree char *last_name = gez_member_fields_dup_last_name (fields);
      GezAge age = gez_member_fields_get_age (fields);
      char *full_name = g_strdup_printf ("%s %s", first_name != NULL ? first_name : "",
                                         last_name != NULL ? last_name : "");
      char *born_on = *age.born_on != '\0' ? g_strdup (age.born_on) : NULL;
      char *phones = gez_member_fields_dup_phones (fields);

      g_ptr_array_add (texts, full_name);
      g_ptr_array_add (texts, born_on);
      g_ptr_array_add (texts, phones);
      sought[n++] = (GezSought) { FALSE, full_name, born_on, phones };
    }
  gez_possible_same_ask (GEZ_POSSIBLE_SAME (self->same), sought, n);
}

static void
name_changed_cb (GezNewHouseholdDialog *self)
{
  g_autofree char *name = gez_form_entry_dup (self->name);

  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), name != NULL);
  look_for_same (self);
}

static void
open_household (GezNewHouseholdDialog *self,
                const char            *household)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.open-household", "s", household);
}

static void
open_same_cb (GezNewHouseholdDialog *self,
              const char            *household)
{
  open_household (self, household);
  gtk_window_close (GTK_WINDOW (self));
}

static void
remove_member_cb (GezNewHouseholdDialog *self,
                  GtkWidget             *fields)
{
  gtk_box_remove (GTK_BOX (self->members), fields);
  look_for_same (self);
}

static void
add_member_cb (GezNewHouseholdDialog *self)
{
  GtkWidget *fields =
    gez_member_fields_new (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));

  gtk_box_append (GTK_BOX (self->members), fields);
  g_signal_connect_object (fields, "remove", G_CALLBACK (remove_member_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (fields, "changed", G_CALLBACK (look_for_same), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_child_focus (fields, GTK_DIR_TAB_FORWARD);
}

static gboolean
members_are_right (GezNewHouseholdDialog *self)
{
  for (GtkWidget *fields = gtk_widget_get_first_child (self->members); fields != NULL;
       fields = gtk_widget_get_next_sibling (fields))
    {
      const char *complaint = NULL;

      if (gez_member_fields_check (GEZ_MEMBER_FIELDS (fields), &complaint))
        continue;
      gez_form_dialog_complain (GEZ_FORM_DIALOG (self), NULL, complaint);
      return FALSE;
    }

  return TRUE;
}

static void
clear_person (gpointer data)
{
  GezPersonInput *person = data;

  g_free ((char *) person->first_name);
  g_free ((char *) person->last_name);
  g_free ((char *) person->born_on);
  g_free ((char *) person->phones);
}

static GArray *
read_members (GezNewHouseholdDialog *self)
{
  GArray *persons = g_array_new (FALSE, FALSE, sizeof (GezPersonInput));

  g_array_set_clear_func (persons, clear_person);
  for (GtkWidget *child = gtk_widget_get_first_child (self->members); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GezMemberFields *fields = GEZ_MEMBER_FIELDS (child);
      GezAge age = gez_member_fields_get_age (fields);
      GezPersonInput person = {
        .first_name = gez_member_fields_dup_first_name (fields),
        .last_name = gez_member_fields_dup_last_name (fields),
        .born_on = *age.born_on != '\0' ? g_strdup (age.born_on) : NULL,
        .is_age_estimated = age.estimated_age >= 0,
        .age = age.estimated_age,
        .phones = gez_member_fields_dup_phones (fields),
        .role = gez_member_fields_get_role (fields),
      };

      if (person.first_name != NULL)
        g_array_append_val (persons, person);
      else
        clear_person (&person);
    }

  return persons;
}

static GezChange *
gez_new_household_dialog_make_change (GezFormDialog *dialog)
{
  GezNewHouseholdDialog *self = GEZ_NEW_HOUSEHOLD_DIALOG (dialog);
  g_autofree char *name = gez_form_entry_dup (self->name);
  g_autofree char *address = gez_form_entry_dup (self->address);
  g_autofree char *language = gez_form_entry_dup (self->language);
  g_autoptr (GArray) persons = NULL;
  GezHouseholdInput input = { NULL };

  if (!members_are_right (self))
    return NULL;

  persons = read_members (self);
  input.name = name;
  input.residence = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->residence));
  input.address = address;
  input.language = language;
  input.needs_interpreter = gez_form_switch_get (self->interpreter);
  input.entry_gate = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->gate));
  input.persons = (const GezPersonInput *) (gpointer) persons->data;
  input.n_persons = persons->len;

  return gez_household_create (gez_form_dialog_get_context (dialog), &input, &self->made);
}

static void
gez_new_household_dialog_written (GezFormDialog *dialog)
{
  GezNewHouseholdDialog *self = GEZ_NEW_HOUSEHOLD_DIALOG (dialog);
  char id[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (&self->made, id);
  open_household (self, id);
}

static void
gez_new_household_dialog_class_init (GezNewHouseholdDialogClass *klass)
{
  GezFormDialogClass *dialog_class = GEZ_FORM_DIALOG_CLASS (klass);

  dialog_class->make_change = gez_new_household_dialog_make_change;
  dialog_class->written = gez_new_household_dialog_written;
}

static void
gez_new_household_dialog_init (GezNewHouseholdDialog *self)
{
}

static void
add_name (GezNewHouseholdDialog *self,
          GezContext            *context)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *list = gez_form_list (_("Name"));

  self->name = gez_form_entry (_("Name or alias of the family"), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), self->name);
  gez_form_dialog_append (dialog, list);
  gez_form_dialog_append (dialog, gez_form_hint (_("Only this is needed. The rest can follow.")));

  self->same = gez_possible_same_new (context, _("Possibly the same family"));
  gez_form_dialog_append (dialog, self->same);

  g_signal_connect_object (self->name, "changed", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "entry-activated", G_CALLBACK (gez_form_dialog_save), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->same, "open", G_CALLBACK (open_same_cb), self, G_CONNECT_SWAPPED);
}

static void
add_members (GezNewHouseholdDialog *self)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *heading = gez_form_heading (_("Who belongs to the family"));
  GtkWidget *add = gez_form_add_button (_("Add a _member"));

  self->members = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_set_margin_top (heading, 12);
  gez_form_dialog_append (dialog, heading);
  gez_form_dialog_append (dialog, self->members);
  gez_form_dialog_append (dialog, add);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_member_cb), self, G_CONNECT_SWAPPED);
}

static void
add_living (GezNewHouseholdDialog *self,
            GezContext            *context)
{
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Living and talking"));

  self->residence = gez_choice_row_new (_("Where they live"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->residence), NULL, _("Not known"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->residence), GEZ_WORDS_RESIDENCE);
  self->address = gez_form_entry (_("Address"), NULL);
  self->language = gez_form_entry (_("Language"), NULL);
  self->interpreter = gez_form_switch (_("An interpreter is needed"), NULL, FALSE);
  self->gate = gez_choice_row_new (_("How they came to us"));
  gez_choices_add_list (GEZ_CHOICE_ROW (self->gate), context, "entry_gate", _("Not known"));

  gtk_list_box_append (GTK_LIST_BOX (list), self->residence);
  gtk_list_box_append (GTK_LIST_BOX (list), self->address);
  gtk_list_box_append (GTK_LIST_BOX (list), self->language);
  gtk_list_box_append (GTK_LIST_BOX (list), self->interpreter);
  gtk_list_box_append (GTK_LIST_BOX (list), self->gate);
}

/**
 * gez_new_household_dialog_present:
 * @parent: the window
 * @context: the context
 *
 * Asks for a new household, writes it and opens its file.
 */
void
gez_new_household_dialog_present (GtkWindow  *parent,
                                  GezContext *context)
{
  gez_new_household_dialog_present_named (parent, context, "");
}

/**
 * gez_new_household_dialog_present_named:
 * @parent: the window
 * @context: the context
 * @name: the name to begin with: what somebody searched and did not find
 *
 * Asks for a new household, writes it and opens its file.
 */
void
gez_new_household_dialog_present_named (GtkWindow  *parent,
                                        GezContext *context,
                                        const char *name)
{
  GezNewHouseholdDialog *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (name != NULL);

  self = g_object_new (GEZ_TYPE_NEW_HOUSEHOLD_DIALOG, NULL);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), GTK_WIDGET (parent), context, _("New household"),
                          _("_Make file"), _("Household file made"));
  add_name (self, context);
  add_members (self);
  add_living (self, context);
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->name);
}
