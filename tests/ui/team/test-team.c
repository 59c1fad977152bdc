/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "circle/gez-team-work.h"
#include "places-fixture.h"
#include "recovery/gez-word-field.h"
#include "recovery/gez-words-entry.h"
#include "remove-tree.h"
#include "sync/gez-restored-dialog.h"
#include "sync/gez-sync-button.h"
#include "sync/gez-sync-of.h"
#include "sync/gez-sync-page.h"
#include "team/gez-founding.h"
#include "team/gez-join-page.h"
#include "team/gez-person-row.h"
#include "team/gez-team-page.h"

#define PATIENCE (20 * G_USEC_PER_SEC)
#define STRANGE "Bart <b>Bedacht</b> & co"
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* Looking ----------------------------------------------------------------------------------------- */

/* A part of what stands somewhere. */
static gboolean
shows (GtkWidget  *root,
       const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_until_shown (GtkWidget  *root,
                  const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!shows (root, text))
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” does not come", text);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static void
press (GtkWidget  *root,
       const char *label)
{
  GtkWidget *button = places_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* The newest window above the first one. */
static GtkWindow *
find_dialog (Places *places)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if ((GtkWidget *) window != places->window && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static void
type_into (GtkWidget  *widget,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), text);
}

/* By hand ----------------------------------------------------------------------------------------- */

static GezId
id_of (guint8 number)
{
  GezId id = GEZ_ID_NONE;

  id.bytes[0] = number;
  return id;
}

static void
device_free (gpointer data)
{
  g_free (((GezSyncDevice *) data)->member_name);
  g_free (data);
}

static GezSyncDevice *
add_device (GezSyncStatus *status,
            guint8         member,
            guint8         number,
            const char    *name)
{
  GezSyncDevice *device = g_new0 (GezSyncDevice, 1);

  device->member = id_of (member);
  device->device = id_of (number);
  device->member_name = g_strdup (name);
  device->last_wall_at = PLACES_NOW - 60 * 60 * 1000;
  g_ptr_array_add (status->devices, device);
  return device;
}

static void
init_status (GezSyncStatus *status)
{
  memset (status, 0, sizeof *status);
  status->has_team = TRUE;
  status->folder_uri = (char *) "file:///nowhere/team";
  status->last_read_at = PLACES_NOW - 120000;
  status->devices = g_ptr_array_new_with_free_func (device_free);
  status->problems = g_ptr_array_new ();
}

static void
clear_status (GezSyncStatus *status)
{
  g_ptr_array_unref (status->devices);
  g_ptr_array_unref (status->problems);
}

static void
test_sync_page (void)
{
  g_autoptr (Places) places = places_new ();
  GezSyncProblem problem = { (char *) "d/abc/s1.seg", (char *) "damaged", (char *) "Els Verzonnen",
                             PLACES_NOW - 3 * DAY };
  GezSyncStatus status;
  GezSyncPage *page;
  GtkWidget *row;

  init_status (&status);
  add_device (&status, 1, 1, "Els Verzonnen");
  add_device (&status, 2, 2, STRANGE);
  g_ptr_array_add (status.problems, &problem);
  places_show (places, gez_sync_page_new (places->context), 640, 900);
  page = GEZ_SYNC_PAGE (places->place);
  g_assert_true (shows (places->place, "You work alone"));
  g_assert_null (places_find (places->place, GTK_TYPE_BUTTON, "Sync now"));
  gez_sync_page_show (page, GEZ_SYNC_IDLE, &status, NULL);
  g_assert_true (shows (places->place, "Synced 2 minutes ago"));
  g_assert_true (shows (places->place, "/nowhere/team"));
  g_assert_true (shows (places->place, STRANGE));
  g_assert_true (shows (places->place, "1 file cannot be read"));
  g_assert_false (shows (places->place, "put back"));

  /* What changes by itself leaves rows, and so the focus, where they are. */
  row = places_find (places->place, ADW_TYPE_EXPANDER_ROW, "Els Verzonnen");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  status.restored_at = PLACES_NOW;
  ((GezSyncDevice *) status.devices->pdata[0])->n_missing = 2;
  ((GezSyncDevice *) status.devices->pdata[0])->missing_since_at = PLACES_NOW - 4 * DAY;
  gez_sync_page_show (page, GEZ_SYNC_NOT_CONNECTED, &status, NULL);
  g_assert_true (places_find (places->place, ADW_TYPE_EXPANDER_ROW, "Els Verzonnen") == row);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_true (shows (places->place, "2 files of it do not come here, since Tuesday."));
  g_assert_true (shows (places->place, "This device was put back, or copied"));
  g_ptr_array_set_size (status.problems, 0);
  g_ptr_array_set_size (status.devices, 1);
  gez_sync_page_show (page, GEZ_SYNC_IDLE, &status, NULL);
  g_assert_false (shows (places->place, STRANGE));
  g_assert_false (shows (places->place, "cannot be read"));
  clear_status (&status);
}

static void
person_free (gpointer data)
{
  GezTeamPerson *person = data;

  g_ptr_array_unref (person->devices);
  g_free (person);
}

static GezTeamPerson *
add_person (GezTeamView *view,
            guint8       number,
            const char  *name,
            const char  *role)
{
  GezTeamPerson *person = g_new0 (GezTeamPerson, 1);
  GezTeamDevice *device = g_new0 (GezTeamDevice, 1);

  device->id = id_of (number);
  device->is_this = number == 1;
  *person = (GezTeamPerson) { id_of (number), (char *) name, (char *) role, TRUE, number == 1,
                              (char *) "1234 5678 9012 3456 7890", g_ptr_array_new_with_free_func (g_free) };
  g_ptr_array_add (person->devices, device);
  g_ptr_array_add (view->persons, person);
  return person;
}

static void
test_team_page (void)
{
  g_autoptr (Places) places = places_new ();
  GezTeamInvited invited = { id_of (9), (char *) "2222 3333 4444 5555 6666", (char *) STRANGE,
                             (char *) "brugfiguur", PLACES_NOW + DAY, FALSE };
  GezTeamView view = { TRUE, (char *) "Team A & B", (char *) "file:///nowhere", TRUE, (char *) "open" };
  GtkWidget *row;

  view.persons = g_ptr_array_new_with_free_func (person_free);
  view.invited = g_ptr_array_new ();
  add_person (&view, 1, "Testa Verzonnen", "teamleider");
  add_person (&view, 2, STRANGE, "casemanager");
  g_ptr_array_set_size (add_person (&view, 3, "Nieuw Bedacht", "brugfiguur")->devices, 0);
  g_ptr_array_add (view.invited, &invited);
  places_show (places, gez_team_page_new (places->context), 640, 900);
  g_assert_true (shows (places->place, "You work alone"));
  gez_team_page_show (GEZ_TEAM_PAGE (places->place), &view);
  g_assert_false (shows (places->place, "You work alone"));
  g_assert_true (shows (places->place, "Team A & B"));
  g_assert_true (shows (places->place, "Testa Verzonnen (you)"));
  g_assert_true (shows (places->place, "Brugfiguur · did not join yet"));
  g_assert_true (shows (places->place, "Brugfiguur · works until Sunday 22 November 2026"));
  g_assert_true (shows (places->place, "2222 3333 4444 5555 6666"));
  row = places_find (places->place, ADW_TYPE_EXPANDER_ROW, STRANGE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  g_assert_true (shows (row, "1234 5678 9012 3456 7890"));
  g_assert_nonnull (places_find (row, GTK_TYPE_BUTTON, "Remove…"));
  g_assert_nonnull (places_find (row, GTK_TYPE_BUTTON, "Lost…"));
  g_assert_nonnull (places_find (places->place, GTK_TYPE_BUTTON, "Invite a colleague…"));
  g_assert_true (shows (places->place, "Everything that case managers write"));

  /* Who is no leader sees the same, without what only leaders do. */
  view.is_leader = FALSE;
  gez_team_page_show (GEZ_TEAM_PAGE (places->place), &view);
  g_assert_true (places_find (places->place, ADW_TYPE_EXPANDER_ROW, STRANGE) == row);
  g_assert_true (shows (row, "1234 5678 9012 3456 7890"));
  g_assert_null (places_find (row, GTK_TYPE_BUTTON, "Remove…"));
  g_assert_null (places_find (places->place, GTK_TYPE_BUTTON, "Invite a colleague…"));
  g_assert_false (shows (places->place, "Everything that case managers write"));
  g_assert_true (shows (places->place, "Also what the family circle reads"));
  g_ptr_array_unref (view.persons);
  g_ptr_array_unref (view.invited);
}

/* Really ------------------------------------------------------------------------------------------ */

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("gezinsplan-team-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      done)
{
  gez_sync_stop_finish (GEZ_SYNC (source), result, NULL);
  *(gboolean *) done = TRUE;
}

/* As at the lock. */
static void
stop_sync (GezContext *context)
{
  gboolean done = FALSE;

  gez_sync_stop_async (gez_sync_of (context), 2, stopped_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
found_team (Places     *places,
            const char *folder)
{
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  places_show (places, gez_team_page_new (places->context), 640, 900);
  wait_until_shown (places->place, "You work alone");
  gez_founding_found (GEZ_FOUNDING (places_find (places->place, GEZ_TYPE_FOUNDING, NULL)), uri);
  wait_until_shown (places->place, "Invite a colleague…");
}

/* Returns: (transfer full): the words */
static char *
invite (Places     *places,
        const char *name)
{
  GtkWindow *dialog;
  GValue value = G_VALUE_INIT;
  GdkClipboard *clipboard;
  char *words;

  press (places->place, "Invite a colleague…");
  places_settle (places);
  dialog = find_dialog (places);
  g_assert_nonnull (dialog);
  type_into (places_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, NULL), name);
  press (GTK_WIDGET (dialog), "Make the code");
  wait_until_shown (GTK_WIDGET (dialog), "The words work once, until");
  press (GTK_WIDGET (dialog), "Copy the words");
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (dialog));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL));
  words = g_value_dup_string (&value);
  g_value_unset (&value);
  gtk_window_destroy (dialog);
  return words;
}

static void
test_found_and_invite (void)
{
  g_autoptr (Places) places = places_new ();
  g_autofree char *folder = make_folder (), *words = NULL;
  g_auto (GStrv) parts = NULL;

  found_team (places, folder);
  words = invite (places, "Els Bedacht");
  parts = g_strsplit (words, " ", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, GEZ_RECOVERY_N_WORDS);
  wait_until_shown (places->place, "Case manager · works until");
  press (places->place, "Withdraw");
  wait_until_shown (places->window, "The invitation is withdrawn.");
  places_settle (places);
  g_assert_false (shows (places->place, "works until"));
  stop_sync (places->context);
  remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/team/sync-page", test_sync_page);
  g_test_add_func ("/ui/team/team-page", test_team_page);
  g_test_add_func ("/ui/team/found-and-invite", test_found_and_invite);
  return g_test_run ();
}
