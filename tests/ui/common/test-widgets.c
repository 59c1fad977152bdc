/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "common/gez-draft-keeper.h"
#include "common/gez-passphrase-entry.h"
#include "common/gez-reader.h"
#include "model/gez-lists.h"
#include "common/gez-row.h"
#include "common/gez-save-state.h"
#include "common/gez-section.h"
#include "store-fixture.h"

#define NOW G_GINT64_CONSTANT (1795255200000) /* 2026-11-21 10:00 UTC */
#define HOSTILE "A & B <script>"
#define COUNT_HOUSEHOLDS "SELECT count(*) AS count FROM household WHERE withdrawn_at IS NULL"
#define PATIENCE_MS 10000

static gboolean
late_cb (gpointer is_late)
{
  *(gboolean *) is_late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @is_done says so; a test that hangs is a test that fails. */
static void
wait_until (gboolean (*is_done) (gpointer data),
            gpointer data)
{
  gboolean is_late = FALSE;
  guint timer = g_timeout_add (PATIENCE_MS, late_cb, &is_late);

  while (!is_done (data) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (timer);
}

static GezContext *
load_context (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GezContext *context = gez_context_load (fixture->store, &error);

  g_assert_no_error (error);
  return context;
}

static void
test_row_hostile (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (gez_row_new (HOSTILE, "<b>vet</b>"));

  gez_row_add_chip (GEZ_ROW (row), "3 & 4", GEZ_CHIP_NEUTRAL);
  g_assert_cmpstr (gez_row_get_title (GEZ_ROW (row)), ==, HOSTILE);
  g_assert_cmpstr (gez_row_get_subtitle (GEZ_ROW (row)), ==, "<b>vet</b>");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       HOSTILE ", <b>vet</b>, 3 & 4");
}

static void
test_row_chips (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (gez_row_new ("Huur", NULL));
  GtkWidget *chip = gez_row_add_chip (GEZ_ROW (row), "2", GEZ_CHIP_NEUTRAL);

  gez_chip_set (chip, "3", GEZ_CHIP_NEUTRAL);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Huur, 3");
  gez_row_clear_chips (GEZ_ROW (row));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Huur");
}

static void
test_row_leads (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (gez_row_new ("Huur", NULL));

  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
}

static void
test_section (void)
{
  g_autoptr (GtkWidget) section = g_object_ref_sink (gez_section_new (HOSTILE));
  GtkWidget *list = GTK_WIDGET (gez_section_get_list (GEZ_SECTION (section)));
  GtkWidget *first = gez_row_new ("een", NULL);

  g_assert_false (gtk_widget_get_visible (list));
  gez_section_set_empty (GEZ_SECTION (section), "Voeg iets toe.");
  g_assert_true (gtk_widget_get_visible (list));
  gez_section_append (GEZ_SECTION (section), first);
  gez_section_append (GEZ_SECTION (section), gez_row_new ("twee", NULL));
  gez_section_remove (GEZ_SECTION (section), first);
  g_assert_cmpuint (gez_section_get_n_rows (GEZ_SECTION (section)), ==, 1);
  gez_section_clear (GEZ_SECTION (section));
  g_assert_cmpuint (gez_section_get_n_rows (GEZ_SECTION (section)), ==, 0);
  gtk_test_accessible_assert_property (section, GTK_ACCESSIBLE_PROPERTY_LABEL, HOSTILE);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static const char *
meaning_of (GtkWidget *date_entry)
{
  return gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (date_entry)));
}

