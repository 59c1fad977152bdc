/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-section.h"

#include "common/gez-accessible.h"

struct _GezSection
{
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *suffixes;
  GtkWidget *add;
  GtkWidget *add_label;
  GtkWidget *list;
  GtkWidget *empty;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (GezSection, gez_section, GTK_TYPE_WIDGET)

enum
{
  ADD,
  ROW_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* An empty list without a sentence would be an empty box. */
static void
update_list (GezSection *self)
{
  const char *sentence = gtk_label_get_text (GTK_LABEL (self->empty));

  gtk_widget_set_visible (self->list, self->n_rows > 0 || *sentence != '\0');
}

static void
set_optional_text (GtkWidget  *label,
                   const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
add_clicked_cb (GezSection *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

static void
row_activated_cb (GezSection    *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[ROW_ACTIVATED], 0, row);
}

static void
gez_section_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (gez_section_parent_class)->dispose (object);
}

static void
gez_section_class_init (GezSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_section_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gezsection");

  signals[ADD] = g_signal_new ("add", GEZ_TYPE_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", GEZ_TYPE_SECTION, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_LIST_BOX_ROW);
}

static void
make_add (GezSection *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->add = gtk_button_new ();
  self->add_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->add_label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), gez_ornament_new ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), self->add_label);
  gtk_button_set_child (GTK_BUTTON (self->add), content);
  gtk_widget_set_visible (self->add, FALSE);
  gtk_widget_add_css_class (self->add, "flat");
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
make_heading (GezSection *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->title, "heading");

  self->detail = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->detail), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->detail, TRUE);
  gtk_widget_add_css_class (self->detail, "gez-detail");
  gez_accessible_hide_empty (self->detail);

  self->suffixes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  make_add (self);

  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), self->detail);
  gtk_box_append (GTK_BOX (line), self->suffixes);
  gtk_box_append (GTK_BOX (line), self->add);
  gtk_widget_add_css_class (line, "gez-section-heading");
  return line;
}

static void
gez_section_init (GezSection *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_parent (make_heading (self), GTK_WIDGET (self));

  self->empty = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->empty), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->empty, "gez-section-empty");

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->empty);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

/**
 * gez_section_new:
 * @title: what the list holds
 *
 * Returns: (transfer floating): an empty section
 */
GtkWidget *
gez_section_new (const char *title)
{
  GezSection *self = g_object_new (GEZ_TYPE_SECTION, NULL);

  gez_section_set_title (self, title);
  return GTK_WIDGET (self);
}

/**
 * gez_section_set_title:
 * @self: a section
 * @title: (nullable): what the list holds
 */
void
gez_section_set_title (GezSection *self,
                       const char *title)
{
  const char *text = title != NULL ? title : "";

  g_return_if_fail (GEZ_IS_SECTION (self));

  gtk_label_set_text (GTK_LABEL (self->title), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

/**
 * gez_section_set_detail:
 * @self: a section
 * @detail: (nullable): a few words beside the title, such as a count
 */
void
gez_section_set_detail (GezSection *self,
                        const char *detail)
{
  g_return_if_fail (GEZ_IS_SECTION (self));

  gtk_label_set_text (GTK_LABEL (self->detail), detail != NULL ? detail : "");
}

/**
 * gez_section_set_empty:
 * @self: a section
 * @sentence: (nullable): what to do while there is nothing; without one an empty list is hidden
 */
void
gez_section_set_empty (GezSection *self,
                       const char *sentence)
{
  g_return_if_fail (GEZ_IS_SECTION (self));

  set_optional_text (self->empty, sentence);
  update_list (self);
}

/**
 * gez_section_set_add:
 * @self: a section
 * @label: (nullable): what the button for adding says; %NULL hides it
 */
void
gez_section_set_add (GezSection *self,
                     const char *label)
{
  g_return_if_fail (GEZ_IS_SECTION (self));

  gtk_label_set_text (GTK_LABEL (self->add_label), label != NULL ? label : "");
  gtk_widget_set_visible (self->add, label != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

/**
 * gez_section_add_suffix:
 * @self: a section
 * @widget: (transfer floating): stands in the line of the heading, before the button for adding
 */
void
gez_section_add_suffix (GezSection *self,
                        GtkWidget  *widget)
{
  g_return_if_fail (GEZ_IS_SECTION (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->suffixes), widget);
}

/**
 * gez_section_append:
 * @self: a section
 * @row: (transfer floating): a #GtkListBoxRow
 */
void
gez_section_append (GezSection *self,
                    GtkWidget  *row)
{
  g_return_if_fail (GEZ_IS_SECTION (self));
  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  self->n_rows++;
  update_list (self);
}

/**
 * gez_section_remove:
 * @self: a section
 * @row: one of its rows
 */
void
gez_section_remove (GezSection *self,
                    GtkWidget  *row)
{
  g_return_if_fail (GEZ_IS_SECTION (self));
  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_parent (row) == self->list);

  gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  self->n_rows--;
  update_list (self);
}

/**
 * gez_section_clear:
 * @self: a section
 */
void
gez_section_clear (GezSection *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (GEZ_IS_SECTION (self));

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  self->n_rows = 0;
  update_list (self);
}

/**
 * gez_section_get_n_rows:
 * @self: a section
 *
 * Returns: how many rows were appended and not removed
 */
guint
gez_section_get_n_rows (GezSection *self)
{
  g_return_val_if_fail (GEZ_IS_SECTION (self), 0);

  return self->n_rows;
}

/**
 * gez_section_get_list:
 * @self: a section
 *
 * Returns: (transfer none): the list itself, for sorting; rows go through the section
 */
GtkListBox *
gez_section_get_list (GezSection *self)
{
  g_return_val_if_fail (GEZ_IS_SECTION (self), NULL);

  return GTK_LIST_BOX (self->list);
}
