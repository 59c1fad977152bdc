/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-chip.h"

static const char *const style_classes[] = {
  [GEZ_CHIP_NEUTRAL] = "neutral",
  [GEZ_CHIP_ACCENT] = "accent",
  [GEZ_CHIP_WARNING] = "warning",
  [GEZ_CHIP_SUCCESS] = "success",
};

/**
 * gez_chip_new:
 * @text: what it says
 * @style: how it looks
 *
 * Returns: (transfer floating): a #GtkLabel
 */
GtkWidget *
gez_chip_new (const char   *text,
              GezChipStyle  style)
{
  GtkWidget *chip = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (chip), 28);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (chip, "gez-chip");
  gez_chip_set (chip, text, style);
  return chip;
}

/**
 * gez_chip_set:
 * @chip: a chip
 * @text: (nullable): what it says from now on
 * @style: how it looks from now on
 */
void
gez_chip_set (GtkWidget    *chip,
              const char   *text,
              GezChipStyle  style)
{
  g_return_if_fail (GTK_IS_LABEL (chip));
  g_return_if_fail (style < G_N_ELEMENTS (style_classes));

  gtk_label_set_text (GTK_LABEL (chip), text != NULL ? text : "");
  for (guint i = 0; i < G_N_ELEMENTS (style_classes); i++)
    gtk_widget_remove_css_class (chip, style_classes[i]);
  gtk_widget_add_css_class (chip, style_classes[style]);
}
