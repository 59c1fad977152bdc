/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Giving access is an act on the team, not a change of the store: it travels as a key. What was thought
 *    of before is a note in the journal, in the open circle, written once the access is given.
 * 2. Nothing is required but a person: an emergency does not wait for a form.
 */

#include "readers/gez-grant-dialog.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "common/gez-format.h"
#include "common/gez-sentence.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "model/gez-note.h"
#include "readers/gez-reader-acts.h"
#include "readers/gez-reader-words.h"

enum
{
  CHECK_INFORMED,
  CHECK_AGREED,
  CHECK_NEEDED,
  CHECK_SECRECY,
  N_CHECKS,
};

static const struct
{
  const char *question;
  const char *missing;
} checks[N_CHECKS] = {
  [CHECK_INFORMED] = { N_ ("The family knows that this colleague will read it"),
                       N_ ("the family does not know it yet") },
  [CHECK_AGREED] = { N_ ("The family agrees"), N_ ("the family did not agree") },
  [CHECK_NEEDED] = { N_ ("The colleague needs it to help this family"),
                     N_ ("it is not sure that it is needed") },
  [CHECK_SECRECY] = { N_ ("The colleague is bound to secrecy"),
                      N_ ("it is not sure that the colleague is bound to secrecy") },
};

typedef struct
{
  GezId id;
  char *name;
  char *role;
} Person;

struct _GezGrantDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GPtrArray *persons; /* Person: who can be chosen */
  GtkWidget *member;
  GtkWidget *part;
  GtkWidget *until;
  GtkWidget *checks[N_CHECKS];
  GtkWidget *warning;
  char *note; /* what is written down once access is given */
};

G_DEFINE_FINAL_TYPE (GezGrantDialog, gez_grant_dialog, GEZ_TYPE_FORM_DIALOG)

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free (person->name);
  g_free (person->role);
  g_free (person);
}

static const Person *
find_person (GezGrantDialog *self)
{
  GezId id;

  if (!gez_choices_get_id (GEZ_CHOICE_ROW (self->member), &id))
    return NULL;
  for (guint i = 0; i < self->persons->len; i++)
    if (gez_id_equal (&((Person *) self->persons->pdata[i])->id, &id))
      return self->persons->pdata[i];
  return NULL;
}

/* As far as the team wrote that down. */
static gboolean
is_bound_to_secrecy (GezGrantDialog *self,
                     const Person   *person)
{
  GezLists *lists = gez_context_get_lists (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));
  GPtrArray *members = gez_lists_get_members (lists);

  for (guint i = 0; i < members->len; i++)
    if (gez_id_equal (gez_record_get_id (members->pdata[i]), &person->id))
      {
        const char *secrecy = gez_record_get_text (members->pdata[i], "secrecy");

        return secrecy != NULL && g_strcmp0 (secrecy, "unknown") != 0;
      }
  return FALSE;
}

static GezCircleKind
get_part (GezGrantDialog *self)
{
  GezCircleKind kind = GEZ_CIRCLE_OPEN;

  gez_circle_kind_from_code (gez_choice_row_get_code (GEZ_CHOICE_ROW (self->part)), &kind);
  return kind;
}

/* What is not in order, as the end of a sentence; NULL when all is. */
static char *
list_missing (GezGrantDialog *self)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < N_CHECKS; i++)
    {
      if (gez_form_switch_get (self->checks[i]))
        continue;
      if (missing->len > 0)
        g_string_append (missing, ", ");
      g_string_append (missing, _(checks[i].missing));
    }
  return missing->len > 0 ? g_string_free (g_steal_pointer (&missing), FALSE) : NULL;
}

static void
show_warning (GezGrantDialog *self)
{
  g_autofree char *missing = list_missing (self);
  /* Translators: %s is a list: "the family does not know it yet, the family did not agree". */
  g_autofree char *words = g_strdup_printf (_("Not in order yet: %s. You can go on; it is written in the "
                                              "journal."),
                                            missing);

  gtk_label_set_text (GTK_LABEL (self->warning),
                      missing != NULL ? words : _("This is written in the journal."));
}

