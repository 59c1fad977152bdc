/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form as one change. Whatever is not right is said before anything is written. */

#include "household/gez-contact-form-private.h"

#include "base/gez-date.h"
#include "base/gez-text.h"
#include "common/gez-date-entry.h"
#include "household/gez-chip-picker.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-question-editor.h"
#include "model/gez-contact.h"

#include <glib/gi18n.h>

#define MOST_MINUTES (24 * 60)

static gboolean
complain (GezContactForm *self,
          GtkWidget      *widget,
          const char     *sentence)
{
  gez_contact_form_complain (self, sentence);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);

  return FALSE;
}

/* "10.42", "10u42" and "10h42" are how people write a time here. */
static char *
read_time (GezContactForm *self)
{
  g_autofree char *text = gez_form_entry_dup (self->time);
  int hour, minute;

  if (text == NULL)
    return g_strdup ("12:00");

  g_strdelimit (text, ".uUhH", ':');
  if (g_str_has_suffix (text, ":"))
    text[strlen (text) - 1] = '\0';
  if (strchr (text, ':') == NULL)
    {
      char *hours = g_strconcat (text, ":00", NULL);

      g_free (text);
      text = hours;
    }
  if (text[1] == ':')
    {
      char *padded = g_strconcat ("0", text, NULL);

      g_free (text);
      text = padded;
    }

  if (!gez_date_parse_time (text, &hour, &minute))
    return NULL;

  return g_strdup_printf ("%02d:%02d", hour, minute);
}

static gboolean
read_when (GezContactForm  *self,
           GezContactInput *input)
{
  GezClock *clock = gez_context_get_clock (self->context);
  const char *date = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->date));
  g_autofree char *time = read_time (self);
  g_autofree char *minutes = gez_form_entry_dup (self->minutes);
  guint64 n_minutes = 0;

  if (date == NULL)
    return complain (self, self->date, _("Say on which day the contact was."));
  if (time == NULL)
    return complain (self, self->time, _("Write the time as 10:30."));
  if (minutes != NULL && !g_ascii_string_to_unsigned (minutes, 10, 0, MOST_MINUTES, &n_minutes,
                                                      NULL))
    return complain (self, self->minutes, _("Write how many minutes it took as a number."));

  input->happened_at = gez_clock_instant_of (clock, date, time);
  input->minutes = (int) n_minutes;
  if (input->happened_at > gez_clock_get_now (clock) + G_GINT64_CONSTANT (24 * 60 * 60 * 1000))
    return complain (self, self->date, _("This day is still to come: make an appointment "
                                         "instead."));

  return TRUE;
}

static gboolean
read_questions (GezContactForm *self,
                GArray         *questions,
                GPtrArray      *texts)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->questions); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GezQuestionEditor *editor = GEZ_QUESTION_EDITOR (child);
      GezQuestionInput question = { NULL };
      const char *sentence = NULL;
      const char * const *codes = gez_outcome_get_codes ();

      if (!gez_question_editor_check (editor, &sentence))
        return complain (self, NULL, sentence);
      if (gez_question_editor_is_empty (editor))
        continue;

      question.content = gez_question_editor_dup_text (editor);
      question.domain_id = gez_choices_get_domain_id (self->context,
                                                      gez_question_editor_get_domain (editor));
      for (guint i = 0; codes[i] != NULL; i++)
        if (gez_question_editor_has_outcome (editor, codes[i]))
          question.outcomes |= gez_outcome_from_code (codes[i]);
      question.come_back_on = gez_question_editor_get_come_back (editor);
      question.first_asked_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->date));
      g_ptr_array_add (texts, (gpointer) question.content);
      g_array_append_val (questions, question);
    }

  return TRUE;
}

static void
read_people (GezContactForm *self,
             GArray         *persons,
             GArray         *helpers)
{
  g_auto (GStrv) keys = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->people));

  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean is_person = g_str_has_prefix (keys[i], "person:");
      GezId id;

      if (gez_id_parse (strchr (keys[i], ':') + 1, &id))
        g_array_append_val (is_person ? persons : helpers, id);
    }
}

static void
read_domains (GezContactForm *self,
              GArray         *domains)
{
  g_auto (GStrv) codes = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->domains));

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const GezId *id = gez_choices_get_domain_id (self->context, codes[i]);

      if (id != NULL)
        g_array_append_val (domains, *id);
    }
}

static gboolean
read_followup (GezContactForm  *self,
               const char      *what,
               GezContactInput *input)
{
  GezDateEntry *entry = GEZ_DATE_ENTRY (self->followup_on);

  if (!gez_date_entry_is_valid (entry))
    return complain (self, self->followup_on, _("Say on which day, for instance “next Tuesday”."));
  if (what != NULL && gez_date_entry_get_date (entry) == NULL)
    return complain (self, self->followup_on, _("Say when the follow-up must be done."));
  if (what == NULL && gez_date_entry_get_date (entry) != NULL)
    return complain (self, self->followup_what, _("Say what will be done on that day."));

  input->followup_what = what;
  input->followup_on = what != NULL ? gez_date_entry_get_date (entry) : NULL;

  return TRUE;
}

static GezNoteInput
read_note (GezContactForm *self,
           const char     *text)
{
  GezNoteInput note = { .content = text };

  gez_circle_kind_from_code (gez_choice_row_get_code (GEZ_CHOICE_ROW (self->circle)),
                             &note.circle_kind);

  return note;
}

/**
 * gez_contact_form_make_change:
 * @self: the form
 *
 * Returns: (transfer full) (nullable): the change that writes the contact and takes its draft away;
 *   %NULL when something is not right, which the form then says
 */
GezChange *
gez_contact_form_make_change (GezContactForm *self)
{
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (GezQuestionInput));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) persons = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GArray) helpers = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GArray) domains = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autofree char *text = NULL;
  g_autofree char *what = NULL;
  GezContactInput input = { NULL };
  GezNoteInput note;
  GezId id;

  g_return_val_if_fail (GEZ_IS_CONTACT_FORM (self), NULL);

  gez_contact_form_complain (self, NULL);
  text = gez_form_get_text (self->text);
  what = gez_form_entry_dup (self->followup_what);
  if (!read_when (self, &input) || !read_questions (self, questions, texts)
      || !read_followup (self, what, &input))
    return NULL;

  read_people (self, persons, helpers);
  read_domains (self, domains);
  note = read_note (self, text);
  input.household_id = &self->household;
  input.channel = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->channel));
  input.is_attempt = gez_form_switch_get (self->attempt);
  input.note = gez_text_is_blank (text) ? NULL : &note;
  input.questions = (const GezQuestionInput *) (gpointer) questions->data;
  input.n_questions = questions->len;
  input.persons = (const GezId *) persons->data;
  input.n_persons = persons->len;
  input.helpers = (const GezId *) helpers->data;
  input.n_helpers = helpers->len;
  input.domains = (const GezId *) domains->data;
  input.n_domains = domains->len;

  return gez_contact_record (self->context, &input, &id);
}
