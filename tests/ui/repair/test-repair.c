/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "repair/gez-repair-page.h"
#include "repair/gez-repair-words.h"
#include "repair/gez-repair-work.h"
#include "store-fixture.h"
#include "window/gez-window.h"

/* The page about a damaged file, with work that a test makes up, and the way of the window to it. */

#define NOW G_GINT64_CONSTANT (1795248000000)
#define PATIENCE (20 * G_USEC_PER_SEC)

/* What the work answers, and whether it waits until it is cancelled. */
static gboolean is_slow;
static gboolean is_hopeless;
static gint n_cancelled;

static GezDamage *
make_damage (void)
{
  GezVaultCheck *check = g_new0 (GezVaultCheck, 1);
  GezDamage *damage;
  GezDamageTable *table;
  GezPageRange range = { 12, 13 };

  check->has_header = check->has_copy = check->has_database = TRUE;
  check->n_pages = 232;
  check->n_damaged = 2;
  check->damaged = g_array_new (FALSE, FALSE, sizeof (GezPageRange));
  g_array_append_val (check->damaged, range);
  damage = gez_damage_new (check);
  table = gez_damage_add_table (damage, "note");
  table->is_damaged = TRUE;
  table->n_households = 2;
  table->n_lost = 3;
  gez_damage_add_table (damage, "household")->n_rows = 5;
  damage->n_rows = 100;
  damage->n_rebuilt = 7;
  damage->n_lost = 3;
  return damage;
}

static GezDamage *
answer (GezVaultProgress progress,
        gpointer         user_data,
        GCancellable    *cancellable,
        GError         **error)
{
  progress (1, 10, user_data);
  while (is_slow && !g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_atomic_int_inc (&n_cancelled);
      return NULL;
    }
  return make_damage ();
}

static GezDamage *
look (GezVault        *vault,
      GezClock        *clock,
      GezVaultProgress progress,
      gpointer         user_data,
      GCancellable    *cancellable,
      GError         **error)
{
  return answer (progress, user_data, cancellable, error);
}

static GezDamage *
save (GezVault        *vault,
      GezClock        *clock,
      const char      *directory,
      GezVaultProgress progress,
      gpointer         user_data,
      GCancellable    *cancellable,
      GError         **error)
{
  g_assert_true (strstr (directory, ".rescued-2026-") != NULL);
  if (!is_hopeless)
    return answer (progress, user_data, cancellable, error);
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "no tables");
  return NULL;
}

static const GezRepairWork work = { look, save };

static gboolean
shows (GtkWidget  *root,
       const char *text)
{
  if (!gtk_widget_get_visible (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_for (GtkWidget  *root,
          const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!shows (root, text))
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” did not come", text);
      g_main_context_iteration (NULL, FALSE);
    }
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && shows (root, label))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found)
        return found;
    }
  return NULL;
}