static void
test_date_entry (void)
{
  g_autoptr (GezClock) clock = gez_clock_new_fixed (NOW, 1);
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gez_date_entry_new (clock, "Wanneer"));
  GezDateEntry *entry = GEZ_DATE_ENTRY (widget);
  guint n_changes = 0;

  g_signal_connect (entry, "notify::date", G_CALLBACK (count_cb), &n_changes);
  g_assert_null (gez_date_entry_get_date (entry));
  g_assert_true (gez_date_entry_is_valid (entry));

  gez_date_entry_set_text (entry, "morgen");
  g_assert_cmpstr (gez_date_entry_get_date (entry), ==, "2026-11-22");
  gez_date_entry_set_text (entry, "mogen");
  g_assert_null (gez_date_entry_get_date (entry));
  g_assert_false (gez_date_entry_is_valid (entry));

  gez_date_entry_set_text (entry, "31/2");
  g_assert_cmpstr (gez_date_entry_get_text (entry), ==, "31/2");
  g_assert_cmpstr (meaning_of (widget), ==,
                   "There is no day 31 in February 2026: it has 28 days.");
  gez_date_entry_set_text (entry, "wo 24/11");
  g_assert_cmpstr (meaning_of (widget), ==,
                   "That date is another day of the week: Tuesday 24 November 2026.");

  n_changes = 0;
  gez_date_entry_set_date (entry, "2026-11-24");
  g_assert_cmpstr (gez_date_entry_get_date (entry), ==, "2026-11-24");
  gez_date_entry_set_date (entry, "2026-11-24");
  g_assert_cmpuint (n_changes, ==, 1);
  gez_date_entry_set_date (entry, NULL);
  g_assert_true (gez_date_entry_is_valid (entry));
}

static GtkText *
inner_text (GtkWidget *widget)
{
  GtkEditable *editable = GTK_EDITABLE (gtk_widget_get_first_child (widget));

  while (!GTK_IS_TEXT (editable))
    editable = gtk_editable_get_delegate (editable);
  return GTK_TEXT (editable);
}

static void
inserted_cb (GtkEditable *editable,
             const char  *text,
             int          length,
             int         *position,
             GString     *seen)
{
  g_string_append_len (seen, text, length < 0 ? (gssize) strlen (text) : length);
}

/* What is connected after is what the accessibility bus sees. */
static void
test_passphrase_bullets (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gez_passphrase_entry_new ("Wachtzin"));
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (widget);
  GtkEditable *text = GTK_EDITABLE (inner_text (widget));
  g_autoptr (GString) seen = g_string_new (NULL);
  GezPassphrase passphrase;
  int position = 0;

  g_signal_connect_after (text, "insert-text", G_CALLBACK (inserted_cb), seen);
  gtk_editable_insert_text (text, "zoë", -1, &position);
  gtk_editable_insert_text (text, "!", 1, &position);

  passphrase = gez_passphrase_entry_peek (entry);
  g_assert_cmpmem (passphrase.text, passphrase.length, "zoë!", 5);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "••••");
  g_assert_cmpstr (seen->str, ==, "••••");
  gtk_editable_delete_text (text, 1, 2);
  passphrase = gez_passphrase_entry_peek (entry);
  g_assert_cmpmem (passphrase.text, passphrase.length, "zë!", 4);
  gez_passphrase_entry_wipe (entry);
  g_assert_true (gez_passphrase_entry_is_empty (entry));
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "");
}

static void
test_passphrase_stays_hidden (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gez_passphrase_entry_new ("Wachtzin"));
  GtkText *text = inner_text (widget);

  gtk_text_set_visibility (text, TRUE);
  g_assert_false (gtk_text_get_visibility (text));
  gtk_editable_set_text (GTK_EDITABLE (text), "geheim");
  g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (text)));
}

static void
test_passphrase_equal (void)
{
  g_autoptr (GtkWidget) one = g_object_ref_sink (gez_passphrase_entry_new ("Wachtzin"));
  g_autoptr (GtkWidget) two = g_object_ref_sink (gez_passphrase_entry_new ("Nog eens"));

  gtk_editable_set_text (GTK_EDITABLE (inner_text (one)), "vier woorden");
  gtk_editable_set_text (GTK_EDITABLE (inner_text (two)), "vier Woorden");
  g_assert_false (gez_passphrase_entry_equal (GEZ_PASSPHRASE_ENTRY (one), GEZ_PASSPHRASE_ENTRY (two)));
  gtk_editable_set_text (GTK_EDITABLE (inner_text (two)), "vier woorden");
  g_assert_true (gez_passphrase_entry_equal (GEZ_PASSPHRASE_ENTRY (one), GEZ_PASSPHRASE_ENTRY (two)));
}

