/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. The bus sees a widget without a role and without text. Whoever cannot see the screen gets the words
 *    from paper by other eyes, as with every paper; the bus can be read by every program of the session.
 * 2. Pango is given one letter at a time, so that no copy of the word stays in its memory.
 */

#include "recovery/gez-word-label.h"

#include <adwaita.h>

#include "vault/gez-recovery-words.h"

struct _GezWordLabel
{
  GtkWidget parent_instance;

  int number; /* -1: none */
};

G_DEFINE_FINAL_TYPE (GezWordLabel, gez_word_label, GTK_TYPE_WIDGET)

/* Room for every word, so that what stands around it does not tell how long this one is. */
static const char widest[] = "mmmmmm";

static void
gez_word_label_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, widest);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

static void
gez_word_label_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  GezWordLabel *self = GEZ_WORD_LABEL (widget);
  const char *word = self->number >= 0 ? gez_recovery_words_get ((guint) self->number) : "";
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA colour = is_dark ? (GdkRGBA) { 1, 1, 1, 1 } : (GdkRGBA) { 0, 0, 0, 0.87f };
  int width, height;

  gtk_snapshot_save (snapshot);
  for (; *word != '\0'; word++)
    {
      pango_layout_set_text (layout, word, 1);
      pango_layout_get_pixel_size (layout, &width, &height);
      gtk_snapshot_append_layout (snapshot, layout, &colour);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) width, 0));
    }
  gtk_snapshot_restore (snapshot);
}

static void
gez_word_label_class_init (GezWordLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = gez_word_label_measure;
  widget_class->snapshot = gez_word_label_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gez_word_label_init (GezWordLabel *self)
{
  self->number = -1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gez-word");
}

/**
 * gez_word_label_new:
 *
 * Returns: (transfer floating): an empty label
 */
GtkWidget *
gez_word_label_new (void)
{
  return g_object_new (GEZ_TYPE_WORD_LABEL, NULL);
}

/**
 * gez_word_label_set_word:
 * @number: of the list of words; -1 for none
 */
void
gez_word_label_set_word (GezWordLabel *self,
                         int           number)
{
  g_return_if_fail (GEZ_IS_WORD_LABEL (self));

  if (self->number == number)
    return;
  self->number = number;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
