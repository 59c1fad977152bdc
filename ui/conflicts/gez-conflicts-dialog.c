/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `place` is the one that shows, in `conflicts` as they were read last. When they are read again the same
 *    cell stays in view; when it is gone, the one that took its place.
 * 2. What looks the same is not made again, so that nothing moves under somebody's hands.
 */

#include "conflicts/gez-conflicts-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-act.h"
#include "common/gez-button.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-reader.h"
#include "common/gez-shortcut.h"
#include "conflicts/gez-conflict-card.h"
#include "conflicts/gez-conflict-words.h"

struct _GezConflictsDialog
{
  AdwWindow parent_instance;

  GezContext *context;
  GezId household; /* none: all files and what the team shares */
  GezReader *reader;
  GPtrArray *conflicts; /* GezConflict; NULL before the first answer */
  guint place;
  char *shown;      /* what the card was made of */
  gboolean is_busy; /* one is being settled */

  GtkWidget *title;
  GtkWidget *previous;
  GtkWidget *next;
  GtkWidget *bin;
};

G_DEFINE_FINAL_TYPE (GezConflictsDialog, gez_conflicts_dialog, ADW_TYPE_WINDOW)

#define WIDTH 760
#define HEIGHT 520
#define N_KEYS 9

static GezConflict *
get_conflict (GezConflictsDialog *self,
              guint               place)
{
  return self->conflicts != NULL && place < self->conflicts->len
           ? g_ptr_array_index (self->conflicts, place) : NULL;
}

static gboolean
is_same_cell (GezConflict *one,
              GezConflict *other)
{
  return one != NULL && other != NULL && gez_id_equal (&one->id, &other->id)
         && strcmp (one->table, other->table) == 0 && strcmp (one->column, other->column) == 0;
}

/* Everything that shows of a conflict. */
static char *
describe (GezConflict *conflict)
{
  GString *text = g_string_new (conflict->table);
  g_autofree char *id = gez_id_to_string (&conflict->id);

  g_string_append_printf (text, "/%s/%s/%d/%s/%s", id, conflict->column, gez_discretion_is_active (),
                          conflict->household_name, conflict->label);
  for (guint i = 0; i < conflict->values->len; i++)
    {
      const GezConflictValue *value = g_ptr_array_index (conflict->values, i);

      g_string_append_printf (text, "/%s/%s/%" G_GINT64_FORMAT "/%d", value->text, value->by_name,
                              value->written_at, value->is_shown);
    }
  return g_string_free (text, FALSE);
}

static void settle (GezConflictsDialog *self, guint chosen);

static GtkWidget *
make_page (GezConflictsDialog *self,
           GezConflict        *conflict)
{
  GtkWidget *card;

  if (conflict == NULL)
    return gez_empty_new ("object-select-symbolic", _("Everything is settled"),
                          _("No field was filled in differently by two people."), _("_Close"),
                          "window.close");
  card = gez_conflict_card_new (self->context, conflict);
  g_signal_connect_object (card, "settle", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  return gez_clamp_page_new (card, WIDTH);
}

static void
show_place (GezConflictsDialog *self)
{
  GezConflict *conflict = get_conflict (self, self->place);
  g_autofree char *description = conflict != NULL ? describe (conflict) : g_strdup ("");
  guint n = self->conflicts->len;
  /* Translators: which one of how many shows. */
  g_autofree char *where = g_strdup_printf (_("%1$u of %2$u"), self->place + 1, n);

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), n > 1 ? where : "");
  gtk_widget_set_visible (self->previous, n > 1);
  gtk_widget_set_visible (self->next, n > 1);
  gtk_widget_set_sensitive (self->previous, self->place > 0);
  gtk_widget_set_sensitive (self->next, self->place + 1 < n);
  if (g_strcmp0 (description, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&description);
  adw_bin_set_child (ADW_BIN (self->bin), make_page (self, conflict));
  gtk_widget_child_focus (self->bin, GTK_DIR_TAB_FORWARD);
}

static GezQuery *
make_query (gpointer widget)
{
  GezConflictsDialog *self = widget;

  return gez_conflict_query (self->context, gez_id_is_none (&self->household) ? NULL : &self->household);
}

static void
show_conflicts (gpointer      widget,
                gpointer      result,
                const GError *error)
{
  GezConflictsDialog *self = widget;
  GezConflict *before = get_conflict (self, self->place);
  GPtrArray *conflicts = result;

  if (conflicts == NULL)
    {
      gez_say_error (widget, error);
      return;
    }
  for (guint i = 0; i < conflicts->len; i++)
    if (is_same_cell (g_ptr_array_index (conflicts, i), before))
      {
        self->place = i;
        break;
      }
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  self->conflicts = g_ptr_array_ref (conflicts);
  if (self->place >= conflicts->len)
    self->place = 0;
  show_place (self);
}