/* A brugfiguur reads what the family circle reads, the others what helps them to do casework. */
static void
member_chosen_cb (GezGrantDialog *self)
{
  const Person *person = find_person (self);
  gboolean reads_all;

  if (person == NULL)
    return;
  reads_all = g_strcmp0 (person->role, "brugfiguur") != 0
              && gez_choice_row_has_code (GEZ_CHOICE_ROW (self->part), "casework");
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->part), reads_all ? "casework" : "open");
  gez_form_switch_set (self->checks[CHECK_SECRECY], is_bound_to_secrecy (self, person));
  show_warning (self);
}

static char *
make_note (GezGrantDialog *self,
           const char     *name,
           const char     *until_on)
{
  g_autofree char *missing = list_missing (self);
  g_autofree char *day = gez_format_date (until_on);
  GString *note = g_string_new (NULL);

  /* Translators: %1$s is the name of a colleague, %2$s "the whole file" or "the family circle". */
  g_string_append_printf (note, _("%1$s got access to %2$s."), name, gez_reader_words_part (get_part (self)));
  if (until_on != NULL)
    {
      g_string_append_c (note, ' ');
      /* Translators: %s is a day. */
      g_string_append_printf (note, _("The last day is %s."), day);
    }
  g_string_append_c (note, ' ');
  if (missing == NULL)
    g_string_append (note, _("The family knows it and agrees, it is needed, and the colleague is bound to "
                             "secrecy."));
  else
    /* Translators: %s is a list: "the family does not know it yet, the family did not agree". */
    g_string_append_printf (note, _("Not in order then: %s."), missing);
  return g_string_free (note, FALSE);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) from = user_data;
  g_autoptr (GError) error = NULL;

  gez_store_commit_finish (GEZ_STORE (source), result, &error);
  if (error != NULL && gtk_widget_get_root (from) != NULL)
    gez_say_error (from, error);
}

