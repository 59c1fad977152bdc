/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-row.h"

#include "common/gez-accessible.h"
#include "common/gez-fold.h"
#include "common/gez-marked-text.h"

#define DEFAULT_LINES 3
#define NARROWEST_WITH_CHIPS_BESIDE 320

struct _GezRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *prefixes;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *chips;
  GtkWidget *suffixes;
  GtkWidget *arrow;
};

G_DEFINE_FINAL_TYPE (GezRow, gez_row, GTK_TYPE_LIST_BOX_ROW)

static void
append_label (GString    *name,
              const char *text)
{
  if (*text == '\0')
    return;
  if (name->len > 0)
    g_string_append (name, ", ");
  g_string_append (name, text);
}

/* GTK 4.8 gives a row no name of its own, whatever stands in it. */
static void
update_accessible_name (GezRow *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  append_label (name, gtk_label_get_text (GTK_LABEL (self->title)));
  append_label (name, gtk_label_get_text (GTK_LABEL (self->subtitle)));
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    append_label (name, gtk_label_get_text (GTK_LABEL (chip)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
chip_changed_cb (GezRow *self)
{
  update_accessible_name (self);
}

static GtkWidget *
make_text (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), DEFAULT_LINES);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_group (int spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, spacing);

  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
gez_row_class_init (GezRowClass *klass)
{
}

static void
gez_row_init (GezRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *fold;

  self->prefixes = make_group (6);
  self->title = make_text ("gez-row-title");
  self->subtitle = make_text ("gez-row-subtitle");
  self->chips = make_group (6);
  self->suffixes = make_group (6);
  self->arrow = gez_ornament_new ("go-next-symbolic");

  gtk_widget_set_visible (self->subtitle, FALSE);
  gtk_widget_set_visible (self->arrow, FALSE);
  gtk_widget_add_css_class (self->arrow, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->subtitle);

  /* In a narrow window the chips stand below the texts, which would have no room beside them. */
  fold = gez_fold_new (texts, self->chips, 6);
  gez_fold_set_threshold (GEZ_FOLD (fold), NARROWEST_WITH_CHIPS_BESIDE);
  gtk_widget_set_hexpand (fold, TRUE);

  gtk_box_append (GTK_BOX (line), self->prefixes);
  gtk_box_append (GTK_BOX (line), fold);
  gtk_box_append (GTK_BOX (line), self->suffixes);
  gtk_box_append (GTK_BOX (line), self->arrow);
  gtk_widget_add_css_class (line, "gez-row-line");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gez-row");
}

/**
 * gez_row_new:
 * @title: (nullable): what the row is about
 * @subtitle: (nullable): what else there is to know
 *
 * Returns: (transfer floating): a row that cannot be activated yet
 */
GtkWidget *
gez_row_new (const char *title,
             const char *subtitle)
{
  GezRow *self = g_object_new (GEZ_TYPE_ROW, NULL);

  gez_row_set_title (self, title);
  gez_row_set_subtitle (self, subtitle);
  return GTK_WIDGET (self);
}

/**
 * gez_row_get_title:
 * @self: a row
 *
 * Returns: (transfer none): its title
 */
const char *
gez_row_get_title (GezRow *self)
{
  g_return_val_if_fail (GEZ_IS_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->title));
}

/**
 * gez_row_set_title:
 * @self: a row
 * @title: (nullable): plain text
 */
void
gez_row_set_title (GezRow     *self,
                   const char *title)
{
  g_return_if_fail (GEZ_IS_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->title), title != NULL ? title : "");
  update_accessible_name (self);
}

/**
 * gez_row_get_subtitle:
 * @self: a row
 *
 * Returns: (transfer none): its subtitle
 */
const char *
gez_row_get_subtitle (GezRow *self)
{
  g_return_val_if_fail (GEZ_IS_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->subtitle));
}

