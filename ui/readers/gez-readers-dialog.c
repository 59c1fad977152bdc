/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/gez-readers-dialog.h"

#include <glib/gi18n.h>

#include "circle/gez-team-view.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-button.h"
#include "common/gez-clamp-page.h"
#include "common/gez-confirm.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-shortcut.h"
#include "household/gez-form.h"
#include "readers/gez-grant-dialog.h"
#include "readers/gez-reader-acts.h"
#include "readers/gez-reader-words.h"
#include "readers/gez-revoke-dialog.h"

struct _GezReadersDialog
{
  AdwWindow parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GezReadersView *view; /* the last answer, which `reader` keeps */

  GtkWidget *bin;
  GtkWidget *page;
  GtkWidget *readers;
  GtkWidget *others;
  GtkWidget *due;
};

G_DEFINE_FINAL_TYPE (GezReadersDialog, gez_readers_dialog, ADW_TYPE_WINDOW)

#define WIDTH 640
#define HEIGHT 560

static const char member_key[] = "gez-member";

static GezFileReader *
find_reader (GezReadersDialog *self,
             GtkWidget        *button)
{
  const GezId *member = g_object_get_data (G_OBJECT (button), member_key);
  GPtrArray *lists[] = { self->view != NULL ? self->view->readers : NULL,
                         self->view != NULL ? self->view->others : NULL };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; lists[list] != NULL && i < lists[list]->len; i++)
      {
        GezFileReader *reader = g_ptr_array_index (lists[list], i);

        if (gez_id_equal (&reader->member, member))
          return reader;
      }
  return NULL;
}

/* Keeping out ----------------------------------------------------------------------------------- */

typedef struct
{
  GezReadersDialog *dialog;
  GezId member;
  gboolean is_locked;
} Lock;

static void
lock_free (gpointer data)
{
  Lock *lock = data;

  g_object_unref (lock->dialog);
  g_free (lock);
}

static void
locked_cb (const GError *error,
           gpointer      data)
{
  g_autoptr (GezReadersDialog) self = data;

  if (error != NULL && self->context != NULL)
    gez_say_error (GTK_WIDGET (self->bin), error);
}

static void
lock_confirmed_cb (gpointer user_data)
{
  Lock *lock = user_data;
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func (g_object_unref);

  if (lock->dialog->context == NULL) /* closed meanwhile */
    return;
  g_ptr_array_add (acts, gez_team_act_lock (&lock->member, &lock->dialog->household, lock->is_locked));
  gez_reader_acts_run (lock->dialog->context, acts, locked_cb, g_object_ref (lock->dialog));
}

static void
lock_clicked_cb (GezReadersDialog *self,
                 GtkWidget        *button)
{
  GezFileReader *reader = find_reader (self, button);
  g_autofree char *heading = NULL;
  Lock *lock;

  if (reader == NULL)
    return;
  lock = g_new0 (Lock, 1);
  lock->dialog = g_object_ref (self);
  lock->member = reader->member;
  lock->is_locked = !reader->is_locked;
  /* Translators: %s is the name of a colleague. */
  heading = g_strdup_printf (reader->is_locked ? _("No longer keep %s out?") : _("Keep %s out of this file?"),
                             reader->name);
  gez_confirm (self->bin, heading,
               reader->is_locked
                 ? _("Whoever reads this file can then give this colleague access again.")
                 : _("For a conflict of interest: nobody can give this colleague access to this file any "
                     "more, and access that there is ends. What was read already stays known."),
               reader->is_locked ? _("_Let in again") : _("_Keep out"), !reader->is_locked,
               lock_confirmed_cb, lock, lock_free);
}

/* Rows ------------------------------------------------------------------------------------------ */

static void
remove_clicked_cb (GezReadersDialog *self,
                   GtkWidget        *button)
{
  GezFileReader *reader = find_reader (self, button);

  if (reader != NULL)
    gez_revoke_dialog_present (self->bin, self->context, &self->household, reader);
}

static void
add_button (GezReadersDialog    *self,
            GtkWidget           *row,
            const GezFileReader *reader,
            const char          *icon,
            const char          *name,
            GCallback            clicked)
{
  GtkWidget *button = gez_button_new_icon (icon, name, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), member_key, gez_id_copy (&reader->member), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gez_row_add_suffix (GEZ_ROW (row), button);
}

