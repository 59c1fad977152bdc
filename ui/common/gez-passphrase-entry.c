/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-passphrase-entry.h"

#include "common/gez-focus.h"
#include "common/gez-passphrase-buffer.h"

struct _GezPassphraseEntry
{
  GtkWidget parent_instance;

  GtkWidget *entry;
  GezPassphraseBuffer *buffer; /* the entry's */
};

G_DEFINE_FINAL_TYPE (GezPassphraseEntry, gez_passphrase_entry, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (GezPassphraseEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (GezPassphraseEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static GtkText *
find_text (GtkWidget *entry)
{
  GtkEditable *editable = GTK_EDITABLE (entry);

  while (!GTK_IS_TEXT (editable))
    editable = gtk_editable_get_delegate (editable);
  return GTK_TEXT (editable);
}

static gboolean
gez_passphrase_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_PASSPHRASE_ENTRY (widget)->entry);
}

static void
gez_passphrase_entry_dispose (GObject *object)
{
  GezPassphraseEntry *self = GEZ_PASSPHRASE_ENTRY (object);

  if (self->entry != NULL)
    gez_passphrase_buffer_wipe (self->buffer);
  self->buffer = NULL;
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_passphrase_entry_parent_class)->dispose (object);
}

static void
gez_passphrase_entry_class_init (GezPassphraseEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_passphrase_entry_dispose;
  widget_class->grab_focus = gez_passphrase_entry_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_PASSPHRASE_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", GEZ_TYPE_PASSPHRASE_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_passphrase_entry_init (GezPassphraseEntry *self)
{
  self->entry = gtk_password_entry_new ();
  self->buffer = gez_passphrase_buffer_attach (find_text (self->entry));
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * gez_passphrase_entry_new:
 * @label: its accessible name
 *
 * Returns: (transfer floating): an empty entry
 */
GtkWidget *
gez_passphrase_entry_new (const char *label)
{
  GezPassphraseEntry *self = g_object_new (GEZ_TYPE_PASSPHRASE_ENTRY, NULL);

  gez_passphrase_entry_set_label (self, label);
  return GTK_WIDGET (self);
}

/**
 * gez_passphrase_entry_set_label:
 * @self: an entry
 * @label: its accessible name
 */
void
gez_passphrase_entry_set_label (GezPassphraseEntry *self,
                                const char         *label)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self) && label != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/**
 * gez_passphrase_entry_go_on:
 * @self: an entry
 *
 * Takes the focus; what is typed comes behind what stands there already, not in its place.
 */
void
gez_passphrase_entry_go_on (GezPassphraseEntry *self)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self));

  gtk_text_grab_focus_without_selecting (find_text (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * gez_passphrase_entry_set_narrow:
 * @self: an entry
 * @width_chars: how many bullets show at least, and how many letters wide it likes to be
 */
void
gez_passphrase_entry_set_narrow (GezPassphraseEntry *self,
                                 int                 width_chars)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self));

  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), width_chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), width_chars);
}

/**
 * gez_passphrase_entry_take_lines:
 * @self: an entry for something else than a passphrase
 *
 * Of what is pasted all lines go in, not the first one only.
 */
void
gez_passphrase_entry_take_lines (GezPassphraseEntry *self)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self));

  gtk_text_set_truncate_multiline (find_text (self->entry), FALSE);
}

/**
 * gez_passphrase_entry_set_text:
 * @self: an entry
 * @text: what stands in it from now on; copied, and not that of @self
 */
void
gez_passphrase_entry_set_text (GezPassphraseEntry *self,
                               GezPassphrase       text)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self) && text.text != NULL);

  gez_passphrase_buffer_wipe (self->buffer);
  gtk_entry_buffer_insert_text (GTK_ENTRY_BUFFER (self->buffer), 0, text.text,
                                (int) g_utf8_strlen (text.text, (gssize) text.length));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * gez_passphrase_entry_peek:
 * @self: an entry
 *
 * Returns: what was typed, where it is; do not copy it, and wipe it as soon as it was used
 */
GezPassphrase
gez_passphrase_entry_peek (GezPassphraseEntry *self)
{
  g_return_val_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self), ((GezPassphrase) { "", 0 }));

  return gez_secret_text_peek (gez_passphrase_buffer_get_text (self->buffer));
}

/**
 * gez_passphrase_entry_is_empty:
 * @self: an entry
 *
 * Returns: whether nothing was typed
 */
gboolean
gez_passphrase_entry_is_empty (GezPassphraseEntry *self)
{
  return gez_passphrase_entry_peek (self).length == 0;
}

/**
 * gez_passphrase_entry_equal:
 * @self: an entry
 * @other: the entry in which it had to be repeated
 *
 * Returns: whether both hold the same
 */
gboolean
gez_passphrase_entry_equal (GezPassphraseEntry *self,
                            GezPassphraseEntry *other)
{
  g_return_val_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self), FALSE);
  g_return_val_if_fail (GEZ_IS_PASSPHRASE_ENTRY (other), FALSE);

  return gez_secret_text_equal (gez_passphrase_buffer_get_text (self->buffer),
                                gez_passphrase_buffer_get_text (other->buffer));
}

/**
 * gez_passphrase_entry_wipe:
 * @self: an entry; it is empty afterwards
 */
void
gez_passphrase_entry_wipe (GezPassphraseEntry *self)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_ENTRY (self));

  gez_passphrase_buffer_wipe (self->buffer);
}
