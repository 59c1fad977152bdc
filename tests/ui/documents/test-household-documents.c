/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include <glib/gstdio.h>

#include "common/gez-discretion.h"
#include "common/gez-row.h"
#include "document-papers.h"
#include "documents/gez-document-copy.h"
#include "documents/gez-document-dialog.h"
#include "documents/gez-document-preview.h"
#include "documents/gez-document-queue.h"
#include "documents/gez-documents-tab.h"
#include "documents/gez-pages-view.h"
#include "household/gez-chip-picker.h"
#include "household/gez-household-page.h"
#include "model/gez-document-list.h"
#include "model/gez-document.h"
#include "remove-tree.h"

#define STANDING "SELECT count(*) AS count FROM document WHERE withdrawn_at IS NULL"
#define ROUNDS 400

static GtkWidget *
get_tab (Dossier *dossier)
{
  return adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (dossier->overlay));
}

static void
show_documents (Dossier *dossier)
{
  dossier_show (dossier, gez_documents_tab_new (dossier->context, &dossier->household), 900, 700);
}

/* Everything of the tab works on other threads too: until it is so, or it never will be. */
static void
wait_shows (Dossier    *dossier,
            GtkWidget  *root,
            const char *text)
{
  for (guint i = 0; i < ROUNDS && !dossier_shows (root, text); i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
  if (!dossier_shows (root, text))
    g_error ("“%s” never shows", text);
}

static void
add_content (Dossier    *dossier,
             GBytes     *content,
             const char *name,
             const char *tag)
{
  const char *tags[] = { tag, NULL };
  GezDocumentInput input = { .household_id = &dossier->household, .content = content, .name = name,
                             .tags = tag != NULL ? tags : NULL };
  GezDocumentAdded added;
  g_autoptr (GBytes) owned = content;
  g_autoptr (GError) error = NULL;

  gez_document_add (dossier->context, &input, NULL, &added, &error);
  g_assert_no_error (error);
}

static GezRecord *
find_document (Dossier    *dossier,
               const char *name)
{
  g_autoptr (GezQuery) query = gez_document_list_query (&dossier->household, NULL);
  g_autoptr (GezView) view = gez_store_run (dossier->fixture->store, query, NULL);
  GPtrArray *documents = gez_view_get_list (view, "documents");

  for (guint i = 0; i < documents->len; i++)
    if (g_strcmp0 (gez_record_get_text (documents->pdata[i], "name"), name) == 0)
      return g_object_ref (documents->pdata[i]);
  g_error ("there is no document %s", name);
}

static GtkWidget *
find_row (Dossier    *dossier,
          const char *name)
{
  GtkWidget *row;

  for (guint i = 0; (row = dossier_find (get_tab (dossier), GEZ_TYPE_ROW, i)) != NULL; i++)
    if (g_strcmp0 (gez_row_get_title (GEZ_ROW (row)), name) == 0)
      return row;
  return NULL;
}

/* Whether a row shows its small picture, and not the sign of its kind. */
static gboolean
has_picture (Dossier *dossier,
             guint    number)
{
  GtkWidget *row = dossier_find (get_tab (dossier), GEZ_TYPE_ROW, number);
  GtkWidget *image = row != NULL ? dossier_find (row, GTK_TYPE_IMAGE, 0) : NULL;

  return image != NULL && gtk_image_get_storage_type (GTK_IMAGE (image)) == GTK_IMAGE_PAINTABLE;
}

static void
wait_picture (Dossier *dossier,
              guint    number)
{
  for (guint i = 0; i < ROUNDS && !has_picture (dossier, number); i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
  g_assert_true (has_picture (dossier, number));
}

static void
act (Dossier    *dossier,
     const char *action,
     const char *name)
{
  g_autoptr (GezRecord) document = find_document (dossier, name);
  g_autofree char *id = gez_id_to_string (gez_record_get_id (document));

  gtk_widget_activate_action (get_tab (dossier), action, "s", id);
  dossier_settle (dossier);
}

/* What a person sees in the middle of a widget. */
static guint32
look_at_middle (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autofree guint32 *pixels = g_new0 (guint32, (gsize) width * (gsize) height);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * sizeof (guint32));
  return pixels[height / 2 * width + width / 2];
}

static GtkWidget *
wait_pages (Dossier   *dossier,
            GtkWidget *preview)
{
  GtkWidget *pages = NULL;

  for (guint i = 0; i < ROUNDS; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      pages = dossier_find (preview, GEZ_TYPE_PAGES_VIEW, 0);
      if (pages != NULL && gez_pages_view_is_drawn (GEZ_PAGES_VIEW (pages)))
        break;
      g_usleep (5000);
    }
  g_assert_true (pages != NULL && gez_pages_view_is_drawn (GEZ_PAGES_VIEW (pages)));
  dossier_settle (dossier);
  return pages;
}

static GtkWidget *
open_preview (Dossier    *dossier,
              const char *name)
{
  act (dossier, "documents.show", name);
  g_assert_nonnull (dossier_find_dialog (GEZ_TYPE_DOCUMENT_PREVIEW));
  return dossier_find_dialog (GEZ_TYPE_DOCUMENT_PREVIEW);
}

static void
close_preview (Dossier *dossier)
{
  gtk_window_close (GTK_WINDOW (dossier_find_dialog (GEZ_TYPE_DOCUMENT_PREVIEW)));
  dossier_wait_closed (GEZ_TYPE_DOCUMENT_PREVIEW);
}

/* Adding --------------------------------------------------------------------------------------- */

static GFile *
write_file (const char *directory,
            const char *name,
            GBytes     *content)
{
  g_autoptr (GBytes) owned = content;
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (owned, NULL), (gssize) g_bytes_get_size (owned), &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static GtkEventController *
find_drop_target (GtkWidget *tab)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (tab);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return controller;
    }
  g_error ("nothing can be dropped here");
}

