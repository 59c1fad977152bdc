/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-question-editor.h"

#include "common/gez-date-entry.h"
#include "common/gez-entry-row.h"
#include "common/gez-words.h"
#include "household/gez-chip-picker.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"

#include <glib/gi18n.h>

struct _GezQuestionEditor
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *text;
  GtkWidget *domain;
  GtkWidget *outcomes;
  GtkWidget *come_back;
  GtkWidget *come_back_row;
  char *first_domain; /* what it starts with; NULL: none */
  gboolean is_restoring;
};

G_DEFINE_FINAL_TYPE (GezQuestionEditor, gez_question_editor, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_EDITED,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A file is open already when somebody writes in it. */
static const char * const outcome_codes[] = { "answered", "referred", "come_back", "not_solved",
                                              "no_supply" };

static void
edited_cb (GezQuestionEditor *self)
{
  if (!self->is_restoring)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
outcome_cb (GezQuestionEditor *self)
{
  gboolean comes_back = gez_chip_picker_has (GEZ_CHIP_PICKER (self->outcomes), "come_back");

  gtk_widget_set_visible (self->come_back_row, comes_back);
  edited_cb (self);
}

static void
remove_cb (GezQuestionEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
gez_question_editor_dispose (GObject *object)
{
  GezQuestionEditor *self = GEZ_QUESTION_EDITOR (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);

  g_clear_pointer (&GEZ_QUESTION_EDITOR (object)->first_domain, g_free);

  G_OBJECT_CLASS (gez_question_editor_parent_class)->dispose (object);
}

static void
gez_question_editor_class_init (GezQuestionEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_question_editor_dispose;

  signals[SIGNAL_EDITED] = g_signal_new ("edited", GEZ_TYPE_QUESTION_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", GEZ_TYPE_QUESTION_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gez_question_editor_init (GezQuestionEditor *self)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  self->text = gez_form_entry (_("What does the family ask?"), NULL);
  gtk_widget_set_tooltip_text (remove, _("Remove this question"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove this question"), -1);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gez_entry_row_add_suffix (GEZ_ENTRY_ROW (self->text), remove);

  self->domain = gez_choice_row_new (_("Life domain"));
  self->outcomes = gez_chip_picker_new (_("What came of it"), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (outcome_codes); i++)
    gez_chip_picker_add (GEZ_CHIP_PICKER (self->outcomes), outcome_codes[i],
                         gez_words_get (GEZ_WORDS_OUTCOME, outcome_codes[i]));

  self->list = gez_form_list (_("Question"));
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->text);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->domain);
  gtk_list_box_append (GTK_LIST_BOX (self->list),
                       gez_form_wide_row (_("What came of it"), self->outcomes));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  g_signal_connect_object (self->text, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->domain, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outcomes, "changed", G_CALLBACK (outcome_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_question_editor_new:
 * @context: the context
 *
 * Returns: (transfer floating): an empty question
 */
GtkWidget *
gez_question_editor_new (GezContext *context)
{
  GezQuestionEditor *self = g_object_new (GEZ_TYPE_QUESTION_EDITOR, NULL);

  gez_choices_add_domains (GEZ_CHOICE_ROW (self->domain), context, _("None in particular"));

  self->come_back = gez_date_entry_new (gez_context_get_clock (context), _("Come back on"));
  self->come_back_row = gez_form_wide_row (_("Come back on"), self->come_back);
  gtk_widget_set_visible (self->come_back_row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->come_back_row);
  g_signal_connect_object (self->come_back, "notify::date", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * gez_question_editor_is_empty:
 * @self: the question
 *
 * Returns: whether nothing was filled in at all
 */
gboolean
gez_question_editor_is_empty (GezQuestionEditor *self)
{
  g_autofree char *text = gez_question_editor_dup_text (self);
  g_auto (GStrv) outcomes = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->outcomes));

  return text == NULL && outcomes[0] == NULL
         && g_strcmp0 (gez_question_editor_get_domain (self), self->first_domain) == 0;
}

/**
 * gez_question_editor_check:
 * @self: the question
 * @complaint: (out) (transfer none): what is not right
 *
 * Takes the keyboard to what is not right.
 *
 * Returns: whether the question can be written
 */
gboolean
gez_question_editor_check (GezQuestionEditor *self,
                           const char       **complaint)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (GEZ_IS_QUESTION_EDITOR (self), FALSE);

  text = gez_question_editor_dup_text (self);
  if (text == NULL && !gez_question_editor_is_empty (self))
    {
      *complaint = _("Write what the family asks, or remove the question.");
      gtk_widget_grab_focus (self->text);
      return FALSE;
    }

  if (gez_question_editor_has_outcome (self, "come_back")
      && gez_question_editor_get_come_back (self) == NULL)
    {
      *complaint = _("Say on which day they come back.");
      gtk_widget_grab_focus (self->come_back);
      return FALSE;
    }

  return TRUE;
}

/**
 * gez_question_editor_dup_text:
 * @self: the question
 *
 * Returns: (transfer full) (nullable): what was asked
 */
char *
gez_question_editor_dup_text (GezQuestionEditor *self)
{
  g_return_val_if_fail (GEZ_IS_QUESTION_EDITOR (self), NULL);

  return gez_form_entry_dup (self->text);
}

/**
 * gez_question_editor_set_domain:
 * @self: an empty question
 * @code: (nullable): code of the life domain that it starts with
 */
void
gez_question_editor_set_domain (GezQuestionEditor *self,
                                const char        *code)
{
  g_return_if_fail (GEZ_IS_QUESTION_EDITOR (self));

  g_free (self->first_domain);
  self->first_domain = g_strdup (code);
  self->is_restoring = TRUE;
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), code);
  self->is_restoring = FALSE;
}

/**
 * gez_question_editor_get_domain:
 * @self: the question
 *
 * Returns: (nullable) (transfer none): code of the life domain
 */
const char *
gez_question_editor_get_domain (GezQuestionEditor *self)
{
  g_return_val_if_fail (GEZ_IS_QUESTION_EDITOR (self), NULL);

  return gez_choice_row_get_code (GEZ_CHOICE_ROW (self->domain));
}

/**
 * gez_question_editor_has_outcome:
 * @self: the question
 * @code: a code of %GEZ_WORDS_OUTCOME
 *
 * Returns: whether that came of it
 */
gboolean
gez_question_editor_has_outcome (GezQuestionEditor *self,
                                 const char        *code)
{
  g_return_val_if_fail (GEZ_IS_QUESTION_EDITOR (self), FALSE);

  return gez_chip_picker_has (GEZ_CHIP_PICKER (self->outcomes), code);
}

/**
 * gez_question_editor_get_come_back:
 * @self: the question
 *
 * Returns: (nullable) (transfer none): the day on which they come back
 */
const char *
gez_question_editor_get_come_back (GezQuestionEditor *self)
{
  g_return_val_if_fail (GEZ_IS_QUESTION_EDITOR (self), NULL);

  if (!gez_question_editor_has_outcome (self, "come_back"))
    return NULL;

  return gez_date_entry_get_date (GEZ_DATE_ENTRY (self->come_back));
}

/**
 * gez_question_editor_to_variant:
 * @self: the question
 *
 * Returns: (transfer floating): everything that was filled in, for the draft
 */
GVariant *
gez_question_editor_to_variant (GezQuestionEditor *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_auto (GStrv) outcomes = NULL;
  const char *domain;

  g_return_val_if_fail (GEZ_IS_QUESTION_EDITOR (self), NULL);

  outcomes = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->outcomes));
  domain = gez_question_editor_get_domain (self);
  g_variant_dict_insert (&dict, "text", "s", gtk_editable_get_text (GTK_EDITABLE (self->text)));
  if (domain != NULL)
    g_variant_dict_insert (&dict, "domain", "s", domain);
  g_variant_dict_insert (&dict, "outcomes", "^as", outcomes);
  g_variant_dict_insert (&dict, "come-back", "s",
                         gez_date_entry_get_text (GEZ_DATE_ENTRY (self->come_back)));

  return g_variant_dict_end (&dict);
}

/**
 * gez_question_editor_restore:
 * @self: the question
 * @values: what gez_question_editor_to_variant() gave
 */
void
gez_question_editor_restore (GezQuestionEditor *self,
                             GVariant          *values)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (values);
  g_auto (GStrv) outcomes = NULL;
  const char *text = "";
  const char *domain = NULL;
  const char *come_back = "";

  g_return_if_fail (GEZ_IS_QUESTION_EDITOR (self));

  g_variant_dict_lookup (&dict, "text", "&s", &text);
  g_variant_dict_lookup (&dict, "domain", "&s", &domain);
  g_variant_dict_lookup (&dict, "outcomes", "^as", &outcomes);
  g_variant_dict_lookup (&dict, "come-back", "&s", &come_back);

  self->is_restoring = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), domain);
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->outcomes),
                                (const char * const *) outcomes);
  gez_date_entry_set_text (GEZ_DATE_ENTRY (self->come_back), come_back);
  outcome_cb (self);
  self->is_restoring = FALSE;
}
