/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-keys.h"
#include "common/gez-row.h"
#include "common/gez-shortcuts-window.h"
#include "model/gez-document.h"
#include "places-fixture.h"
#include "search/gez-search-dialog.h"

typedef struct
{
  Places *places;
  GtkWidget *dialog;
  GtkWidget *entry;
} Search;

static GtkWidget *
open_dialog (Search *self)
{
  self->dialog = gez_search_dialog_present (GTK_WINDOW (self->places->window),
                                            self->places->context);
  places_settle (self->places);
  self->entry = places_find (self->dialog, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  return self->dialog;
}

static void
search_init (Search *self)
{
  self->places = places_new ();
  places_show (self->places, gtk_button_new_with_label ("place"), 900, 600);
}

/* Nothing may keep the dialog: what was typed would stay with it. */
static void
search_clear (Search *self)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  places_settle (self->places);
  g_assert_null (self->dialog);
  places_free (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
type (Search     *self,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  places_settle (self->places);
}

static GtkListBox *
results (Search *self)
{
  return GTK_LIST_BOX (places_find (self->dialog, GTK_TYPE_LIST_BOX, NULL));
}

static void
test_results (void)
{
  g_auto (Search) self = { 0 };
  GezId household;
  GtkWidget *row;

  search_init (&self);
  household = places_add_household (self.places, "Gezin Kameleon & <b>", TRUE);
  places_add_person (self.places, &household, "Kameleona", NULL);
  places_add_question (self.places, &household, "Waar koop je\neen kameleon?", NULL);
  open_dialog (&self);
  g_assert_true (places_shows (self.dialog, "What are you looking for?"));
  type (&self, "kamel");
  g_assert_cmpint (places_count (self.dialog, GEZ_TYPE_ROW), ==, 3);
  g_assert_true (places_shows (self.dialog, "Gezin Kameleon & <b>"));
  g_assert_true (places_shows (self.dialog, "Waar koop je een kameleon?"));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (results (&self), 1));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Kameleona, Gezin Kameleon & <b>");
  type (&self, "");
  g_assert_true (places_shows (self.dialog, "What are you looking for?"));
}

/* What was found is told by attributes, so that a name is never read as markup. */
static void
test_marked (void)
{
  g_auto (Search) self = { 0 };
  GtkWidget *label;
  g_autofree char *attributes = NULL;

  search_init (&self);
  places_add_household (self.places, "Gezin <i>Kameleon", TRUE);
  open_dialog (&self);
  type (&self, "kamel");
  label = places_find (self.dialog, GTK_TYPE_LABEL, "Gezin <i>Kameleon");
  g_assert_false (gtk_label_get_use_markup (GTK_LABEL (label)));
  attributes = pango_attr_list_to_string (gtk_label_get_attributes (GTK_LABEL (label)));
  g_assert_cmpstr (attributes, ==, "9 17 weight bold\n9 17 underline single");
}

static void
test_enter_opens (void)
{
  g_auto (Search) self = { 0 };
  GezId household;
  g_autofree char *id = NULL;
  g_autofree char *expected = NULL;

  search_init (&self);
  household = places_add_household (self.places, "Gezin Eerste", TRUE);
  places_add_household (self.places, "Gezin Tweede", TRUE);
  places_add_person (self.places, &household, "Testa", NULL);
  open_dialog (&self);
  /* Enter right after the last letter waits for the answer. */
  gtk_editable_set_text (GTK_EDITABLE (self.entry), "gezin");
  gtk_editable_set_text (GTK_EDITABLE (self.entry), "testa");
  g_signal_emit_by_name (self.entry, "activate");
  places_settle (self.places);
  id = gez_id_to_string (&household);
  expected = g_strdup_printf ("open-household-tab %s network\n", id);
  g_assert_cmpstr (self.places->asked->str, ==, expected);
  g_assert_null (self.dialog);
}

/* A document is found by its labels too, and opens where it stands. */
static void
test_document (void)
{
  g_auto (Search) self = { 0 };
  g_autoptr (GBytes) content = g_bytes_new_static ("Beste ouders", 12);
  const char *labels[] = { "huurachterstand", "brief", NULL };
  GezDocumentInput input = { .content = content, .name = "Scan <b>1.txt", .tags = labels };
  GezDocumentAdded added;
  g_autoptr (GError) error = NULL;
  GezId household;
  g_autofree char *id = NULL, *document = NULL, *expected = NULL;

  search_init (&self);
  household = places_add_household (self.places, "Gezin Eerste", TRUE);
  input.household_id = &household;
  gez_document_add (self.places->context, &input, NULL, &added, &error);
  g_assert_no_error (error);
  open_dialog (&self);
  type (&self, "huura");
  g_assert_true (places_shows (self.dialog, "Gezin Eerste · huurachterstand, brief"));
  g_signal_emit_by_name (self.entry, "activate");
  places_settle (self.places);
  id = gez_id_to_string (&household);
  document = gez_id_to_string (&added.id);
  expected = g_strdup_printf ("open-household-tab %s documents/%s\n", id, document);
  g_assert_cmpstr (self.places->asked->str, ==, expected);
}

static void
test_nothing_found (void)
{
  g_auto (Search) self = { 0 };
  GtkWidget *button;

  search_init (&self);
  open_dialog (&self);
  type (&self, " Gezin & Nieuw ");
  g_assert_true (places_shows (self.dialog, "Nothing found"));
  button = places_find (self.dialog, GTK_TYPE_BUTTON, "New household “Gezin & Nieuw”");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  places_settle (self.places);
  g_assert_cmpstr (self.places->asked->str, ==, "new-household-named Gezin & Nieuw\n");
  g_assert_null (self.dialog);
}

static void
test_escape (void)
{
  g_auto (Search) self = { 0 };

  search_init (&self);
  open_dialog (&self);
  type (&self, "gezin");
  g_signal_emit_by_name (self.entry, "stop-search");
  places_settle (self.places);
  g_assert_null (self.dialog);
  g_assert_cmpstr (self.places->asked->str, ==, "");
}

static void
test_cut (void)
{
  g_auto (Search) self = { 0 };

  search_init (&self);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Gezin %u", i);

      places_add_household (self.places, name, TRUE);
    }
  open_dialog (&self);
  type (&self, "gezin");
  g_assert_cmpint (places_count (self.dialog, GEZ_TYPE_ROW), ==, 8);
  g_assert_true (places_shows (self.dialog, "There is more: add a word"));
}

