/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "partners/gez-partner-fact.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"

struct _GezPartnerFact
{
  GezFieldRow parent_instance;

  char *title;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (GezPartnerFact, gez_partner_fact, GEZ_TYPE_FIELD_ROW)

static void
copy_cb (GtkWidget *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (text), gtk_label_get_text (GTK_LABEL (text)));
  gez_say (text, _("Copied"));
}

static GtkWidget *
make_copy_button (const char *title,
                  GtkWidget  *text)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: %s is "Phone number" or "E-mail". */
  g_autofree char *name = g_strdup_printf (_("Copy: %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), text, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);

  return label;
}

static void
gez_partner_fact_finalize (GObject *object)
{
  g_free (GEZ_PARTNER_FACT (object)->title);

  G_OBJECT_CLASS (gez_partner_fact_parent_class)->finalize (object);
}

static void
gez_partner_fact_class_init (GezPartnerFactClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_partner_fact_finalize;
}

static void
gez_partner_fact_init (GezPartnerFact *self)
{
}

/**
 * gez_partner_fact_new:
 * @title: what it is
 * @can_copy: whether a button copies it
 *
 * Returns: (transfer floating): a row that hides, because nothing is known yet
 */
GtkWidget *
gez_partner_fact_new (const char *title,
                      gboolean    can_copy)
{
  GezPartnerFact *self = g_object_new (GEZ_TYPE_PARTNER_FACT, "visible", FALSE, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *heading = make_label (title);

  self->title = g_strdup (title);
  self->text = make_label (NULL);
  gtk_widget_add_css_class (heading, "gez-row-subtitle");
  gtk_label_set_selectable (GTK_LABEL (self->text), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  heading, NULL, -1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), heading);
  gtk_box_append (GTK_BOX (texts), self->text);
  gtk_box_append (GTK_BOX (line), texts);
  if (can_copy)
    gtk_box_append (GTK_BOX (line), make_copy_button (title, self->text));
  gtk_widget_add_css_class (line, "gez-fact");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);

  return GTK_WIDGET (self);
}

/**
 * gez_partner_fact_set_text:
 * @self: a row
 * @text: (nullable): what is known
 */
void
gez_partner_fact_set_text (GezPartnerFact *self,
                           const char     *text)
{
  g_autofree char *name = NULL;

  g_return_if_fail (GEZ_IS_PARTNER_FACT (self));

  name = g_strdup_printf ("%s: %s", self->title, text != NULL ? text : "");
  gtk_label_set_text (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
