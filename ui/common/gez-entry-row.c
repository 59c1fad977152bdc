/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-entry-row.h"

#include "common/gez-accessible.h"
#include "common/gez-paste.h"

struct _GezEntryRow
{
  GezFieldRow parent_instance;

  GtkWidget *title;
  GtkWidget *entry;
  GtkWidget *suffixes;
};

enum
{
  ENTRY_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void editable_init (GtkEditableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GezEntryRow, gez_entry_row, GEZ_TYPE_FIELD_ROW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, editable_init))

static GtkEditable *
get_delegate (GtkEditable *editable)
{
  return GTK_EDITABLE (GEZ_ENTRY_ROW (editable)->entry);
}

static void
editable_init (GtkEditableInterface *iface)
{
  iface->get_delegate = get_delegate;
}

/* Anywhere in the row, also beside the text. */
static void
pressed_cb (GezEntryRow *self)
{
  gtk_widget_grab_focus (self->entry);
}

static void
activated_cb (GezEntryRow *self)
{
  g_signal_emit (self, signals[ENTRY_ACTIVATED], 0);
}

static gboolean
gez_entry_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_ENTRY_ROW (widget)->entry);
}

static void
gez_entry_row_set_property (GObject      *object,
                            guint         property,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  if (!gtk_editable_delegate_set_property (object, property, value, pspec))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
gez_entry_row_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (!gtk_editable_delegate_get_property (object, property, value, pspec))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
gez_entry_row_dispose (GObject *object)
{
  GezEntryRow *self = GEZ_ENTRY_ROW (object);

  if (self->entry != NULL)
    gtk_editable_finish_delegate (GTK_EDITABLE (self));
  self->entry = NULL;

  G_OBJECT_CLASS (gez_entry_row_parent_class)->dispose (object);
}

static void
gez_entry_row_class_init (GezEntryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gez_entry_row_set_property;
  object_class->get_property = gez_entry_row_get_property;
  object_class->dispose = gez_entry_row_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gez_entry_row_grab_focus;
  gtk_editable_install_properties (object_class, 1);

  signals[ENTRY_ACTIVATED] = g_signal_new ("entry-activated", GEZ_TYPE_ENTRY_ROW, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_entry (GezEntryRow *self)
{
  self->entry = gtk_entry_new ();
  gez_paste_limit (self->entry, GEZ_PASTE_LINE);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 5);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
gez_entry_row_init (GezEntryRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();

  self->title = make_label ("gez-detail");
  self->suffixes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  make_entry (self);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), self->title);
  gtk_box_append (GTK_BOX (column), self->entry);
  gtk_box_append (GTK_BOX (line), column);
  gtk_box_append (GTK_BOX (line), self->suffixes);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gez-entry-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (line, GTK_EVENT_CONTROLLER (click));
  gtk_editable_init_delegate (GTK_EDITABLE (self));
}

/**
 * gez_entry_row_new:
 * @title: what is asked; plain text
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
gez_entry_row_new (const char *title)
{
  GezEntryRow *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (GEZ_TYPE_ENTRY_ROW, NULL);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gez_accessible_set_name (self->entry, title);
  gez_accessible_set_name (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}

/**
 * gez_entry_row_add_suffix:
 * @self: a row
 * @widget: (transfer floating): stands behind the text
 */
void
gez_entry_row_add_suffix (GezEntryRow *self,
                          GtkWidget   *widget)
{
  g_return_if_fail (GEZ_IS_ENTRY_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_box_append (GTK_BOX (self->suffixes), widget);
}

/**
 * gez_entry_row_get_title:
 * @self: a row
 *
 * Returns: what is asked
 */
const char *
gez_entry_row_get_title (GezEntryRow *self)
{
  g_return_val_if_fail (GEZ_IS_ENTRY_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->title));
}
