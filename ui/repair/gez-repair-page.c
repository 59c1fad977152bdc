/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/gez-repair-page.h"

#include <glib/gi18n.h>

#include "backup/gez-restore-dialog.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-confirm.h"
#include "common/gez-sentence.h"
#include "repair/gez-repair-words.h"
#include "repair/gez-repair-work.h"
#include "unlock/gez-front.h"
#include "vault/gez-vault-rescue.h"

/* The page goes through four states, and shows one thing in each: it looks, it tells, it saves, it has saved.
 *
 * 1. The keys stay in the page only as long as it shows: locking takes it out of the window.
 * 2. What works on another thread is cancelled when the page goes, and its answer comes to nobody.
 * 3. Without keys (both headers are gone) there is nothing to look at, and only a backup helps.
 * 4. Nothing takes the place of the damaged file before somebody said yes; and then that one stands aside. */

#define NEEDED_LINES 12 /* of what is damaged; more is under the fold */

struct _GezRepairPage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  GezVault *vault; /* NULL: locked, or it does not open at all */
  GError *error;
  GezDamage *damage; /* NULL until it was looked at */
  char *rescued;     /* where the new store is, once there is one */
  GCancellable *cancellable;
  GtkWidget *front;
  GtkWidget *progress; /* while something works */
};

G_DEFINE_FINAL_TYPE (GezRepairPage, gez_repair_page, GTK_TYPE_WIDGET)

enum
{
  LEAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void look (GezRepairPage *self);

static void
show (GezRepairPage *self,
      const char    *title,
      const char    *sentence,
      GtkWidget     *content,
      GtkWidget     *focus)
{
  g_clear_pointer (&self->front, gtk_widget_unparent);
  self->front = gez_front_new (title, sentence, content);
  gtk_widget_set_parent (self->front, GTK_WIDGET (self));
  gtk_widget_grab_focus (focus);
}

static GtkWidget *
make_line (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
make_list (char       **lines,
           const char  *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gez_accessible_set_name (list, name);
  for (guint i = 0; lines[i] && i < NEEDED_LINES; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *line = make_line (lines[i]);

      gtk_widget_add_css_class (line, "gez-repair-line");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

static GtkWidget *
make_button (GezRepairPage *self,
             const char    *label,
             gboolean       is_suggested,
             GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
copy_details_cb (GtkLabel *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (text)), gtk_label_get_text (text));
}

static GtkWidget *
make_details (GezRepairPage *self)
{
  g_autofree char *details = gez_repair_details (self->damage, self->error, self->opening->directory);
  GtkWidget *fold = gtk_expander_new (_("Details for who helps"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *text = make_line (details), *copy = gtk_button_new_with_mnemonic (_("_Copy"));

  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_details_cb), text, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_expander_set_child (GTK_EXPANDER (fold), box);
  gez_accessible_set_name (fold, _("Details for who helps"));
  return fold;
}

static void
leave_cb (GezRepairPage *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static void
stop_cb (GezRepairPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
progress_cb (gint64   n_done,
             gint64   n_all,
             gpointer data)
{
  GezRepairPage *self = data;
  g_autofree char *text = g_strdup_printf (_("%ld of %ld"), (glong) n_done, (glong) n_all);

  if (self->progress == NULL || n_all <= 0)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), (double) n_done / (double) n_all);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress), text);
}

static void
show_working (GezRepairPage *self,
              const char    *title,
              const char    *sentence)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *stop = make_button (self, _("_Stop"), FALSE, G_CALLBACK (stop_cb));

  self->progress = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->progress), TRUE);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress), "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (column), self->progress);
  gtk_box_append (GTK_BOX (column), stop);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show (self, title, sentence, column, stop);
}

static void
restore_cb (GezRepairPage *self)
{
  /* The backup takes the place of a file that nobody holds. */
  g_clear_object (&self->vault);
  gez_restore_dialog_present (GTK_WIDGET (self), self->opening);
}

static char *
today (GezRepairPage *self)
{
  return gez_clock_get_today (self->opening->clock);
}

static char *
free_place (const char *directory,
            const char *date)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *path = i == 1 ? g_strdup_printf ("%s.rescued-%s", directory, date)
                                     : g_strdup_printf ("%s.rescued-%s-%u", directory, date, i);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
is_gone (GezRepairPage *self)
{
  return self->opening == NULL;
}

static void show_damage (GezRepairPage *self);