static gboolean
is_saved (gpointer keeper)
{
  return gez_draft_keeper_is_saved (keeper);
}

typedef struct
{
  char *content;
  gboolean is_read;
} Draft;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;
  Draft *draft = data;

  draft->content = gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, &error);
  draft->is_read = TRUE;
  g_assert_no_error (error);
}

static gboolean
is_read (gpointer draft)
{
  return ((Draft *) draft)->is_read;
}

/* As the same form reads it the next time. */
static char *
read_draft (GezContext  *context,
            const GezId *subject)
{
  g_autoptr (GezDraftKeeper) keeper = gez_draft_keeper_new (context, "journal", subject);
  Draft draft = { NULL, FALSE };

  gez_draft_keeper_load_async (keeper, NULL, read_cb, &draft);
  wait_until (is_read, &draft);
  return draft.content;
}

/* The last letter is at most two seconds from the store, also when somebody never stops typing. */
static void
test_draft_in_time (void)
{
  StoreFixture *fixture = store_fixture_new (NOW);
  g_autoptr (GezContext) context = load_context (fixture);
  GezId subject = gez_id_new (fixture->clock);
  g_autoptr (GezDraftKeeper) keeper = gez_draft_keeper_new (context, "journal", &subject);
  g_autoptr (GString) typed = g_string_new (NULL);
  g_autofree char *kept = NULL;
  gint64 start = g_get_monotonic_time ();

  while (g_get_monotonic_time () - start < 2 * G_USEC_PER_SEC)
    {
      g_string_append_c (typed, 'x');
      gez_draft_keeper_touch (keeper, typed->str);
      g_usleep (20000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  kept = read_draft (context, &subject);
  g_assert_nonnull (kept);
  g_assert_true (g_str_has_prefix (typed->str, kept));
  g_clear_object (&keeper);
  g_clear_object (&context);
  store_fixture_free (fixture);
}

static void
test_draft_clear (void)
{
  StoreFixture *fixture = store_fixture_new (NOW);
  g_autoptr (GezContext) context = load_context (fixture);
  GezId subject = gez_id_new (fixture->clock);
  g_autoptr (GezDraftKeeper) keeper = gez_draft_keeper_new (context, "journal", &subject);
  GezSaveState *state = gez_save_state_of (fixture->store);
  g_autofree char *kept = NULL;
  g_autofree char *left = NULL;

  gez_draft_keeper_set_delay (keeper, 1);
  gez_draft_keeper_touch (keeper, HOSTILE);
  g_assert_false (gez_save_state_is_saved (state));
  wait_until (is_saved, keeper);
  g_assert_true (gez_save_state_is_saved (state));
  kept = read_draft (context, &subject);
  g_assert_cmpstr (kept, ==, HOSTILE);

  gez_draft_keeper_clear (keeper);
  wait_until (is_saved, keeper);
  left = read_draft (context, &subject);
  g_assert_null (left);
  g_clear_object (&keeper);
  g_clear_object (&context);
  store_fixture_free (fixture);
}

/* Closing a page in the middle of a word, as locking does. */
static void
test_draft_dispose (void)
{
  StoreFixture *fixture = store_fixture_new (NOW);
  g_autoptr (GezContext) context = load_context (fixture);
  GezId subject = gez_id_new (fixture->clock);
  g_autoptr (GezDraftKeeper) keeper = gez_draft_keeper_new (context, "journal", &subject);
  g_autofree char *kept = NULL;

  gez_draft_keeper_touch (keeper, "half een zi");
  g_clear_object (&keeper);
  kept = read_draft (context, &subject);
  g_assert_cmpstr (kept, ==, "half een zi");
  g_assert_true (gez_save_state_is_saved (gez_save_state_of (fixture->store)));
  g_clear_object (&context);
  store_fixture_free (fixture);
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      is_flushed)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_draft_keeper_flush_all_finish (GEZ_STORE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) is_flushed = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
test_draft_flush_all (void)
{
  StoreFixture *fixture = store_fixture_new (NOW);
  g_autoptr (GezContext) context = load_context (fixture);
  GezId subjects[3];
  GezDraftKeeper *keepers[3];
  gboolean is_flushed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
    {
      subjects[i] = gez_id_new (fixture->clock);
      keepers[i] = gez_draft_keeper_new (context, "journal", &subjects[i]);
      gez_draft_keeper_touch (keepers[i], "nog niet klaar");
    }
  gez_draft_keeper_flush_all_async (fixture->store, flushed_cb, &is_flushed);
  wait_until (is_true, &is_flushed);
  for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
    {
      g_autofree char *kept = read_draft (context, &subjects[i]);

      g_assert_cmpstr (kept, ==, "nog niet klaar");
      g_object_unref (keepers[i]);
    }
  g_clear_object (&context);
  store_fixture_free (fixture);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_assert_cmpuint (gez_act_finish (result), !=, 0);
  *(gboolean *) data = TRUE;
}

static gboolean
is_withdrawn (gpointer fixture)
{
  return store_fixture_count (fixture, COUNT_HOUSEHOLDS) == 0;
}

static void
test_act_and_undo (void)
{
  StoreFixture *fixture = store_fixture_new (NOW);
  g_autoptr (GezContext) context = load_context (fixture);
  GtkWidget *window = adw_application_window_new (NULL);
  GezId id = gez_id_new (fixture->clock);
  GezChange *change = gez_change_new ("test");
  gboolean is_done = FALSE;

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), adw_toast_overlay_new ());
  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", HOSTILE);
  gez_act_async (window, context, change, "Opened " HOSTILE, acted_cb, &is_done);
  wait_until (is_true, &is_done);
  g_assert_cmpint (store_fixture_count (fixture, COUNT_HOUSEHOLDS), ==, 1);

  gez_undo_last (window, context);
  wait_until (is_withdrawn, fixture);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&context);
  store_fixture_free (fixture);
}

