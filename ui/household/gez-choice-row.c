/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-choice-row.h"

struct _GezChoiceRow
{
  AdwComboRow parent_instance;

  GtkStringList *labels;
  GPtrArray *codes; /* char *, or NULL for "nothing chosen" */
};

G_DEFINE_FINAL_TYPE (GezChoiceRow, gez_choice_row, ADW_TYPE_COMBO_ROW)

static void
gez_choice_row_finalize (GObject *object)
{
  GezChoiceRow *self = GEZ_CHOICE_ROW (object);

  g_clear_object (&self->labels);
  g_clear_pointer (&self->codes, g_ptr_array_unref);

  G_OBJECT_CLASS (gez_choice_row_parent_class)->finalize (object);
}

static void
gez_choice_row_class_init (GezChoiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_choice_row_finalize;
}

static void
gez_choice_row_init (GezChoiceRow *self)
{
  self->labels = gtk_string_list_new (NULL);
  self->codes = g_ptr_array_new_with_free_func (g_free);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->labels));
}

/**
 * gez_choice_row_new:
 * @title: what is chosen
 *
 * Returns: (transfer floating): a row without anything to choose
 */
GtkWidget *
gez_choice_row_new (const char *title)
{
  return g_object_new (GEZ_TYPE_CHOICE_ROW, "title", title, "use-markup", FALSE, NULL);
}

/**
 * gez_choice_row_add:
 * @self: the row
 * @code: (nullable): what the store keeps; %NULL: nothing chosen
 * @label: what people read
 */
void
gez_choice_row_add (GezChoiceRow *self,
                    const char   *code,
                    const char   *label)
{
  g_return_if_fail (GEZ_IS_CHOICE_ROW (self));
  g_return_if_fail (label != NULL);

  /* The code first: the list tells that something is selected as soon as it has its first label. */
  g_ptr_array_add (self->codes, g_strdup (code));
  gtk_string_list_append (self->labels, label);
}

/**
 * gez_choice_row_clear:
 * @self: the row
 *
 * Leaves nothing to choose.
 */
void
gez_choice_row_clear (GezChoiceRow *self)
{
  g_return_if_fail (GEZ_IS_CHOICE_ROW (self));

  gtk_string_list_splice (self->labels, 0, g_list_model_get_n_items (G_LIST_MODEL (self->labels)),
                          NULL);
  g_ptr_array_set_size (self->codes, 0);
}

/**
 * gez_choice_row_add_words:
 * @self: the row
 * @words: the enumeration whose codes are added, in their order
 */
void
gez_choice_row_add_words (GezChoiceRow *self,
                          GezWords      words)
{
  const char * const *codes = gez_words_codes (words);

  g_return_if_fail (GEZ_IS_CHOICE_ROW (self));

  for (guint i = 0; codes[i] != NULL; i++)
    gez_choice_row_add (self, codes[i], gez_words_get (words, codes[i]));
}

/**
 * gez_choice_row_add_circles:
 * @self: the row
 *
 * Adds who can read what is written in a file, narrowest but one first: most notes are for the
 * case managers.
 */
void
gez_choice_row_add_circles (GezChoiceRow *self)
{
  static const char * const codes[] = { "casework", "open", "private" };

  g_return_if_fail (GEZ_IS_CHOICE_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    gez_choice_row_add (self, codes[i], gez_words_get (GEZ_WORDS_CIRCLE, codes[i]));
  /* Who reads it must be readable as a whole: below the title there is room. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), TRUE);
}

static int
find_code (GezChoiceRow *self,
           const char   *code)
{
  for (guint i = 0; i < self->codes->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->codes, i), code) == 0)
      return (int) i;

  return -1;
}

/**
 * gez_choice_row_has_code:
 * @self: the row
 * @code: (nullable): a code
 *
 * Returns: whether @code can be chosen
 */
gboolean
gez_choice_row_has_code (GezChoiceRow *self,
                         const char   *code)
{
  g_return_val_if_fail (GEZ_IS_CHOICE_ROW (self), FALSE);

  return find_code (self, code) >= 0;
}

/**
 * gez_choice_row_get_code:
 * @self: the row
 *
 * Returns: (nullable) (transfer none): the code of what is chosen
 */
const char *
gez_choice_row_get_code (GezChoiceRow *self)
{
  guint selected;

  g_return_val_if_fail (GEZ_IS_CHOICE_ROW (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return selected < self->codes->len ? g_ptr_array_index (self->codes, selected) : NULL;
}

/**
 * gez_choice_row_set_code:
 * @self: the row
 * @code: (nullable): what to choose; one that is not in the list is added as it is, so that saving
 *   the form does not lose what another version of the program wrote
 */
void
gez_choice_row_set_code (GezChoiceRow *self,
                         const char   *code)
{
  int found;

  g_return_if_fail (GEZ_IS_CHOICE_ROW (self));

  found = find_code (self, code);
  if (found < 0 && code != NULL)
    {
      gez_choice_row_add (self, code, code);
      found = (int) self->codes->len - 1;
    }
  if (found >= 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), (guint) found);
}