static void
take_place_cb (gpointer data)
{
  GezRepairPage *self = data;
  g_autofree char *date = NULL, *aside = NULL;
  g_autoptr (GError) error = NULL;

  if (is_gone (self) || self->rescued == NULL)
    return;
  date = today (self);
  g_clear_object (&self->vault);
  aside = gez_vault_rescue_swap (self->opening->directory, self->rescued, date, &error);
  if (aside)
    g_signal_emit (self, signals[LEAVE], 0);
  else
    gez_say_error (GTK_WIDGET (self), error);
}

static void
open_rescued_cb (GezRepairPage *self)
{
  g_autofree char *date = today (self);
  g_autofree char *name = g_path_get_basename (self->opening->directory);
  g_autofree char *sentence =
    g_strdup_printf (_("The rescued file takes the place of the damaged one. The damaged one stays on this computer, in "
                       "the folder “%s.damaged-%s”. After that you open the file with your own passphrase."),
                     name, date);

  gez_confirm (GTK_WIDGET (self), _("Go on with the rescued file?"), sentence, _("_Go on"), FALSE, take_place_cb,
               g_object_ref (self), g_object_unref);
}

static void
show_saved (GezRepairPage   *self,
            const GezDamage *saved)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *open = make_button (self, _("_Open the rescued file"), TRUE, G_CALLBACK (open_rescued_cb));
  g_auto (GStrv) lines = gez_repair_list_saved (saved);

  gtk_box_append (GTK_BOX (column), make_list (lines, _("What was saved")));
  gtk_box_append (GTK_BOX (column), open);
  gtk_box_append (GTK_BOX (column), make_button (self, _("_Lock"), FALSE, G_CALLBACK (leave_cb)));
  gtk_box_append (GTK_BOX (column), make_details (self));
  show (self, _("What could be read is saved"),
        _("There is a new file with all of it. Nothing takes the place of the damaged file before you say so."),
        column, open);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GezRepairPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezDamage) saved = gez_repair_finish (result, &error);

  if (is_gone (self))
    return;
  self->progress = NULL;
  if (saved)
    {
      show_saved (self, saved);
      return;
    }
  g_clear_pointer (&self->rescued, g_free);
  show_damage (self);
  if (g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    gez_say (GTK_WIDGET (self), _("Nothing can be saved of this file. Put a backup back."));
  else
    gez_say_error (GTK_WIDGET (self), error);
}

static void
save_cb (GezRepairPage *self)
{
  g_autofree char *date = today (self);

  g_free (self->rescued);
  self->rescued = free_place (self->opening->directory, date);
  show_working (self, _("Saving what can be read"),
                _("A new file is made beside the damaged one, which is left as it is."));
  gez_repair_start (self->vault, self->opening->clock, self->rescued, progress_cb, self, self->cancellable,
                    saved_cb, g_object_ref (self));
}

/* Only the end of the log is lost: the file opens without it, and what does not read is kept. */
static void
open_without_log_cb (GezRepairPage *self)
{
  g_autofree char *date = today (self);
  g_autoptr (GError) error = NULL;

  if (gez_vault_rescue_cut_log (self->vault, date, &error))
    g_signal_emit (self, signals[LEAVE], 0);
  else
    gez_say_error (GTK_WIDGET (self), error);
}

static gboolean
is_log_alone (const GezDamage *damage)
{
  const GezVaultCheck *check = damage->check;

  return check->has_database && check->n_damaged == 0 && check->n_lost_frames > 0;
}

static GtkWidget *
add_ways_out (GezRepairPage *self,
              GtkWidget     *column)
{
  GtkWidget *first = NULL, *button;
  gboolean is_log = self->vault && self->damage && is_log_alone (self->damage);

  if (is_log)
    {
      first = make_button (self, _("_Open without what was lost"), TRUE, G_CALLBACK (open_without_log_cb));
      gtk_box_append (GTK_BOX (column), first);
    }
  else if (self->vault && self->damage && self->damage->tables)
    {
      first = make_button (self, _("_Save what can be read"), TRUE, G_CALLBACK (save_cb));
      gtk_box_append (GTK_BOX (column), first);
    }
  button = make_button (self, _("Put a _backup back…"), first == NULL, G_CALLBACK (restore_cb));
  gtk_box_append (GTK_BOX (column), button);
  first = first ? first : button;
  if (self->vault)
    gtk_box_append (GTK_BOX (column), make_button (self, _("_Check everything again"), FALSE, G_CALLBACK (look)));
  gtk_box_append (GTK_BOX (column), make_button (self, self->vault ? _("_Lock") : _("_Try again"), FALSE,
                                                 G_CALLBACK (leave_cb)));
  return first;
}

