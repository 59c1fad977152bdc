/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form as a draft: a GVariant dictionary in its text form, so that a newer version of the
 * program may add a field and an older one may miss it. */

#include "household/gez-contact-form-private.h"

#include "common/gez-date-entry.h"
#include "household/gez-chip-picker.h"
#include "household/gez-choice-row.h"
#include "household/gez-form.h"
#include "household/gez-question-editor.h"

static GVariant *
questions_to_variant (GezContactForm *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (GtkWidget *question = gtk_widget_get_first_child (self->questions); question != NULL;
       question = gtk_widget_get_next_sibling (question))
    g_variant_builder_add_value (
      &builder, gez_question_editor_to_variant (GEZ_QUESTION_EDITOR (question)));

  return g_variant_builder_end (&builder);
}

static const char *
entry_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/**
 * gez_contact_form_serialise:
 * @self: the form
 *
 * Returns: (transfer full): everything that is in it, for gez_contact_form_restore()
 */
char *
gez_contact_form_serialise (GezContactForm *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) values = NULL;
  g_auto (GStrv) people = NULL;
  g_auto (GStrv) domains = NULL;
  g_autofree char *text = NULL;
  const char *channel;

  g_return_val_if_fail (GEZ_IS_CONTACT_FORM (self), NULL);

  people = self->wanted_people != NULL
             ? g_strdupv (self->wanted_people)
             : gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->people));
  domains = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->domains));
  text = gez_form_get_text (self->text);
  channel = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->channel));

  g_variant_dict_insert (&dict, "typed-at", "x",
                         gez_clock_get_now (gez_context_get_clock (self->context)));
  g_variant_dict_insert (&dict, "date", "s", gez_date_entry_get_text (GEZ_DATE_ENTRY (self->date)));
  g_variant_dict_insert (&dict, "time", "s", entry_text (self->time));
  g_variant_dict_insert (&dict, "minutes", "s", entry_text (self->minutes));
  g_variant_dict_insert (&dict, "channel", "s", channel != NULL ? channel : "");
  g_variant_dict_insert (&dict, "attempt", "b", gez_form_switch_get (self->attempt));
  g_variant_dict_insert (&dict, "people", "^as", people);
  g_variant_dict_insert (&dict, "text", "s", text);
  g_variant_dict_insert (&dict, "circle", "s",
                         gez_choice_row_get_code (GEZ_CHOICE_ROW (self->circle)));
  g_variant_dict_insert_value (&dict, "questions", questions_to_variant (self));
  g_variant_dict_insert (&dict, "domains", "^as", domains);
  g_variant_dict_insert (&dict, "followup-what", "s", entry_text (self->followup_what));
  g_variant_dict_insert (&dict, "followup-on", "s",
                         gez_date_entry_get_text (GEZ_DATE_ENTRY (self->followup_on)));
  values = g_variant_ref_sink (g_variant_dict_end (&dict));

  return g_variant_print (values, FALSE);
}

static const char *
lookup_text (GVariantDict *dict,
             const char   *name)
{
  const char *text = "";

  g_variant_dict_lookup (dict, name, "&s", &text);

  return text;
}

static void
restore_questions (GezContactForm *self,
                   GVariantDict   *dict)
{
  g_autoptr (GVariant) questions =
    g_variant_dict_lookup_value (dict, "questions", G_VARIANT_TYPE ("aa{sv}"));
  gsize n_questions = questions != NULL ? g_variant_n_children (questions) : 0;

  gez_contact_form_clear_questions (self);
  for (gsize i = 0; i < n_questions; i++)
    {
      g_autoptr (GVariant) values = g_variant_get_child_value (questions, i);
      GtkWidget *question = gez_contact_form_add_question (self);

      gez_question_editor_restore (GEZ_QUESTION_EDITOR (question), values);
    }
}

static void
restore_values (GezContactForm *self,
                GVariantDict   *dict)
{
  g_auto (GStrv) domains = NULL;
  const char *channel = lookup_text (dict, "channel");
  gboolean is_attempt = FALSE;

  g_variant_dict_lookup (dict, "attempt", "b", &is_attempt);
  g_variant_dict_lookup (dict, "domains", "^as", &domains);
  g_clear_pointer (&self->wanted_people, g_strfreev);
  g_variant_dict_lookup (dict, "people", "^as", &self->wanted_people);

  gez_date_entry_set_text (GEZ_DATE_ENTRY (self->date), lookup_text (dict, "date"));
  gtk_editable_set_text (GTK_EDITABLE (self->time), lookup_text (dict, "time"));
  gtk_editable_set_text (GTK_EDITABLE (self->minutes), lookup_text (dict, "minutes"));
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->channel), *channel != '\0' ? channel : NULL);
  gez_contact_form_show_channel (self);
  gez_form_switch_set (self->attempt, is_attempt);
  gez_form_set_text (self->text, lookup_text (dict, "text"));
  if (*lookup_text (dict, "circle") != '\0')
    gez_choice_row_set_code (GEZ_CHOICE_ROW (self->circle), lookup_text (dict, "circle"));
  restore_questions (self, dict);
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->domains), (const char * const *) domains);
  gtk_editable_set_text (GTK_EDITABLE (self->followup_what), lookup_text (dict, "followup-what"));
  gez_date_entry_set_text (GEZ_DATE_ENTRY (self->followup_on), lookup_text (dict, "followup-on"));

  if (gez_chip_picker_get_n_chips (GEZ_CHIP_PICKER (self->people)) > 0)
    {
      g_auto (GStrv) people = g_steal_pointer (&self->wanted_people);

      gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->people), (const char * const *) people);
    }
}

/**
 * gez_contact_form_restore:
 * @self: the form
 * @content: what gez_contact_form_serialise() gave
 *
 * Fills the form in again. Does not emit `edited`.
 *
 * Returns: the instant at which it was typed, or 0 when @content is not a draft of this form
 */
gint64
gez_contact_form_restore (GezContactForm *self,
                          const char     *content)
{
  g_autoptr (GVariant) values = NULL;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  gint64 typed_at = 0;

  g_return_val_if_fail (GEZ_IS_CONTACT_FORM (self), 0);

  values = g_variant_parse (G_VARIANT_TYPE_VARDICT, content, NULL, NULL, NULL);
  if (values == NULL)
    return 0;

  g_variant_dict_clear (&dict);
  g_variant_dict_init (&dict, values);
  g_variant_dict_lookup (&dict, "typed-at", "x", &typed_at);

  self->is_setting = TRUE;
  restore_values (self, &dict);
  self->is_setting = FALSE;

  return typed_at;
}
