/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "common/gez-passphrase-entry.h"
#include "places-fixture.h"
#include "recovery/gez-key-work.h"
#include "recovery/gez-keys-group.h"
#include "recovery/gez-passphrase-dialog.h"
#include "recovery/gez-sheet-check-dialog.h"
#include "recovery/gez-sheet-dialog.h"
#include "recovery/gez-sheet-paper.h"
#include "recovery/gez-sheet-reminder.h"
#include "recovery/gez-word-field.h"
#include "recovery/gez-words-entry.h"
#include "store/gez-recovery-note.h"
#include "unlock/gez-opening.h"
#include "unlock/gez-recover-page.h"
#include "vault/gez-vault-keys.h"

#define PRESENT "een lange testzin" /* STORE_FIXTURE_PASSPHRASE */
#define NEXT "zeven gele lampen dromen"
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define PATIENCE (20 * G_USEC_PER_SEC)

/* Finding and typing --------------------------------------------------------------------------- */

static GtkWidget *
find_nth (GtkWidget *root,
          GType      type,
          guint     *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (*n)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As the keys do: through GTK's own text, which the entry must keep from learning anything. */
static void
type_into (GtkWidget  *widget,
           const char *text)
{
  guint first = 0;
  GtkWidget *entry = find_nth (widget, GTK_TYPE_TEXT, &first);
  int position = -1;

  g_assert_nonnull (entry);
  gtk_editable_insert_text (GTK_EDITABLE (entry), text, -1, &position);
}

static void
type_passphrase (GtkWidget  *root,
                 guint       which,
                 const char *text)
{
  GtkWidget *entry = find_nth (root, GEZ_TYPE_PASSPHRASE_ENTRY, &which);

  g_assert_nonnull (entry);
  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (entry));
  type_into (entry, text);
}

static GtkWidget *
word_field (GtkWidget *root,
            guint      index)
{
  return find_nth (root, GEZ_TYPE_WORD_FIELD, &index);
}

static char *
words_of (const GezSecret *code)
{
  const char *words[GEZ_RECOVERY_N_WORDS + 1] = { NULL };

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    words[i] = gez_recovery_code_get_word (code, i);
  return g_strjoinv (" ", (char **) words);
}

static void
type_code (GtkWidget       *root,
           const GezSecret *code)
{
  g_autofree char *words = words_of (code);

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    gez_word_field_set_text (GEZ_WORD_FIELD (word_field (root, i)), (GezPassphrase) { "", 0 });
  type_into (word_field (root, 0), words);
}

/* What any widget could tell another program. */
static gboolean
tells (GtkWidget  *root,
       const char *word)
{
  g_autofree char *text = NULL;

  if (GTK_IS_LABEL (root))
    text = g_strdup (gtk_label_get_text (GTK_LABEL (root)));
  else if (GTK_IS_EDITABLE (root))
    text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (root)));
  if (text != NULL && strstr (text, word) != NULL)
    return TRUE;
  if (gtk_widget_get_tooltip_text (root) != NULL && strstr (gtk_widget_get_tooltip_text (root), word) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (tells (child, word))
      return TRUE;
  return FALSE;
}

typedef gboolean (*Condition) (gpointer data);

static void
wait_until (Condition condition,
            gpointer  data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Shown;

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;

  return tells (shown->root, shown->text);
}

static void
wait_for_words (GtkWidget  *root,
                const char *text)
{
  wait_until (is_shown, &(Shown) { root, text });
}