static void
drop (Dossier *dossier,
      GSList  *files)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_signal_emit_by_name (find_drop_target (get_tab (dossier)), "drop", &value, 10.0, 10.0, &is_taken);
  g_assert_true (is_taken);
}

/* A letter, a picture with a name that is markup, the same letter again and a folder. */
static void
test_drop (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-documents-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (directory, "map", NULL);
  g_autoptr (GSList) files = NULL;
  GtkWidget *dialog;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  files = g_slist_append (files, write_file (directory, "brief.pdf", paper_pdf (2)));
  files = g_slist_append (files, write_file (directory, "A & B <b>.png", paper_png (80, 60, 0xff0000ff)));
  files = g_slist_append (files, write_file (directory, "brief opnieuw.pdf", paper_pdf (2)));
  files = g_slist_append (files, g_file_new_for_path (folder));

  show_documents (dossier);
  g_assert_true (dossier_shows (get_tab (dossier), "No documents yet"));
  drop (dossier, files);
  g_assert_true (dossier_shows (get_tab (dossier), "Adding 1 of 4"));
  dossier_wait_count (dossier, STANDING, 2);
  wait_shows (dossier, dossier->window, "2 documents added");
  dossier_settle (dossier);
  dialog = dossier_find_dialog (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_true (dossier_shows (dialog, "map: "));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (dossier_shows (get_tab (dossier), "A & B "));
  g_assert_true (dossier_shows (get_tab (dossier), "PDF · "));
  g_assert_true (dossier_shows (get_tab (dossier), "Picture · "));
  g_assert_false (dossier_shows (get_tab (dossier), "Adding"));
  /* A small picture of each, made here and sealed. */
  dossier_wait_count (dossier, "SELECT count(*) AS count FROM thumbnail", 2);
  wait_picture (dossier, 0);
  wait_picture (dossier, 1);

  dossier_press (dossier->window, "_Undo");
  dossier_wait_count (dossier, STANDING, 0);
  dossier_drop (dossier);
  g_slist_foreach (files, (GFunc) (void (*) (void)) g_object_unref, NULL);
  remove_tree (directory);
}

static void
test_paste (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autoptr (GBytes) bytes = paper_png (30, 30, 0x00ff00ff);
  g_autoptr (GdkTexture) picture = gdk_texture_new_from_bytes (bytes, NULL);
  GdkClipboard *clipboard;

  show_documents (dossier);
  clipboard = gtk_widget_get_clipboard (dossier->window);
  gdk_clipboard_set_text (clipboard, "no picture");
  gtk_widget_activate_action (get_tab (dossier), "documents.paste", NULL);
  wait_shows (dossier, dossier->window, "There is no picture or file to paste.");
  gdk_clipboard_set_texture (clipboard, picture);
  gtk_widget_activate_action (get_tab (dossier), "documents.paste", NULL);
  dossier_wait_count (dossier, STANDING " AND media_type = 'image/png'", 1);
  wait_shows (dossier, get_tab (dossier), "Picture 2026-11-21.png");
  dossier_drop (dossier);
}

/* What goes with the window stops with it, and nothing is told to a page that is gone. */
static void
test_stop (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-documents-XXXXXX", NULL);
  g_autofree char *text = g_strnfill (6 * 1024 * 1024, 'x');
  g_autoptr (GFile) film = write_file (directory, "film.txt", g_bytes_new_static (text, 6 * 1024 * 1024));
  g_autoptr (GSList) files = g_slist_append (NULL, film);

  show_documents (dossier);
  drop (dossier, files);
  dossier_press (get_tab (dossier), "_Stop");
  wait_shows (dossier, dossier->window, "Stopped.");
  g_assert_false (dossier_shows (get_tab (dossier), "Adding"));
  g_assert_cmpint (store_fixture_count (dossier->fixture, STANDING), ==, 0);
  drop (dossier, files);
  dossier_drop (dossier);
  remove_tree (directory);
}

/* Names and labels ------------------------------------------------------------------------------ */

static void
test_labels (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *dialog, *picker;

  add_content (dossier, paper_png (20, 20, 0xff0000ff), "huur.png", "Huur");
  add_content (dossier, paper_png (21, 20, 0xff0000ff), "school.png", NULL);
  show_documents (dossier);
  act (dossier, "documents.edit", "school.png");
  dialog = dossier_find_dialog (GEZ_TYPE_DOCUMENT_DIALOG);
  dossier_type (dialog, "Name", "Rapport <b>&amp; meer.png");
  dossier_type (dialog, "New label, or part of one", "hu");
  g_assert_nonnull (dossier_find_button (dialog, "Huur"));
  dossier_type (dialog, "New label, or part of one", "school");
  g_assert_null (dossier_find_button (dialog, "Huur"));
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_DOCUMENT_DIALOG);
  /* What other systems refuse in a name stands in none. */
  wait_shows (dossier, get_tab (dossier), "Rapport -b-&amp; meer.png");
  dossier_wait_count (dossier, STANDING " AND tags = 'school'", 1);

  dossier_settle (dossier);
  picker = dossier_find (get_tab (dossier), GEZ_TYPE_CHIP_PICKER, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dossier_find_button (picker, "Huur")), TRUE);
  dossier_settle (dossier);
  g_assert_nonnull (find_row (dossier, "huur.png"));
  g_assert_null (find_row (dossier, "Rapport -b-&amp; meer.png"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dossier_find_button (picker, "Huur")), FALSE);
  dossier_settle (dossier);

  gtk_editable_set_text (GTK_EDITABLE (dossier_find (get_tab (dossier), GTK_TYPE_SEARCH_ENTRY, 0)),
                         "RAPPÓRT school");
  for (guint i = 0; i < ROUNDS && find_row (dossier, "huur.png") != NULL; i++)
    dossier_settle (dossier);
  g_assert_null (find_row (dossier, "huur.png"));
  g_assert_nonnull (find_row (dossier, "Rapport -b-&amp; meer.png"));
  dossier_drop (dossier);
}

