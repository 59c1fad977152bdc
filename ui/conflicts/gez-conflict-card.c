/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflicts/gez-conflict-card.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-chip.h"
#include "conflicts/gez-conflict-words.h"
#include "conflicts/gez-sides-layout.h"

struct _GezConflictCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (GezConflictCard, gez_conflict_card, GTK_TYPE_WIDGET)

enum
{
  SETTLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define SPACING 12

static const char place_key[] = "gez-place";

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
clicked_cb (GezConflictCard *self,
            GtkWidget       *button)
{
  g_signal_emit (self, signals[SETTLE], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), place_key)));
}

static GtkWidget *
make_keep (GezConflictCard        *self,
           const GezConflictValue *value,
           guint                   place)
{
  /* Translators: %u is the key that does the same. */
  g_autofree char *label = g_strdup_printf (_("Keep this (%u)"), place + 1);
  g_autofree char *name =
    value->by_name != NULL
      /* Translators: %1$s is the name of a colleague, %2$u the key that does the same. */
      ? g_strdup_printf (_("Keep what %1$s wrote (%2$u)"), value->by_name, place + 1)
      : g_strdup (label);
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), place_key, GUINT_TO_POINTER (place));
  gez_accessible_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_vexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* What one person wrote. */
static GtkWidget *
make_value (GezConflictCard *self,
            GezContext      *context,
            GezConflict     *conflict,
            guint            place)
{
  const GezConflictValue *value = g_ptr_array_index (conflict->values, place);
  g_autofree char *author = gez_conflict_words_author (context, value);
  g_autofree char *words = gez_conflict_words_value (context, conflict, value);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *chip = gez_chip_new (_("stands in the file now"), GEZ_CHIP_ACCENT);

  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_set_visible (chip, value->is_shown);
  gtk_box_append (GTK_BOX (box), make_label (author, "gez-conflict-author"));
  gtk_box_append (GTK_BOX (box), make_label (words, "gez-conflict-value"));
  gtk_box_append (GTK_BOX (box), chip);
  gtk_box_append (GTK_BOX (box), make_keep (self, value, place));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "gez-conflict-side");
  gez_accessible_set_name (box, author);
  return box;
}

static GtkWidget *
make_values (GezConflictCard *self,
             GezContext      *context,
             GezConflict     *conflict)
{
  GtkWidget *values = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_layout_manager (values, gez_sides_layout_new (SPACING));
  for (guint i = 0; i < conflict->values->len; i++)
    gtk_box_append (GTK_BOX (values), make_value (self, context, conflict, i));
  return values;
}

static void
gez_conflict_card_dispose (GObject *object)
{
  GezConflictCard *self = GEZ_CONFLICT_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_conflict_card_parent_class)->dispose (object);
}

static void
gez_conflict_card_class_init (GezConflictCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_conflict_card_dispose;

  signals[SETTLE] = g_signal_new ("settle", GEZ_TYPE_CONFLICT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "conflictcard");
}

static void
gez_conflict_card_init (GezConflictCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * gez_conflict_card_new:
 * @context: where we work
 * @conflict: (transfer none): the cell
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
gez_conflict_card_new (GezContext  *context,
                       GezConflict *conflict)
{
  GezConflictCard *self = g_object_new (GEZ_TYPE_CONFLICT_CARD, NULL);
  g_autofree char *title = gez_conflict_words_title (conflict);
  g_autofree char *about = gez_conflict_words_about (conflict);
  g_autofree char *name = about != NULL ? g_strdup_printf ("%s · %s", title, about) : g_strdup (title);

  gtk_box_append (GTK_BOX (self->box), make_label (title, "title-2"));
  if (about != NULL)
    gtk_box_append (GTK_BOX (self->box), make_label (about, "dim-label"));
  gtk_box_append (GTK_BOX (self->box), make_values (self, context, conflict));
  gez_accessible_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}