static void
given_cb (const GError *error,
          gpointer      data)
{
  g_autoptr (GezGrantDialog) self = data;
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GezContext *context = gez_form_dialog_get_context (dialog);
  GtkWidget *from = gez_form_dialog_get_from (dialog);
  GezNoteInput note = { .household_id = &self->household, .circle_kind = GEZ_CIRCLE_OPEN,
                        .content = self->note };
  g_autoptr (GezChange) change = NULL;

  if (context == NULL) /* closed meanwhile */
    return;
  gez_form_dialog_set_ready (dialog, TRUE);
  if (error != NULL)
    {
      g_autofree char *sentence = gez_sentence_for_error (error);

      gez_form_dialog_complain (dialog, NULL, sentence);
      return;
    }
  change = gez_note_write (context, &note, NULL);
  gez_store_commit_async (gez_context_get_store (context), change, NULL, noted_cb,
                          g_object_ref (from != NULL ? from : GTK_WIDGET (self)));
  if (from != NULL)
    gez_say (from, _("Access is given at the next synchronisation."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static GezChange *
gez_grant_dialog_make_change (GezFormDialog *dialog)
{
  GezGrantDialog *self = GEZ_GRANT_DIALOG (dialog);
  GezDateEntry *until = GEZ_DATE_ENTRY (self->until);
  const Person *person = find_person (self);
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func (g_object_unref);
  GezCircle open = gez_circle_open (&self->household), casework = gez_circle_casework (&self->household);

  if (person == NULL)
    {
      gez_form_dialog_complain (dialog, self->member, _("Choose a colleague."));
      return NULL;
    }
  if (!gez_date_entry_is_valid (until))
    {
      gez_form_dialog_complain (dialog, self->until, _("Say which day is the last one, or leave it empty."));
      return NULL;
    }
  g_free (self->note);
  self->note = make_note (self, person->name, gez_date_entry_get_date (until));
  g_ptr_array_add (acts, gez_team_act_grant (&open, &person->id, gez_date_entry_get_date (until)));
  if (get_part (self) == GEZ_CIRCLE_CASEWORK)
    g_ptr_array_add (acts, gez_team_act_grant (&casework, &person->id, gez_date_entry_get_date (until)));
  gez_form_dialog_set_ready (dialog, FALSE);
  gez_reader_acts_run (gez_form_dialog_get_context (dialog), acts, given_cb, g_object_ref (self));
  return NULL;
}

static void
gez_grant_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (GEZ_GRANT_DIALOG (object)->persons);
  g_free (GEZ_GRANT_DIALOG (object)->note);

  G_OBJECT_CLASS (gez_grant_dialog_parent_class)->finalize (object);
}

static void
gez_grant_dialog_class_init (GezGrantDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_grant_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_grant_dialog_make_change;
}

static void
gez_grant_dialog_init (GezGrantDialog *self)
{
  self->persons = g_ptr_array_new_with_free_func (person_free);
}

static void
add_person (GezGrantDialog      *self,
            const GezFileReader *reader)
{
  char id[GEZ_ID_TEXT_SIZE];
  Person *person;

  if (reader->is_self || reader->is_locked || reader->reads_casework)
    return;
  person = g_new0 (Person, 1);
  person->id = reader->member;
  person->name = g_strdup (reader->name);
  person->role = g_strdup (reader->role);
  g_ptr_array_add (self->persons, person);
  gez_id_to_buffer (&reader->member, id);
  gez_choice_row_add (GEZ_CHOICE_ROW (self->member), id, reader->name);
}

static void
add_who (GezGrantDialog *self,
         GezReadersView *view)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Who reads what"));
  const GezFileReader *self_reader = view->readers->len > 0 ? g_ptr_array_index (view->readers, 0) : NULL;

  self->member = gez_choice_row_new (_("Colleague"));
  for (guint i = 0; i < view->others->len; i++)
    add_person (self, g_ptr_array_index (view->others, i));
  for (guint i = 0; i < view->readers->len; i++)
    add_person (self, g_ptr_array_index (view->readers, i));
  self->part = gez_choice_row_new (_("May read"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->part), "open", _("The family circle"));
  if (self_reader != NULL && self_reader->is_self && self_reader->reads_casework)
    gez_choice_row_add (GEZ_CHOICE_ROW (self->part), "casework", _("The whole file"));
  self->until = gez_date_entry_new (gez_context_get_clock (context), _("Last day"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->member);
  gtk_list_box_append (GTK_LIST_BOX (list), self->part);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("Last day"), self->until));
  gez_form_dialog_append (
    GEZ_FORM_DIALOG (self),
    gez_form_hint (_("The family circle holds who the family is, its plan, questions, referrals and "
                     "appointments. The whole file also holds the journal, the life domains and the "
                     "documents. Without a last day access stays until somebody ends it; with one you let "
                     "a file be looked at for a while.")));
}

static void
add_checks (GezGrantDialog *self)
{
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Before you share"));

  for (guint i = 0; i < N_CHECKS; i++)
    {
      GtkWidget *row = gez_form_switch (_(checks[i].question), NULL, FALSE);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      g_signal_connect_object (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)), "notify::active",
                               G_CALLBACK (show_warning), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      self->checks[i] = row;
    }
  self->warning = gez_form_hint ("");
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), self->warning);
}

/**
 * gez_grant_dialog_present:
 * @parent: where it was asked for
 * @context: where we work
 * @household: whose file
 * @view: who reads it now
 */
void
gez_grant_dialog_present (GtkWidget      *parent,
                          GezContext     *context,
                          const GezId    *household,
                          GezReadersView *view)
{
  GezGrantDialog *self = g_object_new (GEZ_TYPE_GRANT_DIALOG, NULL);

  self->household = *household;
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context,
                          _("Let a colleague read this"), _("_Give access"),
                          NULL);
  add_who (self, view);
  add_checks (self);
  g_signal_connect_object (self->member, "notify::selected", G_CALLBACK (member_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  member_chosen_cb (self);
  show_warning (self);
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), self->persons->len > 0);
  if (self->persons->len == 0)
    gez_form_dialog_complain (GEZ_FORM_DIALOG (self), NULL,
                              _("Your colleagues read this file already, or are kept out of it."));
  gtk_window_present (GTK_WINDOW (self));
}