static GtkWidget *
find_dialog (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static void
next (GtkWidget *dialog)
{
  gez_secret_dialog_next (GEZ_SECRET_DIALOG (dialog));
}

static gboolean
opens (Places          *places,
       const GezSecret *code)
{
  g_autoptr (GezVault) vault = gez_store_ref_vault (places->fixture->store);

  return gez_vault_check_recovery (vault, code, NULL);
}

static gboolean
opens_with (Places     *places,
            const char *passphrase)
{
  g_autoptr (GezVault) vault = gez_store_ref_vault (places->fixture->store);

  return gez_vault_check_passphrase (vault, (GezPassphrase) { passphrase, strlen (passphrase) }, NULL);
}

static Places *
make_places (void)
{
  Places *places = places_new ();

  gez_context_set_kdf_cost (places->context, GEZ_KDF_COST_TEST);
  return places;
}

static GezSecret *
give_sheet (Places *places)
{
  g_autoptr (GezVault) vault = gez_store_ref_vault (places->fixture->store);
  g_autoptr (GError) error = NULL;
  GezSecret *code = gez_recovery_code_new (&error);

  g_assert_true (gez_vault_set_recovery (vault, code, &error));
  g_assert_true (gez_recovery_note_write (places->fixture->store, GEZ_RECOVERY_MADE, &error));
  g_assert_no_error (error);
  return code;
}

/* The fourteen fields -------------------------------------------------------------------------- */

static void
assert_parses (Places          *places,
               const GezSecret *expected)
{
  g_autofree char *complaint = NULL;
  g_autoptr (GezSecret) code = gez_words_entry_parse (GEZ_WORDS_ENTRY (places->place), &complaint);

  g_assert_cmpstr (complaint, ==, NULL);
  g_assert_true (gez_recovery_code_equal (code, expected));
}

static void
assert_complains (Places     *places,
                  const char *part)
{
  g_autofree char *complaint = NULL;

  g_assert_null (gez_words_entry_parse (GEZ_WORDS_ENTRY (places->place), &complaint));
  g_assert_nonnull (strstr (complaint, part));
}

static void
test_words_are_divided (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) code = gez_recovery_code_new (NULL);
  g_autoptr (GezSecretText) qr = gez_recovery_code_to_qr (code);
  g_autoptr (GString) lines = g_string_new (NULL);

  places_show (places, gez_words_entry_new (), 700, 700);
  type_code (places->place, code);
  places_settle (places);
  assert_parses (places, code);
  /* As it is copied from the paper: numbers, several lines, four letters of each. */
  gez_words_entry_wipe (GEZ_WORDS_ENTRY (places->place));
  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    g_string_append_printf (lines, "%u. %.4s\n", i + 1, gez_recovery_code_get_word (code, i));
  type_into (word_field (places->place, 0), lines->str);
  places_settle (places);
  assert_parses (places, code);
  /* As a scanner gives it, letter by letter. */
  gez_words_entry_wipe (GEZ_WORDS_ENTRY (places->place));
  for (const char *letter = gez_secret_text_peek (qr).text; *letter != '\0'; letter++)
    type_into (word_field (places->place, 0), (char[]) { *letter, '\0' });
  places_settle (places);
  assert_parses (places, code);
}

static void
test_words_complain (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) code = gez_recovery_code_new (NULL);
  GtkWidget *third;

  places_show (places, gez_words_entry_new (), 700, 700);
  assert_complains (places, "Word 1 is missing");
  type_code (places->place, code);
  places_settle (places);
  third = word_field (places->place, 2);
  gez_word_field_set_text (GEZ_WORD_FIELD (third), (GezPassphrase) { "kikkers", 7 });
  assert_complains (places, "Word 3 is not on the list");
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (places->window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (places->window)), third));
  gez_word_field_set_text (GEZ_WORD_FIELD (third), (GezPassphrase) { "", 0 });
  assert_complains (places, "Word 3 is missing");
  /* On the list, and still not right. */
  gez_word_field_set_text (GEZ_WORD_FIELD (third),
                           strcmp (gez_recovery_code_get_word (code, 2), "album") != 0
                             ? (GezPassphrase) { "album", 5 } : (GezPassphrase) { "aanbod", 6 });
  assert_complains (places, "do not belong together");
}

static void
test_words_say_their_state (void)
{
  g_autoptr (Places) places = make_places ();
  guint first = 0;
  GtkWidget *field, *entry;

  places_show (places, gez_words_entry_new (), 700, 700);
  field = word_field (places->place, 0);
  entry = find_nth (field, GTK_TYPE_PASSWORD_ENTRY, &first);
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Word 1");
  type_into (field, "alb");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Word 1");
  type_into (field, "u");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Word 1, on the list");
  type_into (field, "x");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Word 1, not on the list");
}

static void
test_words_stay_secret (void)
{
  g_autoptr (Places) places = make_places ();
  GtkWidget *show;

  places_show (places, gez_words_entry_new (), 700, 700);
  g_assert_true (tells (places->place, "Show the words"));
  type_into (word_field (places->place, 0), "xylofoon");
  show = places_find (places->place, GTK_TYPE_CHECK_BUTTON, "Show the words on the screen");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (show), TRUE);
  places_settle (places);
  g_assert_cmpint (gez_word_field_get_word (GEZ_WORD_FIELD (word_field (places->place, 0))), >=, 0);
  g_assert_false (tells (places->place, "xylo"));
}

