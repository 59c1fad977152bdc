/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Nothing is written before a person says so. Escape leaves nothing behind.
 * 2. What may be the same family shows while the name is typed, and never stops anybody: there are
 *    families with the same name.
 * 3. Households and persons are looked for by the words that tell them apart: "gezin" or "familie"
 *    before a name would hide the file in which they were left out.
 */

#include "household/gez-new-household-dialog.h"

#include "base/gez-id.h"
#include "common/gez-row.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-member-fields.h"
#include "model/gez-household.h"
#include "model/gez-search.h"

#include <glib/gi18n.h>

struct _GezNewHouseholdDialog
{
  GezFormDialog parent_instance;

  GtkWidget *name;
  GtkWidget *similar_box;
  GtkWidget *similar;
  GtkWidget *members; /* box of GezMemberFields */
  GtkWidget *residence;
  GtkWidget *address;
  GtkWidget *language;
  GtkWidget *interpreter;
  GtkWidget *gate;

  GezId made; /* the household that was written */
  GCancellable *cancellable;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (GezNewHouseholdDialog, gez_new_household_dialog, GEZ_TYPE_FORM_DIALOG)

#define TYPING_PAUSE_MS 150
#define MOST_SIMILAR 5

static void
forget_search (GezNewHouseholdDialog *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
tells_apart (const char *word)
{
  static const char * const common_words[] = { "gezin", "fam", "familie", "family", "de", "het",
                                               "van", NULL };
  g_autofree char *folded = g_utf8_casefold (word, -1);

  g_strdelimit (folded, ".,", ' ');
  g_strstrip (folded);

  return *folded != '\0' && !g_strv_contains (common_words, folded);
}

/* The words of a name that tell it apart; all of them when none does. */
static char *
words_to_search (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (tells_apart (words[i]))
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? " " : "", words[i]);

  return kept->len > 0 ? g_string_free (g_steal_pointer (&kept), FALSE) : g_strdup (name);
}

static void
clear_similar (GezNewHouseholdDialog *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->similar)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->similar), row);
  gtk_widget_set_visible (self->similar_box, FALSE);
}

static void
add_similar (GezNewHouseholdDialog *self,
             GezRecord             *found)
{
  gboolean is_person = g_strcmp0 (gez_record_get_text (found, "kind"), "person") == 0;
  const char *household = gez_record_get_text (found, "household_name");
  GtkWidget *row = gez_row_new (gez_record_get_text (found, "title"),
                                is_person ? household : NULL);

  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "household",
                          gez_id_to_string (gez_record_get_reference (found, "household_id")),
                          g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->similar), row);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezNewHouseholdDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = gez_store_run_finish (GEZ_STORE (source), result, &error);
  guint n_similar = 0;

  /* A search that failed hides nothing but a hint: the form goes on working. */
  if (found == NULL || gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)) == NULL)
    return;

  clear_similar (self);
  for (guint i = 0; i < found->len && n_similar < MOST_SIMILAR; i++)
    {
      const char *kind = gez_record_get_text (found->pdata[i], "kind");

      if (g_strcmp0 (kind, "household") != 0 && g_strcmp0 (kind, "person") != 0)
        continue;
      add_similar (self, found->pdata[i]);
      n_similar++;
    }
  gtk_widget_set_visible (self->similar_box, n_similar > 0);
}

static gboolean
search_cb (gpointer user_data)
{
  GezNewHouseholdDialog *self = user_data;
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  g_autofree char *name = gez_form_entry_dup (self->name);
  g_autofree char *words = NULL;
  g_autoptr (GezQuery) query = NULL;

  self->timeout = 0;
  if (name == NULL || g_utf8_strlen (name, -1) < 2)
    {
      clear_similar (self);
      return G_SOURCE_REMOVE;
    }

  words = words_to_search (name);
  self->cancellable = g_cancellable_new ();
  query = gez_search_query (words, MOST_SIMILAR);
  gez_store_run_async (gez_context_get_store (context), query, self->cancellable, found_cb,
                       g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
name_changed_cb (GezNewHouseholdDialog *self)
{
  g_autofree char *name = gez_form_entry_dup (self->name);

  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), name != NULL);
  forget_search (self);
  self->timeout = g_timeout_add (TYPING_PAUSE_MS, search_cb, self);
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
similar_activated_cb (GezNewHouseholdDialog *self,
                      GtkListBoxRow         *row)
{
  open_household (self, g_object_get_data (G_OBJECT (row), "household"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
remove_member_cb (GezNewHouseholdDialog *self,
                  GtkWidget             *fields)
{
  gtk_box_remove (GTK_BOX (self->members), fields);
}

static void
add_member_cb (GezNewHouseholdDialog *self)
{
  GtkWidget *fields =
    gez_member_fields_new (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));

  gtk_box_append (GTK_BOX (self->members), fields);
  g_signal_connect_object (fields, "remove", G_CALLBACK (remove_member_cb), self,
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
gez_new_household_dialog_dispose (GObject *object)
{
  forget_search (GEZ_NEW_HOUSEHOLD_DIALOG (object));

  G_OBJECT_CLASS (gez_new_household_dialog_parent_class)->dispose (object);
}

static void
gez_new_household_dialog_class_init (GezNewHouseholdDialogClass *klass)
{
  GezFormDialogClass *dialog_class = GEZ_FORM_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_new_household_dialog_dispose;
  dialog_class->make_change = gez_new_household_dialog_make_change;
  dialog_class->written = gez_new_household_dialog_written;
}

static void
gez_new_household_dialog_init (GezNewHouseholdDialog *self)
{
}

static void
add_name (GezNewHouseholdDialog *self)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *list = gez_form_list (_("Name"));

  self->name = gez_form_entry (_("Name or alias of the family"), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), self->name);
  gez_form_dialog_append (dialog, list);
  gez_form_dialog_append (dialog, gez_form_hint (_("Only this is needed. The rest can follow.")));

  self->similar_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->similar = gez_form_list (_("Possibly the same family"));
  gtk_box_append (GTK_BOX (self->similar_box), gez_form_heading (_("Possibly the same family")));
  gtk_box_append (GTK_BOX (self->similar_box), self->similar);
  gtk_box_append (GTK_BOX (self->similar_box),
                  gez_form_hint (_("Choose one to open that file instead.")));
  gtk_widget_set_visible (self->similar_box, FALSE);
  gez_form_dialog_append (dialog, self->similar_box);

  g_signal_connect_object (self->name, "changed", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "entry-activated", G_CALLBACK (gez_form_dialog_save), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->similar, "row-activated", G_CALLBACK (similar_activated_cb), self,
                           G_CONNECT_SWAPPED);
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
  add_name (self);
  add_members (self);
  add_living (self, context);
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->name);
}
