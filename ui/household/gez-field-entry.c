/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `shown` is what the store holds as far as the field knows.
 * 2. Leaving with another text saves once: what was sent becomes what is shown.
 * 3. New data come in only while the text is what is shown.
 * 4. While names are hidden the text is a mask, and nothing is saved.
 */

#include "household/gez-field-entry.h"

#include "common/gez-discretion.h"

#include <string.h>

typedef struct
{
  GtkWidget *entry; /* owns this */
  GtkWidget *owner; /* an ancestor of it */
  const char *column;
  GezFieldSave save;
  char *shown;
  gboolean is_hidden;
} Field;

#define FIELD_KEY "gez-field"

static void
field_free (Field *field)
{
  g_free (field->shown);
  g_free (field);
}

static Field *
get_field (GtkWidget *entry)
{
  return g_object_get_data (G_OBJECT (entry), FIELD_KEY);
}

static void
save_cb (GtkWidget *entry)
{
  Field *field = get_field (entry);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (field->is_hidden)
    return;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  if (strcmp (text, field->shown) == 0)
    return;

  g_free (field->shown);
  field->shown = g_strdup (text);
  field->save (field->owner, field->column, text);
}

/* What was being typed is saved before it is hidden. */
static void
discretion_changed_cb (GtkWidget *entry)
{
  Field *field = get_field (entry);

  save_cb (entry);
  field->is_hidden = gez_discretion_is_active ();
  gtk_editable_set_editable (GTK_EDITABLE (entry), !field->is_hidden);
  gtk_editable_set_text (GTK_EDITABLE (entry), gez_discreet (field->shown));
}

/**
 * gez_field_entry_watch:
 * @entry: a #GtkEditable
 * @owner: the widget that saves; an ancestor of @entry
 * @column: a static string: which field it is
 * @save: saves it
 */
void
gez_field_entry_watch (GtkWidget   *entry,
                       GtkWidget   *owner,
                       const char  *column,
                       GezFieldSave save)
{
  GtkEventController *focus;
  Field *field;

  g_return_if_fail (GTK_IS_EDITABLE (entry));
  g_return_if_fail (save != NULL);

  field = g_new0 (Field, 1);
  field->entry = entry;
  field->owner = owner;
  field->column = column;
  field->save = save;
  field->shown = g_strdup ("");
  g_object_set_data_full (G_OBJECT (entry), FIELD_KEY, field, (GDestroyNotify) field_free);

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (save_cb), entry);
  gtk_widget_add_controller (entry, focus);
  g_signal_connect (entry, GTK_IS_ENTRY (entry) ? "activate" : "entry-activated",
                    G_CALLBACK (save_cb), NULL);
  gez_discretion_watch (entry, G_CALLBACK (discretion_changed_cb));
  if (gez_discretion_is_active ())
    discretion_changed_cb (entry);
}

/**
 * gez_field_entry_show:
 * @entry: a watched field
 * @text: (nullable): what the store holds
 */
void
gez_field_entry_show (GtkWidget  *entry,
                      const char *text)
{
  Field *field = get_field (entry);

  g_return_if_fail (field != NULL);

  if (text == NULL)
    text = "";
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (entry)), gez_discreet (field->shown)) != 0
      || strcmp (field->shown, text) == 0)
    return;

  g_free (field->shown);
  field->shown = g_strdup (text);
  gtk_editable_set_text (GTK_EDITABLE (entry), gez_discreet (text));
}
