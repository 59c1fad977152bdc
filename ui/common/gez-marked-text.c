/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-marked-text.h"

#include "model/gez-search.h"

static void
mark (PangoAttrList *list,
      guint          start,
      guint          end)
{
  PangoAttribute *attributes[] = {
    pango_attr_weight_new (PANGO_WEIGHT_BOLD),
    pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      attributes[i]->start_index = start;
      attributes[i]->end_index = end;
      pango_attr_list_insert (list, attributes[i]);
    }
}

/**
 * gez_marked_text_show:
 * @label: where it shows
 * @marked: (nullable): plain text with markers; a line break shows as a space
 */
void
gez_marked_text_show (GtkLabel   *label,
                      const char *marked)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  g_autoptr (GString) plain = g_string_new (NULL);
  guint start = 0;

  g_return_if_fail (GTK_IS_LABEL (label));

  for (const char *at = marked != NULL ? marked : ""; *at != '\0'; at++)
    {
      if (*at == GEZ_SEARCH_OPEN[0])
        start = (guint) plain->len;
      else if (*at == GEZ_SEARCH_CLOSE[0])
        mark (list, start, (guint) plain->len);
      else
        g_string_append_c (plain, *at == '\n' || *at == '\r' ? ' ' : *at);
    }
  gtk_label_set_text (label, plain->str);
  gtk_label_set_attributes (label, list);
}