static void
count_cb (const char *trigger,
          const char *action,
          gpointer    data)
{
  guint key;
  GdkModifierType modifiers;

  g_assert_true (gtk_accelerator_parse (trigger, &key, &modifiers));
  g_assert_null (strchr (action, '%'));
  (*(guint *) data)++;
}

/* No key does two things in one place, and none is told twice. */
static void
test_keys_are_told_once (void)
{
  guint n_keys;
  const GezKey *keys = gez_keys_get (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    for (guint j = i + 1; j < n_keys; j++)
      if (g_strcmp0 (keys[i].group, keys[j].group) == 0
          && g_strcmp0 (keys[i].trigger, keys[j].trigger) == 0)
        g_error ("%s is there twice", keys[i].trigger);
}

static void
test_keys (void)
{
  g_auto (Search) self = { 0 };
  GtkWidget *window;
  g_autofree char *search = gez_keys_describe ("<Control>k");
  g_autofree char *places = gez_keys_describe ("<Alt>%d");
  g_autofree char *tab = gez_keys_describe ("<Control>Page_Down");
  guint n_keys = 0;

  g_assert_cmpstr (search, ==, "Ctrl+K");
  g_assert_cmpstr (places, ==, "Alt+1 … 9");
  g_assert_cmpstr (tab, ==, "Ctrl+Page Down");
  gez_keys_foreach (GEZ_KEY_FILE, count_cb, &n_keys);
  g_assert_cmpint (n_keys, ==, 12);
  search_init (&self);
  window = gez_shortcuts_window_present (GTK_WINDOW (self.places->window));
  places_settle (self.places);
  g_assert_true (places_shows (window, "Search everywhere"));
  g_assert_true (places_shows (window, "Alt+1 … 9"));
  g_assert_true (places_press (window, GDK_KEY_Escape, 0));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/search/results", test_results);
  g_test_add_func ("/search/marked", test_marked);
  g_test_add_func ("/search/enter-opens", test_enter_opens);
  g_test_add_func ("/search/document", test_document);
  g_test_add_func ("/search/nothing-found", test_nothing_found);
  g_test_add_func ("/search/escape", test_escape);
  g_test_add_func ("/search/cut", test_cut);
  g_test_add_func ("/keys/told-once", test_keys_are_told_once);
  g_test_add_func ("/keys/window", test_keys);
  return g_test_run ();
}
