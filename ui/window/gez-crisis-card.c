/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-crisis-card.h"

#include <glib/gi18n.h>

#include "common/gez-field-row.h"
#include "model/gez-crisis-card.h"

struct _GezCrisisCard
{
  AdwWindow parent_instance;

  GtkWidget *list;
  GtkWidget *first; /* number; NULL: no line has one */
  GtkWidget *hint;
};

G_DEFINE_FINAL_TYPE (GezCrisisCard, gez_crisis_card, ADW_TYPE_WINDOW)

static GtkWidget *
make_text (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (GezCrisisCard *self,
          const char    *line)
{
  g_autofree char *number = NULL, *words = NULL;
  GtkWidget *row = gez_field_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *large;

  gez_crisis_card_split_line (line, &number, &words);
  if (*number != '\0')
    {
      large = make_text (number, "title-2");
      gtk_widget_add_css_class (large, "numeric");
      gtk_label_set_selectable (GTK_LABEL (large), TRUE);
      gtk_box_append (GTK_BOX (box), large);
      if (self->first == NULL)
        self->first = large;
    }
  if (*words != '\0')
    gtk_box_append (GTK_BOX (box), make_text (words, NULL));
  gtk_widget_add_css_class (box, "gez-row-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, line, -1);
  return row;
}

static void
show (GezCrisisCard *self,
      GezLists      *lists)
{
  g_auto (GStrv) lines = gez_crisis_card_get_lines (lists);

  for (guint i = 0; lines[i] != NULL; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, lines[i]));
  gtk_label_set_text (GTK_LABEL (self->hint),
                      lists != NULL
                        ? _("Your team can change this card: Preferences, Lists and scales.")
                        : _("These numbers come with the program. What your team added shows after "
                            "unlocking."));
}

static void
gez_crisis_card_class_init (GezCrisisCardClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_body (GezCrisisCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  self->hint = make_text (NULL, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Crisis card"), -1);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
gez_crisis_card_init (GezCrisisCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), make_body (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Crisis card"));
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 540);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 200);
}

/* A label that gets the focus selects its text, which is good for copying, but not before anybody
 * did something. */
static void
unselect (GezCrisisCard *self)
{
  if (self->first == NULL)
    return;
  gtk_widget_grab_focus (self->first);
  gtk_label_select_region (GTK_LABEL (self->first), 0, 0);
}

/* One card is enough: asking again brings it to the front. */
static GtkWidget *
find_card (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (GEZ_IS_CRISIS_CARD (item->data) && gtk_widget_get_visible (item->data))
      return item->data;
  return NULL;
}

/**
 * gez_crisis_card_present:
 * @above: the window in which it was asked for
 * @lists: (nullable): the team's lists; %NULL while the file is locked
 *
 * Returns: (transfer none): the card, which shows
 */
GtkWidget *
gez_crisis_card_present (GtkWindow *above,
                         GezLists  *lists)
{
  GtkWidget *card = find_card ();

  g_return_val_if_fail (GTK_IS_WINDOW (above), NULL);

  if (card == NULL)
    {
      /* Above a dialog that takes all keys it must take them itself; else one can work beside it. */
      card = g_object_new (GEZ_TYPE_CRISIS_CARD, "transient-for", above, "destroy-with-parent", TRUE, "modal",
                           gtk_window_get_modal (above), NULL);
      show (GEZ_CRISIS_CARD (card), lists);
    }
  gtk_window_present (GTK_WINDOW (card));
  unselect (GEZ_CRISIS_CARD (card));
  return card;
}