static void
test_remove (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();

  add_content (dossier, paper_png (20, 20, 0xff0000ff), "een.png", NULL);
  add_content (dossier, paper_png (21, 20, 0xff0000ff), "twee.png", NULL);
  show_documents (dossier);
  gtk_widget_grab_focus (find_row (dossier, "een.png"));
  act (dossier, "documents.remove", "een.png");
  dossier_wait_count (dossier, STANDING, 1);
  wait_shows (dossier, dossier->window, "Document removed");
  for (guint i = 0; i < ROUNDS && find_row (dossier, "een.png") != NULL; i++)
    dossier_settle (dossier);
  g_assert_null (find_row (dossier, "een.png"));
  /* Who goes on with the keyboard is on what is left. */
  dossier_settle (dossier);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (dossier->window)) == find_row (dossier, "twee.png"));
  dossier_press (dossier->window, "_Undo");
  dossier_wait_count (dossier, STANDING, 2);
  wait_shows (dossier, get_tab (dossier), "een.png");
  dossier_drop (dossier);
}

/* Previews -------------------------------------------------------------------------------------- */

static void
test_preview_picture (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *preview, *pages;
  double scale;

  add_content (dossier, paper_png (2000, 1500, 0xff0000ff), "foto.png", NULL);
  show_documents (dossier);
  preview = open_preview (dossier, "foto.png");
  pages = wait_pages (dossier, preview);
  g_assert_cmphex (look_at_middle (pages), ==, 0xffff0000);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (preview)), ==, "Document");
  scale = gez_pages_view_get_scale (GEZ_PAGES_VIEW (pages));
  g_assert_cmpfloat (scale, <, 0.5);
  dossier_press (preview, "Larger (+)");
  g_assert_cmpfloat (gez_pages_view_get_scale (GEZ_PAGES_VIEW (pages)), >, scale);
  dossier_press (preview, "Fit the window (0)");
  g_assert_cmpfloat (gez_pages_view_get_scale (GEZ_PAGES_VIEW (pages)), ==, scale);
  close_preview (dossier);
  dossier_drop (dossier);
}