/* The card and the rows ------------------------------------------------------------------------ */

static void
test_reminder (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) code = NULL;

  places_show (places, gez_sheet_reminder_new (places->context), 500, 300);
  g_assert_true (tells (places->place, "Make a recovery sheet now"));
  g_signal_emit_by_name (places_find (places->place, GTK_TYPE_BUTTON, "Remind me later"), "clicked");
  places_settle (places);
  g_assert_false (gtk_widget_get_visible (places->place));
  /* Two weeks later it is there again, and goes when there is a sheet. */
  gez_clock_set_now (places->fixture->clock, PLACES_NOW + 15 * DAY);
  places_show (places, gez_sheet_reminder_new (places->context), 500, 300);
  g_assert_true (gtk_widget_get_visible (places->place));
  code = give_sheet (places);
  places_show (places, gez_sheet_reminder_new (places->context), 500, 300);
  g_assert_false (gtk_widget_get_visible (places->place));
  gez_clock_set_now (places->fixture->clock, PLACES_NOW + 400 * DAY);
  places_show (places, gez_sheet_reminder_new (places->context), 500, 300);
  g_assert_true (tells (places->place, "Does the recovery sheet still work?"));
}

static void
test_rows (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) code = NULL;
  GtkWidget *check;

  places_show (places, gez_keys_group_new (places->context), 600, 300);
  g_assert_true (tells (places->place, "There is none."));
  check = places_find (places->place, GTK_TYPE_BUTTON, "Check…");
  g_assert_true (check == NULL || !gtk_widget_get_visible (check));
  code = give_sheet (places);
  places_show (places, gez_keys_group_new (places->context), 600, 300);
  g_assert_true (tells (places->place, "Made on 21 Nov 2026"));
  g_assert_true (tells (places->place, "Make a new one…"));
  g_assert_nonnull (places_find (places->place, GTK_TYPE_BUTTON, "Check…"));
}

/* The dialogs ---------------------------------------------------------------------------------- */

static GezSecret *
read_paper (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *command = g_strdup_printf ("pdftotext -raw %s -", path);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GezSecret *code;

  g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, &error));
  for (guint i = 1; i <= GEZ_RECOVERY_N_WORDS; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("(?:^|\\s)%u\\.\\s+([a-z]{4,8})(?=\\s)", i);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *word = NULL;

      g_assert_true (g_regex_match (regex, text, 0, &match));
      word = g_match_info_fetch (match, 1);
      g_string_append_printf (words, "%s ", word);
    }
  code = gez_recovery_code_parse ((GezPassphrase) { words->str, words->len }, NULL, &error);
  g_assert_no_error (error);
  return code;
}

static GtkWidget *
go_to_paper (Places *places)
{
  GtkWidget *dialog;

  gez_sheet_dialog_present (places->place, places->context);
  dialog = find_dialog (GEZ_TYPE_SHEET_DIALOG);
  next (dialog);
  g_assert_true (tells (dialog, "Type the passphrase that opens your file now."));
  type_passphrase (dialog, 0, "een verkeerde zin");
  next (dialog);
  wait_for_words (dialog, "That is not the passphrase");
  type_passphrase (dialog, 0, PRESENT);
  next (dialog);
  wait_for_words (dialog, "Save as PDF…");
  return dialog;
}

static void
test_sheet_works_once_it_came_back (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) older = give_sheet (places);
  g_autoptr (GezSecret) made = NULL;
  g_autofree char *path = g_build_filename (places->fixture->directory, "sheet.pdf", NULL);
  GtkWidget *dialog;

  places_show (places, gtk_label_new (NULL), 700, 700);
  dialog = go_to_paper (places);
  /* Nothing on paper yet: there is no way on. */
  next (dialog);
  g_assert_null (places_find (dialog, GEZ_TYPE_WORDS_ENTRY, NULL));
  gez_sheet_dialog_save (GEZ_SHEET_DIALOG (dialog), path);
  wait_for_words (dialog, "Saved as sheet.pdf. Print it now.");
  made = read_paper (path);
  g_assert_false (opens (places, made));
  next (dialog);
  type_code (dialog, older);
  places_settle (places);
  next (dialog);
  g_assert_true (tells (dialog, "These are the words of another sheet."));
  g_assert_true (opens (places, older));
  type_code (dialog, made);
  places_settle (places);
  next (dialog);
  wait_for_words (dialog, "The sheet came back right");
  g_assert_true (tells (dialog, "The older sheet is worthless"));
  g_assert_true (opens (places, made));
  g_assert_false (opens (places, older));
  g_signal_emit_by_name (places_find (dialog, GTK_TYPE_BUTTON, "Delete the PDF"), "clicked");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  next (dialog);
  places_settle (places);
  g_assert_null (find_dialog (GEZ_TYPE_SHEET_DIALOG));
}