/**
 * gez_row_set_subtitle:
 * @self: a row
 * @subtitle: (nullable): plain text; nothing takes no room
 */
void
gez_row_set_subtitle (GezRow     *self,
                      const char *subtitle)
{
  g_return_if_fail (GEZ_IS_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, subtitle != NULL && *subtitle != '\0');
  update_accessible_name (self);
}

/**
 * gez_row_set_marked:
 * @self: a row
 * @title: (nullable): text in which a search marked what it found
 * @subtitle: (nullable): the same; nothing takes no room
 */
void
gez_row_set_marked (GezRow     *self,
                    const char *title,
                    const char *subtitle)
{
  g_return_if_fail (GEZ_IS_ROW (self));

  gez_marked_text_show (GTK_LABEL (self->title), title);
  gez_marked_text_show (GTK_LABEL (self->subtitle), subtitle);
  gtk_widget_set_visible (self->subtitle, subtitle != NULL && *subtitle != '\0');
  update_accessible_name (self);
}

static void
set_lines (GtkWidget *label,
           int        lines)
{
  gtk_label_set_wrap (GTK_LABEL (label), lines != 1);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           lines == 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), lines == 0 ? -1 : lines);
}

/**
 * gez_row_set_lines:
 * @self: a row
 * @title_lines: how many lines the title may take; 0 for all of them
 * @subtitle_lines: the same for the subtitle
 */
void
gez_row_set_lines (GezRow *self,
                   int     title_lines,
                   int     subtitle_lines)
{
  g_return_if_fail (GEZ_IS_ROW (self));
  g_return_if_fail (title_lines >= 0 && subtitle_lines >= 0);

  set_lines (self->title, title_lines);
  set_lines (self->subtitle, subtitle_lines);
}

/**
 * gez_row_add_chip:
 * @self: a row
 * @text: what the chip says
 * @style: how it looks
 *
 * Returns: (transfer none): the chip
 */
GtkWidget *
gez_row_add_chip (GezRow       *self,
                  const char   *text,
                  GezChipStyle  style)
{
  GtkWidget *chip;

  g_return_val_if_fail (GEZ_IS_ROW (self), NULL);

  chip = gez_chip_new (text, style);
  gtk_box_append (GTK_BOX (self->chips), chip);
  gtk_widget_set_visible (self->chips, TRUE);
  g_signal_connect_object (chip, "notify::label", G_CALLBACK (chip_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_accessible_name (self);
  return chip;
}

/**
 * gez_row_clear_chips:
 * @self: a row
 */
void
gez_row_clear_chips (GezRow *self)
{
  GtkWidget *chip;

  g_return_if_fail (GEZ_IS_ROW (self));

  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), chip);
  gtk_widget_set_visible (self->chips, FALSE);
  update_accessible_name (self);
}

/**
 * gez_row_add_prefix:
 * @self: a row
 * @widget: (transfer floating): stands before the title; it needs an accessible name of its own
 */
void
gez_row_add_prefix (GezRow    *self,
                    GtkWidget *widget)
{
  g_return_if_fail (GEZ_IS_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->prefixes), widget);
  gtk_widget_set_visible (self->prefixes, TRUE);
}

/**
 * gez_row_add_suffix:
 * @self: a row
 * @widget: (transfer floating): stands after the chips; it needs an accessible name of its own
 */
void
gez_row_add_suffix (GezRow    *self,
                    GtkWidget *widget)
{
  g_return_if_fail (GEZ_IS_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->suffixes), widget);
  gtk_widget_set_visible (self->suffixes, TRUE);
}

/**
 * gez_row_set_leads:
 * @self: a row
 * @leads: whether it can be activated and leads to another page; it then ends with an arrow
 */
void
gez_row_set_leads (GezRow   *self,
                   gboolean  leads)
{
  g_return_if_fail (GEZ_IS_ROW (self));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), leads);
  gtk_widget_set_visible (self->arrow, leads);
}