/* Acts ------------------------------------------------------------------------------------------ */

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GezConflictsDialog) self = user_data;

  gez_act_finish (result);
  self->is_busy = FALSE;
  /* Also when it was refused: somebody wrote since, and that shows now. */
  if (self->reader != NULL)
    gez_reader_refresh (self->reader);
}

static void
settle (GezConflictsDialog *self,
        guint               chosen)
{
  GezConflict *conflict = get_conflict (self, self->place);

  if (conflict == NULL || chosen >= conflict->values->len || self->is_busy)
    return;
  self->is_busy = TRUE;
  gez_act_async (self->bin, self->context, gez_conflict_settle (self->context, conflict, chosen),
                 _("Settled. What the other wrote stays in the history."), settled_cb, g_object_ref (self));
}

static void
keep_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  settle (GEZ_CONFLICTS_DIALOG (widget), action[strlen (action) - 1] - '1');
}

static void
undo_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezConflictsDialog *self = GEZ_CONFLICTS_DIALOG (widget);

  gez_undo_last (self->bin, self->context);
}

static void
go (GezConflictsDialog *self,
    int                 step)
{
  if (get_conflict (self, self->place + step) == NULL)
    return;
  self->place += step;
  show_place (self);
}

static void
go_cb (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  go (GEZ_CONFLICTS_DIALOG (widget), strcmp (action, "conflicts.next") == 0 ? 1 : -1);
}

static void
gez_conflicts_dialog_dispose (GObject *object)
{
  GezConflictsDialog *self = GEZ_CONFLICTS_DIALOG (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_conflicts_dialog_parent_class)->dispose (object);
}

static void
gez_conflicts_dialog_finalize (GObject *object)
{
  g_free (GEZ_CONFLICTS_DIALOG (object)->shown);

  G_OBJECT_CLASS (gez_conflicts_dialog_parent_class)->finalize (object);
}

static void
gez_conflicts_dialog_class_init (GezConflictsDialogClass *klass)
{
  static const char *const keeps[N_KEYS] = {
    "conflicts.keep-1", "conflicts.keep-2", "conflicts.keep-3", "conflicts.keep-4", "conflicts.keep-5",
    "conflicts.keep-6", "conflicts.keep-7", "conflicts.keep-8", "conflicts.keep-9",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_conflicts_dialog_dispose;
  object_class->finalize = gez_conflicts_dialog_finalize;

  for (guint i = 0; i < N_KEYS; i++)
    {
      gtk_widget_class_install_action (widget_class, keeps[i], NULL, keep_cb);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, 0, keeps[i], NULL);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_1 + i, 0, keeps[i], NULL);
    }
  gtk_widget_class_install_action (widget_class, "conflicts.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "conflicts.next", NULL, go_cb);
  gtk_widget_class_install_action (widget_class, "conflicts.previous", NULL, go_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "conflicts.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "conflicts.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "conflicts.previous", NULL);
}

static void
gez_conflicts_dialog_init (GezConflictsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->title = adw_window_title_new (_("Two people wrote this"), "");
  self->previous = gez_button_new_icon ("go-previous-symbolic", _("Previous field"), "conflicts.previous");
  self->next = gez_button_new_icon ("go-next-symbolic", _("Next field"), "conflicts.next");
  gtk_widget_set_visible (self->previous, FALSE);
  gtk_widget_set_visible (self->next, FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->previous);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->next);
  self->bin = adw_bin_new ();
  gtk_widget_set_vexpand (self->bin, TRUE);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->bin);
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), overlay);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Two people wrote this"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gez_shortcut_add_close (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
}

/**
 * gez_conflicts_dialog_present:
 * @from: where it was asked for
 * @context: where we work
 * @household: (nullable): whose file; %NULL: all of them, and what the team shares
 */
void
gez_conflicts_dialog_present (GtkWidget   *from,
                              GezContext  *context,
                              const GezId *household)
{
  GezConflictsDialog *self;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));

  self = g_object_new (GEZ_TYPE_CONFLICTS_DIALOG, NULL);
  self->context = g_object_ref (context);
  if (household != NULL)
    self->household = *household;
  root = gtk_widget_get_root (from);
  if (GTK_IS_WINDOW (root))
    {
      int width = gtk_widget_get_width (GTK_WIDGET (root));

      gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH, HEIGHT);
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), gez_conflict_tables,
                                 make_query, show_conflicts);
  gtk_window_present (GTK_WINDOW (self));
}