/* Whoever gives up keeps the older sheet, and a file that cannot be written leads nowhere. */
static void
test_sheet_given_up (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) older = give_sheet (places);
  GtkWidget *dialog;

  places_show (places, gtk_label_new (NULL), 700, 700);
  dialog = go_to_paper (places);
  gez_sheet_dialog_save (GEZ_SHEET_DIALOG (dialog), "/proc/sheet.pdf");
  wait_for_words (dialog, "disk");
  next (dialog);
  g_assert_null (places_find (dialog, GEZ_TYPE_WORDS_ENTRY, NULL));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (opens (places, older));
}

static void
test_check (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) other = gez_recovery_code_new (NULL);
  g_autoptr (GezSecret) code = give_sheet (places);
  GtkWidget *dialog;

  places_show (places, gtk_label_new (NULL), 700, 700);
  gez_sheet_check_dialog_present (places->place, places->context);
  dialog = find_dialog (GEZ_TYPE_SHEET_CHECK_DIALOG);
  type_code (dialog, other);
  places_settle (places);
  next (dialog);
  wait_for_words (dialog, "This sheet does not open your file");
  type_code (dialog, code);
  places_settle (places);
  next (dialog);
  wait_for_words (dialog, "This sheet is good");
  g_assert_true (opens (places, code));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_passphrase (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) code = give_sheet (places);
  GtkWidget *dialog;

  places_show (places, gtk_label_new (NULL), 700, 700);
  gez_passphrase_dialog_present (places->place, places->context);
  dialog = find_dialog (GEZ_TYPE_PASSPHRASE_DIALOG);
  type_passphrase (dialog, 0, PRESENT);
  type_passphrase (dialog, 1, "kort");
  next (dialog);
  g_assert_true (tells (dialog, "Too short"));
  type_passphrase (dialog, 1, NEXT);
  type_passphrase (dialog, 2, NEXT "!");
  next (dialog);
  g_assert_true (tells (dialog, "The two passphrases are not the same."));
  type_passphrase (dialog, 0, "een verkeerde zin");
  type_passphrase (dialog, 2, NEXT);
  next (dialog);
  wait_for_words (dialog, "Nothing was changed.");
  g_assert_true (opens_with (places, PRESENT));
  type_passphrase (dialog, 0, PRESENT);
  next (dialog);
  wait_for_words (dialog, "Your recovery sheet stays good.");
  g_assert_true (opens_with (places, NEXT));
  g_assert_false (opens_with (places, PRESENT));
  g_assert_true (opens (places, code));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What a printer gets, as far as a printer is not needed for it. */
static void
test_print (void)
{
  g_autoptr (Places) places = make_places ();
  g_autoptr (GezSecret) code = gez_recovery_code_new (NULL);
  g_autoptr (GezSecret) printed = NULL;
  g_autoptr (GtkPrintOperation) operation = gez_sheet_paper_print_new (places->context, code);
  g_autofree char *path = g_build_filename (places->fixture->directory, "printed.pdf", NULL);
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  printed = read_paper (path);
  g_assert_true (gez_recovery_code_equal (printed, code));
}

/* Behind the lock ------------------------------------------------------------------------------ */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* Locked while a key is still being derived: opening waits for that instead of failing. */
static void
test_locked_at_work (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (PLACES_NOW);
  g_autoptr (GezContext) context = gez_context_load (fixture->store, NULL);
  g_autoptr (GAsyncResult) changed = NULL, opened = NULL;
  g_autoptr (GezContext) again = NULL;
  g_autoptr (GError) error = NULL;
  GezOpening *opening = gez_opening_new (fixture->directory, fixture->clock, GEZ_KDF_COST_TEST);

  gez_context_set_kdf_cost (context, (GezKdfCost) { 4, 64 * 1024 * 1024 });
  gez_key_work_change_passphrase_async (context, STORE_FIXTURE_PASSPHRASE, (GezPassphrase) { NEXT, strlen (NEXT) },
                                        done_cb, &changed);
  g_assert_true (gez_store_close (fixture->store, &error));
  gez_opening_unlock_async (opening, (GezPassphrase) { NEXT, strlen (NEXT) }, done_cb, &opened);
  wait_until (is_there, &opened);
  again = gez_opening_finish (opened, &error);
  g_assert_no_error (error);
  wait_until (is_there, &changed);
  g_assert_true (gez_key_work_finish (changed, &error));
  g_assert_true (gez_store_close (gez_context_get_store (again), &error));
  gez_opening_free (opening);
}

