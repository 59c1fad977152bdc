/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "households/gez-chip-line.h"

struct _GezChipLine
{
  GtkWidget parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (GezChipLine, gez_chip_line, GTK_TYPE_WIDGET)

static void
gez_chip_line_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  GezChipLine *self = GEZ_CHIP_LINE (widget);
  gboolean is_width = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *chip = gtk_widget_get_first_child (widget);
       chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      int chip_minimum, chip_natural;

      if (!gtk_widget_should_layout (chip))
        continue;
      gtk_widget_measure (chip, orientation, -1, &chip_minimum, &chip_natural, NULL, NULL);
      *minimum = MAX (*minimum, chip_minimum);
      if (is_width)
        *natural += chip_natural + (*natural > 0 ? self->spacing : 0);
      else
        *natural = MAX (*natural, chip_natural);
    }
}

static void
gez_chip_line_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  GezChipLine *self = GEZ_CHIP_LINE (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean is_full = FALSE;
  int x = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (widget);
       chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      int natural;

      if (!gtk_widget_should_layout (chip))
        continue;
      gtk_widget_measure (chip, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      if (x == 0)
        natural = MIN (natural, width);
      is_full = is_full || x + natural > width;
      gtk_widget_set_child_visible (chip, !is_full);
      if (is_full)
        continue;
      gtk_widget_size_allocate (chip, &(GtkAllocation) {
        is_mirrored ? width - x - natural : x, 0, natural, height }, -1);
      x += natural + self->spacing;
    }
}

static void
gez_chip_line_dispose (GObject *object)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (chip);

  G_OBJECT_CLASS (gez_chip_line_parent_class)->dispose (object);
}

static void
gez_chip_line_class_init (GezChipLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_chip_line_dispose;
  widget_class->measure = gez_chip_line_measure;
  widget_class->size_allocate = gez_chip_line_size_allocate;
}

static void
gez_chip_line_init (GezChipLine *self)
{
}

/**
 * gez_chip_line_new:
 * @spacing: pixels between the chips
 *
 * Returns: (transfer floating): a line without chips
 */
GtkWidget *
gez_chip_line_new (int spacing)
{
  GezChipLine *self = g_object_new (GEZ_TYPE_CHIP_LINE, NULL);

  self->spacing = spacing;

  return GTK_WIDGET (self);
}

/**
 * gez_chip_line_append:
 * @self: a line
 * @chip: (transfer none): a chip less important than those before it
 */
void
gez_chip_line_append (GezChipLine *self,
                      GtkWidget   *chip)
{
  g_return_if_fail (GEZ_IS_CHIP_LINE (self));
  g_return_if_fail (GTK_IS_WIDGET (chip));

  gtk_widget_set_parent (chip, GTK_WIDGET (self));
}
