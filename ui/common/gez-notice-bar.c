/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-notice-bar.h"

#include "common/gez-accessible.h"
#include "common/gez-fold.h"

struct _GezNoticeBar
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *label;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (GezNoticeBar, gez_notice_bar, GTK_TYPE_WIDGET)

static void
gez_notice_bar_dispose (GObject *object)
{
  g_clear_pointer (&GEZ_NOTICE_BAR (object)->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_notice_bar_parent_class)->dispose (object);
}

static void
gez_notice_bar_class_init (GezNoticeBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_notice_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_notice_bar_init (GezNoticeBar *self)
{
}

/**
 * gez_notice_bar_new:
 * @icon_name: a symbolic icon
 *
 * Returns: (transfer floating): a bar that says nothing yet
 */
GtkWidget *
gez_notice_bar_new (const char *icon_name)
{
  GezNoticeBar *self = g_object_new (GEZ_TYPE_NOTICE_BAR, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "hexpand", TRUE,
                              "max-width-chars", 60, NULL);
  gez_accessible_hide_empty (self->label);
  gtk_box_append (GTK_BOX (words), gez_ornament_new (icon_name));
  gtk_box_append (GTK_BOX (words), self->label);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_START);
  self->bar = gez_fold_new (words, self->buttons, 9);
  gtk_widget_add_css_class (self->bar, "gez-notice-bar");
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * gez_notice_bar_add_button:
 * @self: a bar
 * @label: what it does, without a mnemonic
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
gez_notice_bar_add_button (GezNoticeBar *self,
                           const char   *label)
{
  GtkWidget *button;

  g_return_val_if_fail (GEZ_IS_NOTICE_BAR (self), NULL);

  button = gtk_button_new_with_label (label);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

/**
 * gez_notice_bar_say:
 * @self: a bar
 * @words: (nullable): what it says; %NULL: nothing, and it takes no room
 */
void
gez_notice_bar_say (GezNoticeBar *self,
                    const char   *words)
{
  g_return_if_fail (GEZ_IS_NOTICE_BAR (self));

  gtk_label_set_text (GTK_LABEL (self->label), words != NULL ? words : "");
  gtk_widget_set_visible (self->bar, words != NULL);
}