static void
opened_cb (GtkWidget  *page,
           GezContext *context,
           gpointer    data)
{
  *(GezContext **) data = g_object_ref (context);
}

static GtkWidget *
show_recover_page (StoreFixture *fixture,
                   GtkWidget   **window)
{
  GezOpening *opening = gez_opening_new (fixture->directory, fixture->clock, GEZ_KDF_COST_TEST);
  GtkWidget *page = gez_recover_page_new (opening);

  *window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (*window), page);
  gtk_window_present (GTK_WINDOW (*window));
  gez_opening_free (opening);
  return page;
}

static void
iterate_some (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_recover (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (PLACES_NOW);
  g_autoptr (GezVault) vault = gez_store_ref_vault (fixture->store);
  g_autoptr (GezSecret) code = gez_recovery_code_new (NULL), other = gez_recovery_code_new (NULL);
  g_autoptr (GezContext) context = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window, *page, *open;

  g_assert_true (gez_vault_set_recovery (vault, code, &error));
  g_clear_object (&vault);
  g_assert_true (gez_store_close (fixture->store, &error));
  page = show_recover_page (fixture, &window);
  g_signal_connect (page, "opened", G_CALLBACK (opened_cb), &context);
  open = places_find (page, GTK_TYPE_BUTTON, "Open with the sheet");
  type_code (page, other);
  iterate_some ();
  g_signal_emit_by_name (open, "clicked");
  g_assert_true (tells (page, "Choose a passphrase."));
  type_passphrase (page, GEZ_RECOVERY_N_WORDS, NEXT);
  type_passphrase (page, GEZ_RECOVERY_N_WORDS + 1, NEXT);
  g_signal_emit_by_name (open, "clicked");
  wait_for_words (page, "These are not the words of the recovery sheet of this file.");
  /* The fourteen words are all that has to be typed again. */
  type_code (page, code);
  iterate_some ();
  g_signal_emit_by_name (open, "clicked");
  wait_until (is_there, &context);
  g_assert_cmpstr (gez_context_get_member_name (context), ==, "Testa Verzonnen");
  g_assert_true (gez_store_close (gez_context_get_store (context), &error));
  g_assert_null (gez_vault_unlock (fixture->directory, STORE_FIXTURE_PASSPHRASE, NULL));
  vault = gez_vault_unlock (fixture->directory, (GezPassphrase) { NEXT, strlen (NEXT) }, &error);
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_no_sheet (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (PLACES_NOW);
  GtkWidget *window, *page = show_recover_page (fixture, &window);

  g_assert_true (tells (page, "There is no recovery sheet of this file."));
  g_assert_null (places_find (page, GEZ_TYPE_WORDS_ENTRY, NULL));
  g_assert_nonnull (places_find (page, GTK_TYPE_BUTTON, "Back to the passphrase"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/recovery/words/divided", test_words_are_divided);
  g_test_add_func ("/recovery/words/complain", test_words_complain);
  g_test_add_func ("/recovery/words/state", test_words_say_their_state);
  g_test_add_func ("/recovery/words/secret", test_words_stay_secret);
  g_test_add_func ("/recovery/reminder", test_reminder);
  g_test_add_func ("/recovery/rows", test_rows);
  g_test_add_func ("/recovery/sheet/comes-back", test_sheet_works_once_it_came_back);
  g_test_add_func ("/recovery/sheet/given-up", test_sheet_given_up);
  g_test_add_func ("/recovery/sheet/check", test_check);
  g_test_add_func ("/recovery/sheet/print", test_print);
  g_test_add_func ("/recovery/passphrase", test_passphrase);
  g_test_add_func ("/recovery/locked-at-work", test_locked_at_work);
  g_test_add_func ("/recovery/recover", test_recover);
  g_test_add_func ("/recovery/no-sheet", test_no_sheet);
  return g_test_run ();
}
