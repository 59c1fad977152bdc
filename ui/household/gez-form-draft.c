/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-form-draft.h"

#include <stdarg.h>

/**
 * gez_form_draft_print:
 * @name: name of the first field
 * @...: its text (%NULL: it is empty), then names and texts of the others, then %NULL
 *
 * Returns: (transfer full): the draft
 */
char *
gez_form_draft_print (const char *name,
                      ...)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) draft = NULL;
  va_list arguments;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  va_start (arguments, name);
  for (const char *field = name; field != NULL; field = va_arg (arguments, const char *))
    {
      const char *text = va_arg (arguments, const char *);

      g_variant_builder_add (&builder, "{ss}", field, text != NULL ? text : "");
    }
  va_end (arguments);
  draft = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (draft, FALSE);
}

/**
 * gez_form_draft_parse:
 * @content: (nullable): what gez_form_draft_print() gave
 *
 * Returns: (transfer full) (nullable): the draft, or %NULL when it is none
 */
GVariant *
gez_form_draft_parse (const char *content)
{
  return content == NULL ? NULL
                         : g_variant_parse (G_VARIANT_TYPE ("a{ss}"), content, NULL, NULL, NULL);
}

/**
 * gez_form_draft_get_text:
 * @draft: (nullable): a draft
 * @name: of a field
 *
 * Returns: (transfer none): its text; "" when it is empty or not there
 */
const char *
gez_form_draft_get_text (GVariant   *draft,
                         const char *name)
{
  const char *text = "";

  if (draft != NULL)
    g_variant_lookup (draft, name, "&s", &text);
  return text;
}

/**
 * gez_form_draft_get:
 * @draft: (nullable): a draft
 * @name: of a field
 *
 * Returns: (transfer none) (nullable): its text; %NULL when it is empty or not there
 */
const char *
gez_form_draft_get (GVariant   *draft,
                    const char *name)
{
  const char *text = gez_form_draft_get_text (draft, name);

  return *text != '\0' ? text : NULL;
}
