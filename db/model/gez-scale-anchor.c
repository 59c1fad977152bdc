/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-scale-anchor.h"

#include "base/gez-text.h"
#include "model/gez-command.h"

/* A domain without an anchor of its own shows the general one. Taking its own away withdraws the
 * row, so that the general one shows again. The general ones always have a Dutch text. */

static const char *
label_column (const char *language)
{
  if (g_str_equal (language, "en"))
    return "label_en";
  return g_str_equal (language, "fr") ? "label_fr" : "label_nl";
}

static GezChange *
add_anchor (GezContext  *context,
            GezRecord   *general,
            const GezId *domain,
            const char  *column,
            const char  *text)
{
  GezChange *change = gez_change_new ("add-anchor");

  gez_command_insert (context, change, "scale_point", gez_circle_team (), NULL);
  gez_command_id (change, "scale_id", gez_record_get_reference (general, "scale_id"));
  gez_command_id (change, "domain_id", domain);
  gez_change_set_integer (change, "value", gez_record_get_integer (general, "value"));
  gez_change_set_text (change, "label_nl", gez_record_get_text (general, "label_nl"));
  gez_command_write_text (change, column, text);
  return change;
}

/**
 * gez_scale_anchor_write:
 * @domain: (nullable): the domain it is for; %NULL: for all that have none of their own
 * @value: the score, 1 to 5
 * @language: of @text: nl, en or fr
 * @text: (nullable): the sentence. Blank in Dutch takes a domain's own anchor away; in another
 *   language the Dutch one shows again.
 *
 * Thread: the one of @context; it touches no store.
 *
 * Returns: (transfer full): the change; the store refuses it when a general anchor would have no
 *   Dutch text
 */
GezChange *
gez_scale_anchor_write (GezContext  *context,
                        const GezId *domain,
                        int          value,
                        const char  *language,
                        const char  *text)
{
  GezRecord *general, *own;
  const char *column;
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && language != NULL, NULL);
  g_return_val_if_fail (value >= GEZ_SCALE_LOWEST && value <= GEZ_SCALE_HIGHEST, NULL);

  column = label_column (language);
  general = gez_lists_find_scale_point (gez_context_get_lists (context), NULL, value);
  own = gez_lists_find_scale_point (gez_context_get_lists (context), domain, value);
  g_return_val_if_fail (general != NULL, NULL);

  if (own == NULL)
    return gez_text_is_blank (text) ? gez_change_new ("add-anchor")
                                    : add_anchor (context, general, domain, column, text);
  change = gez_change_new ("edit-anchor");
  if (own != general && gez_text_is_blank (text) && g_str_equal (column, "label_nl"))
    {
      gez_change_withdraw (change, "scale_point", gez_record_get_id (own), NULL);
      return change;
    }
  gez_change_update (change, "scale_point", gez_record_get_id (own));
  gez_command_write_text (change, column, text);
  return change;
}

/**
 * gez_scale_anchor_get_text:
 * @domain: (nullable): a domain; %NULL: the general anchor
 * @language: nl, en or fr
 *
 * Returns: (nullable) (transfer none): what was written exactly there; %NULL when the general
 *   anchor, or the Dutch one, shows in its place
 */
const char *
gez_scale_anchor_get_text (GezLists    *lists,
                           const GezId *domain,
                           int          value,
                           const char  *language)
{
  GezRecord *own;

  g_return_val_if_fail (GEZ_IS_LISTS (lists) && language != NULL, NULL);

  own = gez_lists_find_scale_point (lists, domain, value);
  return own ? gez_record_get_text (own, label_column (language)) : NULL;
}
