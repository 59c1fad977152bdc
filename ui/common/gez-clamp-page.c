/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-clamp-page.h"

#include <adwaita.h>

#include "common/gez-accessible.h"

/**
 * gez_clamp_page_new:
 * @content: what the page shows
 * @maximum_width: how wide it may become, in pixels at 100 % text
 *
 * Returns: (transfer floating): a page that scrolls up and down only
 */
GtkWidget *
gez_clamp_page_new (GtkWidget *content,
                    int        maximum_width)
{
  GtkWidget *page = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  g_return_val_if_fail (GTK_IS_WIDGET (content), page);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), maximum_width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), maximum_width * 3 / 4);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_widget_add_css_class (clamp, "gez-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page), clamp);
  gtk_widget_set_hexpand (page, TRUE);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static GtkWidget *
make_words (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * gez_empty_new:
 * @icon_name: a symbolic icon
 * @title: what is not there, in a few words
 * @sentence: (nullable): what to do next
 * @action_label: (nullable): what the button says
 * @action_name: (nullable): what the button does
 *
 * Returns: (transfer floating): the page; unlike AdwStatusPage it can stand in a page that scrolls
 */
GtkWidget *
gez_empty_new (const char *icon_name,
               const char *title,
               const char *sentence,
               const char *action_label,
               const char *action_name)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gez_ornament_new (icon_name);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 72);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (page), icon);
  gtk_box_append (GTK_BOX (page), make_words (title, "title-2"));
  if (sentence != NULL)
    gtk_box_append (GTK_BOX (page), make_words (sentence, "gez-empty-sentence"));
  if (action_label != NULL)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (action_label);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
      gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "pill");
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (page), button);
    }
  gtk_widget_set_valign (page, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (page, "gez-empty");
  return page;
}