static void
press (GtkWidget  *root,
       const char *label)
{
  GtkWidget *button = find_button (root, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

typedef struct
{
  StoreFixture *fixture;
  GezOpening *opening;
  GezVault *vault;
  GtkWidget *window;
  GtkWidget *page;
  gboolean has_left;
} Case;

static void
left_cb (Case *self)
{
  self->has_left = TRUE;
}

static Case *
case_new (void)
{
  Case *self = g_new0 (Case, 1);
  g_autoptr (GError) error = g_error_new_literal (GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "page 12");

  is_slow = is_hopeless = FALSE;
  n_cancelled = 0;
  self->fixture = store_fixture_new (NOW);
  self->opening = gez_opening_new (self->fixture->directory, self->fixture->clock, GEZ_KDF_COST_TEST);
  self->vault = gez_store_ref_vault (self->fixture->store);
  self->page = gez_repair_page_new (self->opening, self->vault, error);
  g_signal_connect_swapped (self->page, "leave", G_CALLBACK (left_cb), self);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  return self;
}

static void
case_free (Case *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->vault);
  gez_opening_free (self->opening);
  store_fixture_free (self->fixture);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static void
test_tells (void)
{
  g_autoptr (Case) self = case_new ();

  wait_for (self->page, "A part of this file is damaged");
  g_assert_true (shows (self->page, "2 of 232 pages cannot be read"));
  g_assert_true (shows (self->page, "Journal of 2 households"));
  g_assert_true (shows (self->page, "nothing was written to it"));
  g_assert_nonnull (find_button (self->page, "Put a backup back"));
  press (self->page, "Lock");
  g_assert_true (self->has_left);
}

static void
test_saves (void)
{
  g_autoptr (Case) self = case_new ();

  wait_for (self->page, "Save what can be read");
  press (self->page, "Save what can be read");
  wait_for (self->page, "What could be read is saved");
  g_assert_true (shows (self->page, "100 rows could be read"));
  g_assert_true (shows (self->page, "7 rows were made again from the history of changes"));
  g_assert_true (shows (self->page, "Lost: 3 rows of “Journal”"));
  g_assert_nonnull (find_button (self->page, "Open the rescued file"));
}

static void
test_saves_nothing (void)
{
  g_autoptr (Case) self = case_new ();

  is_hopeless = TRUE;
  wait_for (self->page, "Save what can be read");
  press (self->page, "Save what can be read");
  wait_for (self->page, "A part of this file is damaged");
  g_assert_false (shows (self->page, "What could be read is saved"));
}

static void
test_stops (void)
{
  g_autoptr (Case) self = case_new ();

  wait_for (self->page, "Check everything again");
  is_slow = TRUE;
  press (self->page, "Check everything again");
  wait_for (self->page, "Looking what is damaged");
  press (self->page, "Stop");
  wait_for (self->page, "Journal of 2 households");
  g_assert_cmpint (g_atomic_int_get (&n_cancelled), ==, 1);
}

/* Locking in the middle of it drops the page; the work ends, and the keys with it. */
static void
test_goes_while_working (void)
{
  g_autoptr (Case) self = case_new ();
  GtkWidget *page = self->page;
  gint64 end = g_get_monotonic_time () + PATIENCE;

  wait_for (self->page, "Check everything again");
  is_slow = TRUE;
  press (self->page, "Check everything again");
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_set_child (GTK_WINDOW (self->window), NULL);
  while (page || g_atomic_int_get (&n_cancelled) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_without_keys (void)
{
  g_autoptr (Case) self = case_new ();
  g_autoptr (GError) error = g_error_new_literal (GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "header");
  GezOpening *nowhere = gez_opening_new ("/nowhere/at/all", self->fixture->clock, GEZ_KDF_COST_TEST);

  gtk_window_set_child (GTK_WINDOW (self->window), gez_repair_page_new (nowhere, NULL, error));
  g_assert_true (shows (self->window, "without them no passphrase opens it"));
  g_assert_null (find_button (self->window, "Save what can be read"));
  g_assert_nonnull (find_button (self->window, "Put a backup back"));
  gez_opening_free (nowhere);
}

/* For who helps: pages and tables, and nothing of a household. */
static void
test_details (void)
{
  g_autoptr (GezDamage) damage = make_damage ();
  g_autoptr (GError) error = g_error_new_literal (GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "running (10)");
  g_autofree char *details = gez_repair_details (damage, error, "/somewhere/store");

  g_assert_nonnull (strstr (details, "/somewhere/store"));
  g_assert_nonnull (strstr (details, "running (10)"));
  g_assert_nonnull (strstr (details, "damaged 2: 12-13"));
  g_assert_nonnull (strstr (details, "note: 0 rows, damaged"));
}

/* From any read or write of the workspace, and back to the door by locking. */
static void
test_window_leads_to_it (void)
{
  StoreFixture *fixture = store_fixture_new (NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) damage = g_error_new_literal (GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "page 12");
  g_autoptr (GezContext) context = gez_context_load (fixture->store, &error);
  GezOpening *opening = gez_opening_new (fixture->directory, fixture->clock, GEZ_KDF_COST_TEST);
  GtkWidget *window;

  is_slow = is_hopeless = FALSE;
  g_assert_no_error (error);
  window = gez_window_new (NULL, opening);
  gez_window_show (GEZ_WINDOW (window), context);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_emit_by_name (fixture->store, "damaged", damage);
  g_signal_emit_by_name (fixture->store, "damaged", damage);
  wait_for (window, "Journal of 2 households");
  g_assert_true (gez_window_is_open (GEZ_WINDOW (window)));
  g_assert_false (shows (window, "Today"));
  gez_window_lock (GEZ_WINDOW (window));
  wait_for (window, "Only your passphrase opens this file");
  g_assert_false (gez_window_is_open (GEZ_WINDOW (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  gez_opening_free (opening);
  g_clear_object (&context);
  g_clear_object (&fixture->store);
  store_fixture_free (fixture);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gez_repair_set_work (&work);
  g_test_add_func ("/repair/tells", test_tells);
  g_test_add_func ("/repair/saves", test_saves);
  g_test_add_func ("/repair/saves-nothing", test_saves_nothing);
  g_test_add_func ("/repair/stops", test_stops);
  g_test_add_func ("/repair/goes-while-working", test_goes_while_working);
  g_test_add_func ("/repair/without-keys", test_without_keys);
  g_test_add_func ("/repair/details", test_details);
  g_test_add_func ("/repair/window-leads-to-it", test_window_leads_to_it);
  return g_test_run ();
}
