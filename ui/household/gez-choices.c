/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-choices.h"

/**
 * gez_choices_add_domains:
 * @row: the row to fill
 * @context: the context
 * @none: (nullable): words for "no domain"; %NULL when one must be chosen
 */
void
gez_choices_add_domains (GezChoiceRow *row,
                         GezContext   *context,
                         const char   *none)
{
  GezLists *lists = gez_context_get_lists (context);
  GPtrArray *domains = gez_lists_get_domains (lists);

  if (none != NULL)
    gez_choice_row_add (row, NULL, none);
  for (guint i = 0; i < domains->len; i++)
    gez_choice_row_add (row, gez_record_get_text (domains->pdata[i], "code"),
                        gez_lists_get_short_label (lists, domains->pdata[i]));
}

/**
 * gez_choices_add_list:
 * @row: the row to fill
 * @context: the context
 * @list: name of a list of the team
 * @none: (nullable): words for "nothing chosen"
 */
void
gez_choices_add_list (GezChoiceRow *row,
                      GezContext   *context,
                      const char   *list,
                      const char   *none)
{
  GezLists *lists = gez_context_get_lists (context);
  GPtrArray *items = gez_lists_get_items (lists, list);

  if (none != NULL)
    gez_choice_row_add (row, NULL, none);
  for (guint i = 0; i < items->len; i++)
    gez_choice_row_add (row, gez_record_get_text (items->pdata[i], "code"),
                        gez_lists_get_label (lists, items->pdata[i]));
}

/**
 * gez_choices_add_records:
 * @row: the row to fill
 * @records: (element-type GezRecord): what can be chosen; the code is the identity
 * @name_column: the column with the words
 * @none: (nullable): words for "nothing chosen"
 */
void
gez_choices_add_records (GezChoiceRow *row,
                         GPtrArray    *records,
                         const char   *name_column,
                         const char   *none)
{
  if (none != NULL)
    gez_choice_row_add (row, NULL, none);
  for (guint i = 0; i < records->len; i++)
    {
      char id[GEZ_ID_TEXT_SIZE];

      gez_id_to_buffer (gez_record_get_id (records->pdata[i]), id);
      gez_choice_row_add (row, id, gez_record_get_text (records->pdata[i], name_column));
    }
}

/**
 * gez_choices_add_domain_chips:
 * @picker: the chips to fill
 * @context: the context
 */
void
gez_choices_add_domain_chips (GezChipPicker *picker,
                              GezContext    *context)
{
  GezLists *lists = gez_context_get_lists (context);
  GPtrArray *domains = gez_lists_get_domains (lists);

  for (guint i = 0; i < domains->len; i++)
    gez_chip_picker_add (picker, gez_record_get_text (domains->pdata[i], "code"),
                         gez_lists_get_short_label (lists, domains->pdata[i]));
}

/**
 * gez_choices_get_label:
 * @context: the context
 * @list: name of a list of the team
 * @code: a code of that list
 *
 * Returns: (transfer none): its words; @code when the list does not know it
 */
const char *
gez_choices_get_label (GezContext *context,
                       const char *list,
                       const char *code)
{
  const char *label = gez_lists_get_item_label (gez_context_get_lists (context), list, code);

  return label != NULL ? label : code;
}

/**
 * gez_choices_get_domain_label:
 * @context: the context
 * @code: code of a life domain
 *
 * Returns: (transfer none): its short name; @code when there is no such domain
 */
const char *
gez_choices_get_domain_label (GezContext *context,
                              const char *code)
{
  GezLists *lists = gez_context_get_lists (context);
  GezRecord *domain = gez_lists_find_domain_by_code (lists, code);

  return domain != NULL ? gez_lists_get_short_label (lists, domain) : code;
}

/**
 * gez_choices_get_domain_id:
 * @context: the context
 * @code: (nullable): code of a life domain
 *
 * Returns: (transfer none) (nullable): its identity; %NULL without a code or such a domain
 */
const GezId *
gez_choices_get_domain_id (GezContext *context,
                           const char *code)
{
  GezRecord *domain;

  if (code == NULL)
    return NULL;
  domain = gez_lists_find_domain_by_code (gez_context_get_lists (context), code);

  return domain != NULL ? gez_record_get_id (domain) : NULL;
}

/**
 * gez_choices_get_id:
 * @row: a row whose codes are identities
 * @id: (out): the chosen one; none when nothing is chosen
 *
 * Returns: whether something is chosen
 */
gboolean
gez_choices_get_id (GezChoiceRow *row,
                    GezId        *id)
{
  const char *code = gez_choice_row_get_code (row);

  *id = GEZ_ID_NONE;

  return code != NULL && gez_id_parse (code, id);
}

/**
 * gez_choices_set_id:
 * @row: a row whose codes are identities
 * @id: (nullable): what to choose
 * @label: (nullable): its words, for when it is not in the row any more
 */
void
gez_choices_set_id (GezChoiceRow *row,
                    const GezId  *id,
                    const char   *label)
{
  char code[GEZ_ID_TEXT_SIZE];

  if (id == NULL || gez_id_is_none (id))
    {
      gez_choice_row_set_code (row, NULL);
      return;
    }

  gez_id_to_buffer (id, code);
  if (!gez_choice_row_has_code (row, code))
    gez_choice_row_add (row, code, label != NULL ? label : "–");
  gez_choice_row_set_code (row, code);
}
