/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "common/gez-discretion.h"
#include "household/gez-field-entry.h"

static void
test_words (void)
{
  g_assert_cmpstr (gez_discreet ("Gezin Voorbeeld"), ==, "Gezin Voorbeeld");
  gez_discretion_set_active (TRUE);
  g_assert_cmpstr (gez_discreet ("Gezin Voorbeeld"), ==, "•••");
  g_assert_cmpstr (gez_discreet ("B"), ==, "•••");
  g_assert_cmpstr (gez_discreet (""), ==, "");
  g_assert_null (gez_discreet (NULL));
  gez_discretion_set_active (FALSE);
}

static void
count_cb (GtkWidget *label)
{
  guint count = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), "count"));

  g_object_set_data (G_OBJECT (label), "count", GUINT_TO_POINTER (count + 1));
}

static void
test_watch (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));

  gez_discretion_watch (label, G_CALLBACK (count_cb));
  gez_discretion_set_active (TRUE);
  gez_discretion_set_active (TRUE);
  gez_discretion_set_active (FALSE);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), "count")), ==, 2);
  g_assert_finalize_object (g_steal_pointer (&label));
  gez_discretion_set_active (TRUE);
  gez_discretion_set_active (FALSE);
}

static void
save_cb (GtkWidget  *owner,
         const char *column,
         const char *text)
{
  g_object_set_data_full (G_OBJECT (owner), "saved", g_strdup (text), g_free);
}

static const char *
get_saved (GtkWidget *owner)
{
  return g_object_get_data (G_OBJECT (owner), "saved");
}

/* The mask is never saved as the name, and what was typed is not lost under it. */
static void
test_field (void)
{
  g_autoptr (GtkWidget) entry = g_object_ref_sink (gtk_entry_new ());
  GtkEditable *text = GTK_EDITABLE (entry);

  gez_field_entry_watch (entry, entry, "name", save_cb);
  gez_field_entry_show (entry, "Gezin Voorbeeld");
  gez_discretion_set_active (TRUE);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "•••");
  g_assert_false (gtk_editable_get_editable (text));
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (get_saved (entry));

  gez_field_entry_show (entry, "Gezin Ander");
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "•••");
  gez_discretion_set_active (FALSE);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Gezin Ander");
  g_assert_true (gtk_editable_get_editable (text));
  g_assert_null (get_saved (entry));

  gtk_editable_set_text (text, "Gezin Getypt");
  gez_discretion_set_active (TRUE);
  g_assert_cmpstr (get_saved (entry), ==, "Gezin Getypt");
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "•••");
  gez_discretion_set_active (FALSE);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Gezin Getypt");
}

/* A field that is made while names are hidden. */
static void
test_new_field (void)
{
  g_autoptr (GtkWidget) entry = g_object_ref_sink (gtk_entry_new ());

  gez_discretion_set_active (TRUE);
  gez_field_entry_watch (entry, entry, "name", save_cb);
  gez_field_entry_show (entry, "Gezin Voorbeeld");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "•••");
  gez_discretion_set_active (FALSE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Gezin Voorbeeld");
  g_assert_null (get_saved (entry));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discretion/words", test_words);
  g_test_add_func ("/discretion/watch", test_watch);
  g_test_add_func ("/discretion/field", test_field);
  g_test_add_func ("/discretion/new-field", test_new_field);
  return g_test_run ();
}