static void
show_sound (GezRepairPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *again = make_button (self, _("_Open again"), TRUE, G_CALLBACK (leave_cb));

  gtk_box_append (GTK_BOX (column), again);
  gtk_box_append (GTK_BOX (column), make_details (self));
  show (self, _("Everything can be read"),
        _("Every page of the file was read and fits together. Open it again; if this comes back, ask who looks after "
          "the computers."), column, again);
}

static void
show_damage (GezRepairPage *self)
{
  GtkWidget *column, *first;
  g_auto (GStrv) lines = NULL;
  g_autofree char *sentence = NULL;

  if (self->damage && gez_damage_is_sound (self->damage))
    {
      show_sound (self);
      return;
    }
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  if (self->damage)
    {
      lines = gez_repair_list_damage (self->damage);
      sentence = gez_repair_tell_kept (self->damage);
      gtk_box_append (GTK_BOX (column), make_list (lines, _("What is damaged")));
    }
  else
    sentence = gez_sentence_for_error (self->error);
  first = add_ways_out (self, column);
  gtk_box_append (GTK_BOX (column), make_details (self));
  show (self, _("A part of this file is damaged"), sentence, column, first);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezRepairPage) self = data;
  g_autoptr (GError) error = NULL;
  GezDamage *damage = gez_repair_finish (result, &error);

  if (is_gone (self))
    {
      g_clear_pointer (&damage, gez_damage_free);
      return;
    }
  self->progress = NULL;
  if (damage)
    {
      g_clear_pointer (&self->damage, gez_damage_free);
      self->damage = damage;
    }
  show_damage (self);
  if (error)
    gez_say_error (GTK_WIDGET (self), error);
}

static void
look (GezRepairPage *self)
{
  show_working (self, _("Looking what is damaged"), _("Every page of the file is read. Nothing is written to it."));
  gez_repair_start (self->vault, self->opening->clock, NULL, progress_cb, self, self->cancellable, looked_cb,
                    g_object_ref (self));
}

static gboolean
gez_repair_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GEZ_REPAIR_PAGE (widget)->front, GTK_DIR_TAB_FORWARD);
}

/* Work that is going on keeps the page itself until it ends; the keys go now. */
static void
end (GezRepairPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->vault);
  g_clear_pointer (&self->opening, gez_opening_free);
  self->progress = NULL;
}

static void
gez_repair_page_unroot (GtkWidget *widget)
{
  end (GEZ_REPAIR_PAGE (widget));
  GTK_WIDGET_CLASS (gez_repair_page_parent_class)->unroot (widget);
}

static void
gez_repair_page_dispose (GObject *object)
{
  GezRepairPage *self = GEZ_REPAIR_PAGE (object);

  end (self);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->damage, gez_damage_free);
  g_clear_pointer (&self->rescued, g_free);
  g_clear_pointer (&self->front, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_repair_page_parent_class)->dispose (object);
}

static void
gez_repair_page_class_init (GezRepairPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_repair_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gez_repair_page_grab_focus;
  GTK_WIDGET_CLASS (klass)->unroot = gez_repair_page_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[LEAVE] = g_signal_new ("leave", GEZ_TYPE_REPAIR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
gez_repair_page_init (GezRepairPage *self)
{
}

/**
 * gez_repair_page_new:
 * @opening: copied
 * @vault: (nullable): the keys of the damaged store, which is closed; %NULL when it does not open at all
 * @error: what does not read
 *
 * Returns: (transfer floating): the page, which begins to look at once
 */
GtkWidget *
gez_repair_page_new (const GezOpening *opening,
                     GezVault         *vault,
                     const GError     *error)
{
  GezRepairPage *self;

  g_return_val_if_fail (opening != NULL && error != NULL, NULL);

  self = g_object_new (GEZ_TYPE_REPAIR_PAGE, NULL);
  self->opening = gez_opening_copy (opening);
  self->error = g_error_copy (error);
  g_set_object (&self->vault, vault);
  if (self->vault == NULL)
    self->damage = gez_damage_new (gez_vault_check_headers (opening->directory));
  if (self->vault)
    look (self);
  else
    show_damage (self);
  return GTK_WIDGET (self);
}