static void
test_preview_pdf (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *preview, *pages;

  add_content (dossier, paper_pdf (40), "brief.pdf", NULL);
  show_documents (dossier);
  preview = open_preview (dossier, "brief.pdf");
  pages = wait_pages (dossier, preview);
  g_assert_true (dossier_shows (preview, "Page 1 of 40"));
  /* The middle of the window lies on the red of the first page. */
  g_assert_cmphex (look_at_middle (pages), ==, 0xffff0000);
  gez_pages_view_go_to (GEZ_PAGES_VIEW (pages), 39);
  wait_pages (dossier, preview);
  g_assert_true (dossier_shows (preview, "Page 40 of 40"));
  gez_pages_view_turn (GEZ_PAGES_VIEW (pages), -1);
  wait_pages (dossier, preview);
  g_assert_cmpuint (gez_pages_view_get_page (GEZ_PAGES_VIEW (pages)), ==, 38);
  close_preview (dossier);
  dossier_drop (dossier);
}

static void
test_preview_text (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *preview;
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  GtkTextBuffer *buffer;

  add_content (dossier, g_bytes_new_static ("Beste ouders,\r\ntot morgen.", 26), "nota.txt", NULL);
  show_documents (dossier);
  preview = open_preview (dossier, "nota.txt");
  for (guint i = 0; i < ROUNDS && dossier_find (preview, GTK_TYPE_TEXT_VIEW, 0) == NULL; i++)
    dossier_settle (dossier);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (dossier_find (preview, GTK_TYPE_TEXT_VIEW, 0)));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, "Beste ouders,\ntot morgen.");
  close_preview (dossier);
  dossier_drop (dossier);
}

/* What cannot be shown is told, calmly, and the rest of the tab is as it was. */
static void
test_preview_refused (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *text = g_strnfill (1024 * 1024 + 1, 'x');

  add_content (dossier, paper_bomb (), "bom.png", NULL);
  add_content (dossier, g_bytes_new_static ("%PDF-1.4 en verder niets", 24), "kapot.pdf", NULL);
  add_content (dossier, g_bytes_new_static (text, 1024 * 1024 + 1), "lang.txt", NULL);
  add_content (dossier, g_bytes_new_static ("PK\3\4 iets", 9), "lijst.xlsx", NULL);
  show_documents (dossier);
  wait_shows (dossier, open_preview (dossier, "bom.png"), "too large to show safely");
  close_preview (dossier);
  wait_shows (dossier, open_preview (dossier, "kapot.pdf"), "This document is broken");
  close_preview (dossier);
  wait_shows (dossier, open_preview (dossier, "lang.txt"), "Too large to show");
  close_preview (dossier);
  wait_shows (dossier, open_preview (dossier, "lijst.xlsx"), "Not shown here");
  close_preview (dossier);
  g_assert_nonnull (find_row (dossier, "bom.png"));
  dossier_drop (dossier);
}

/* As locking does: dialogs first, while the document is still being opened, or is shown. */
static void
test_preview_goes (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();

  add_content (dossier, paper_pdf (3), "brief.pdf", NULL);
  show_documents (dossier);
  for (guint round = 0; round < 2; round++)
    {
      gpointer preview = open_preview (dossier, "brief.pdf");
      gpointer pages = round == 0 ? NULL : wait_pages (dossier, preview);

      g_object_add_weak_pointer (preview, &preview);
      if (pages != NULL)
        g_object_add_weak_pointer (pages, &pages);
      gtk_window_destroy (preview);
      for (guint i = 0; i < ROUNDS && (preview != NULL || pages != NULL); i++)
        dossier_settle (dossier);
      g_assert_null (preview);
      g_assert_null (pages);
    }
  dossier_drop (dossier);
}

static void
test_hidden (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *preview;

  add_content (dossier, paper_png (60, 60, 0xff0000ff), "Gezin Verzonnen.png", "geheim");
  show_documents (dossier);
  wait_picture (dossier, 0);
  preview = open_preview (dossier, "Gezin Verzonnen.png");
  wait_pages (dossier, preview);
  gez_discretion_set_active (TRUE);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (preview, "Names are hidden"));
  g_assert_false (dossier_shows (preview, "Verzonnen"));
  g_assert_false (dossier_shows (get_tab (dossier), "Verzonnen"));
  g_assert_false (dossier_shows (get_tab (dossier), "geheim"));
  g_assert_false (has_picture (dossier, 0));
  gez_discretion_set_active (FALSE);
  dossier_settle (dossier);
  g_assert_false (dossier_shows (preview, "Names are hidden"));
  g_assert_true (dossier_shows (get_tab (dossier), "Verzonnen"));
  close_preview (dossier);
  dossier_drop (dossier);
}