static GtkWidget *
make_row (GezReadersDialog    *self,
          const GezFileReader *reader)
{
  gboolean is_leader = g_strcmp0 (gez_context_get_role (self->context), "teamleider") == 0;
  gboolean reads = reader->reads_open || reader->reads_casework;
  g_autofree char *name = gez_reader_words_name (reader);
  g_autofree char *access = gez_reader_words_access (reader);
  g_autofree char *end = NULL;
  g_autofree char *lock = NULL;
  GtkWidget *row = gez_row_new (name, access);

  gez_row_set_lines (GEZ_ROW (row), 2, 4);
  if (reader->is_waiting && reads)
    gez_row_add_chip (GEZ_ROW (row), _("at the next synchronisation"), GEZ_CHIP_ACCENT);
  if (reader->is_locked)
    gez_row_add_chip (GEZ_ROW (row), _("kept out: conflict of interest"), GEZ_CHIP_WARNING);
  if (reader->is_self)
    return row;
  /* Translators: %s is the name of a colleague. */
  end = g_strdup_printf (_("End the access of %s"), reader->name);
  /* Translators: %s is the name of a colleague. */
  lock = reader->is_locked ? g_strdup_printf (_("Let %s in again"), reader->name)
                           /* Translators: %s is the name of a colleague. */
                           : g_strdup_printf (_("Keep %s out: conflict of interest"), reader->name);
  if (reads)
    add_button (self, row, reader, "user-trash-symbolic", end, G_CALLBACK (remove_clicked_cb));
  if (is_leader)
    add_button (self, row, reader, reader->is_locked ? "changes-allow-symbolic" : "changes-prevent-symbolic",
                lock, G_CALLBACK (lock_clicked_cb));
  return row;
}

static void
fill (GezReadersDialog *self,
      GtkWidget        *section,
      GPtrArray        *readers)
{
  gez_section_clear (GEZ_SECTION (section));
  for (guint i = 0; i < readers->len; i++)
    gez_section_append (GEZ_SECTION (section), make_row (self, g_ptr_array_index (readers, i)));
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_readers_view_query (&GEZ_READERS_DIALOG (widget)->household);
}

static void
show_readers (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezReadersDialog *self = widget;

  if (result == NULL)
    {
      gez_say_error (self->bin, error);
      return;
    }
  self->view = result;
  if (!self->view->has_team)
    {
      adw_bin_set_child (
        ADW_BIN (self->bin),
        gez_empty_new ("system-users-symbolic", _("Only you can read this file"),
                       _("Nobody else works with this store. As soon as your team shares a folder, you "
                         "choose here who reads along."), _("_Close"), "window.close"));
      return;
    }
  fill (self, self->readers, self->view->readers);
  fill (self, self->others, self->view->others);
  gtk_widget_set_visible (self->others, self->view->others->len > 0);
  gtk_widget_set_visible (self->due, self->view->is_due);
  if (adw_bin_get_child (ADW_BIN (self->bin)) != self->page)
    adw_bin_set_child (ADW_BIN (self->bin), self->page);
}

static void
add_cb (GezReadersDialog *self)
{
  if (self->view != NULL)
    gez_grant_dialog_present (self->bin, self->context, &self->household, self->view);
}

static void
gez_readers_dialog_dispose (GObject *object)
{
  GezReadersDialog *self = GEZ_READERS_DIALOG (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  self->view = NULL;
  g_clear_object (&self->page);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_readers_dialog_parent_class)->dispose (object);
}

static void
gez_readers_dialog_class_init (GezReadersDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_readers_dialog_dispose;
}

static GtkWidget *
make_content (GezReadersDialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->readers = gez_section_new (_("Can read this file"));
  gez_section_set_add (GEZ_SECTION (self->readers), _("Add a colleague"));
  g_signal_connect_object (self->readers, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->due = gez_form_hint (_("Somebody lost access: at the next change this file gets a new key."));
  self->others = gez_section_new (_("Cannot read it"));
  gtk_box_append (GTK_BOX (content), self->readers);
  gtk_box_append (GTK_BOX (content), self->due);
  gtk_box_append (GTK_BOX (content), self->others);
  gtk_box_append (GTK_BOX (content),
                  gez_form_hint (_("Who is not among the readers has no key: the file cannot be opened "
                                   "there, whatever the program shows.")));
  return content;
}

static void
gez_readers_dialog_init (GezReadersDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->page = g_object_ref_sink (gez_clamp_page_new (make_content (self), WIDTH));
  self->bin = adw_bin_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->bin);
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), overlay);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Who can read this file"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gez_shortcut_add_close (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
}

/**
 * gez_readers_dialog_present:
 * @from: where it was asked for
 * @context: where we work
 * @household: whose file
 */
void
gez_readers_dialog_present (GtkWidget   *from,
                            GezContext  *context,
                            const GezId *household)
{
  GezReadersDialog *self;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (household != NULL);

  self = g_object_new (GEZ_TYPE_READERS_DIALOG, NULL);
  self->context = g_object_ref (context);
  self->household = *household;
  root = gtk_widget_get_root (from);
  if (GTK_IS_WINDOW (root))
    {
      int width = gtk_widget_get_width (GTK_WIDGET (root));

      gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH, HEIGHT);
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), gez_reader_tables,
                                 make_query, show_readers);
  gtk_window_present (GTK_WINDOW (self));
}
