/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-front.h"

#include "common/gez-accessible.h"
#include "common/gez-clamp-page.h"

#define COLUMN_WIDTH 460
#define SIGN_SIZE 80

static GtkWidget *
make_text (const char *text,
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
 * gez_front_new:
 * @title: what the page is for
 * @sentence: (nullable): one or two sentences below it
 * @content: (transfer floating): the column
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_front_new (const char *title,
               const char *sentence,
               GtkWidget  *content)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *sign = gez_ornament_new ("be.gezinsplan.Gezinsplan");

  gtk_image_set_pixel_size (GTK_IMAGE (sign), SIGN_SIZE);
  gtk_box_append (GTK_BOX (column), sign);
  gtk_box_append (GTK_BOX (column), make_text (title, "gez-front-title"));
  if (sentence != NULL)
    gtk_box_append (GTK_BOX (column), make_text (sentence, "gez-front-sentence"));
  gtk_box_append (GTK_BOX (column), content);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (column, "gez-front");
  return gez_clamp_page_new (column, COLUMN_WIDTH);
}

/**
 * gez_front_field_new:
 * @label: what to fill in; a mnemonic leads to @control
 * @control: (transfer floating): where
 *
 * Returns: (transfer floating): both, one below the other
 */
GtkWidget *
gez_front_field_new (const char *label,
                     GtkWidget  *control)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = gtk_label_new_with_mnemonic (label);

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (words), control);
  gtk_widget_add_css_class (words, "caption-heading");
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), control);
  return box;
}