static GezQuery *
make_lists_query (gpointer widget)
{
  return gez_lists_query (NULL);
}

static void
must_not_show (gpointer      widget,
               gpointer      result,
               const GError *error)
{
  g_assert_not_reached ();
}

/* Locking drops pages whose answers are still on their way; the reader may outlive its widget. */
static void
test_reader_outlives_widget (void)
{
  static const char *const no_tables[] = { NULL };
  StoreFixture *fixture = store_fixture_new (NOW);
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  GezReader *reader = gez_reader_new (widget, fixture->store, no_tables, make_lists_query, must_not_show);

  gez_reader_refresh (reader);
  g_assert_true (gez_reader_is_reading (reader));
  g_assert_finalize_object (widget);
  while (gez_reader_is_reading (reader))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (reader);

  store_fixture_free (fixture);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/row/hostile-name", test_row_hostile);
  g_test_add_func ("/row/chips", test_row_chips);
  g_test_add_func ("/row/leads", test_row_leads);
  g_test_add_func ("/section/empty-and-rows", test_section);
  g_test_add_func ("/date-entry/words", test_date_entry);
  g_test_add_func ("/passphrase/bullets", test_passphrase_bullets);
  g_test_add_func ("/passphrase/stays-hidden", test_passphrase_stays_hidden);
  g_test_add_func ("/passphrase/equal", test_passphrase_equal);
  g_test_add_func ("/draft/in-time", test_draft_in_time);
  g_test_add_func ("/draft/clear", test_draft_clear);
  g_test_add_func ("/draft/dispose", test_draft_dispose);
  g_test_add_func ("/draft/flush-all", test_draft_flush_all);
  g_test_add_func ("/act/undo", test_act_and_undo);
  g_test_add_func ("/reader/outlives-its-widget", test_reader_outlives_widget);
  return g_test_run ();
}