/* Copies ---------------------------------------------------------------------------------------- */

static void
test_copy (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-documents-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "kopie.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) content = paper_png (20, 20, 0x0000ffff);
  g_autoptr (GezRecord) document = NULL;
  g_autofree char *copied = NULL;
  GtkWidget *question;
  gsize length;

  add_content (dossier, g_bytes_ref (content), "kaart.png", NULL);
  document = find_document (dossier, "kaart.png");
  show_documents (dossier);
  act (dossier, "documents.copy", "kaart.png");
  question = dossier_find_dialog (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (dossier_shows (question, "Save a copy that is not protected?"));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (question)), ==, "no");
  gtk_window_close (GTK_WINDOW (question));
  dossier_wait_closed (ADW_TYPE_MESSAGE_DIALOG);

  gez_document_copy_to (get_tab (dossier), dossier->context, document, file);
  wait_shows (dossier, dossier->window, "The copy was saved. It is not protected.");
  g_assert_true (g_file_get_contents (path, &copied, &length, NULL));
  g_assert_cmpmem (copied, length, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  dossier_drop (dossier);
  remove_tree (directory);
}

/* What takes long says how far it is, and can be stopped: then there is no copy, not half of one. */
static void
test_long_copy (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-documents-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "kopie.txt", NULL);
  g_autofree char *text = g_strnfill (9 * 1024 * 1024, 'x');
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GezRecord) document = NULL;
  GtkWidget *dialog;

  add_content (dossier, g_bytes_new_static (text, 9 * 1024 * 1024), "film.txt", NULL);
  document = find_document (dossier, "film.txt");
  show_documents (dossier);
  gez_document_copy_to (get_tab (dossier), dossier->context, document, file);
  dialog = dossier_find_dialog (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_nonnull (dossier_find (dialog, GTK_TYPE_PROGRESS_BAR, 0));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "stop");
  dossier_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  dossier_settle (dossier);
  g_assert_false (dossier_shows (dossier->window, "The copy was saved."));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  gez_document_copy_to (get_tab (dossier), dossier->context, document, file);
  wait_shows (dossier, dossier->window, "The copy was saved.");
  dossier_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  dossier_drop (dossier);
  remove_tree (directory);
}

/* In the file: its tab, its place from a search, and what history says. */
static void
test_in_file (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autoptr (GezRecord) document = NULL;
  g_autofree char *id = NULL;
  g_autofree char *place = NULL;
  GtkWidget *page;

  add_content (dossier, paper_png (20, 20, 0xff0000ff), "kaart.png", NULL);
  add_content (dossier, paper_png (21, 20, 0xff0000ff), "laatste.png", NULL);
  document = find_document (dossier, "kaart.png");
  id = gez_id_to_string (gez_record_get_id (document));
  place = g_strconcat ("documents/", id, NULL);
  page = gez_household_page_new (dossier->context, &dossier->household);
  dossier_show (dossier, page, 1000, 800);
  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), place);
  dossier_settle (dossier);
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (page)) == find_row (dossier, "kaart.png"));
  dossier_commit (dossier, gez_document_rename (dossier->context, gez_record_get_id (document),
                                                "plattegrond.png"));
  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "history");
  wait_shows (dossier, page, "added a document");
  g_assert_true (dossier_shows (page, "renamed a document"));
  dossier_drop (dossier);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/documents/drop", test_drop);
  g_test_add_func ("/documents/paste", test_paste);
  g_test_add_func ("/documents/stop", test_stop);
  g_test_add_func ("/documents/labels", test_labels);
  g_test_add_func ("/documents/remove", test_remove);
  g_test_add_func ("/documents/preview/picture", test_preview_picture);
  g_test_add_func ("/documents/preview/pdf", test_preview_pdf);
  g_test_add_func ("/documents/preview/text", test_preview_text);
  g_test_add_func ("/documents/preview/refused", test_preview_refused);
  g_test_add_func ("/documents/preview/goes", test_preview_goes);
  g_test_add_func ("/documents/hidden", test_hidden);
  g_test_add_func ("/documents/copy", test_copy);
  g_test_add_func ("/documents/long-copy", test_long_copy);
  g_test_add_func ("/documents/in-file", test_in_file);
  return g_test_run ();
}
