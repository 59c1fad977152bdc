/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-act.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-sentence.h"

#define UNDO_DEPTH 50

/* Something that can be taken back: a command of the store, or whatever a function takes back. */
typedef struct
{
  guint64 command; /* 0: the function */
  GezUndoFunc undo;
  gpointer data;
  GDestroyNotify free_data;
} Done;

static void
done_clear (gpointer data)
{
  Done *done = data;

  if (done->free_data != NULL)
    done->free_data (done->data);
}

static void
done_release (gpointer done)
{
  g_rc_box_release_full (done, done_clear);
}

/* What was done in this session and can be undone hangs on the context and goes with it when the
 * file is locked. */
static GPtrArray *
acts_of (GezContext *context)
{
  static const char key[] = "gez-acts";
  GPtrArray *acts = g_object_get_data (G_OBJECT (context), key);

  if (acts == NULL)
    {
      acts = g_ptr_array_new_with_free_func (done_release);
      g_object_set_data_full (G_OBJECT (context), key, acts, (GDestroyNotify) g_ptr_array_unref);
    }
  return acts;
}

static void
remember (GezContext *context,
          Done       *done)
{
  GPtrArray *acts = acts_of (context);

  g_ptr_array_add (acts, g_rc_box_acquire (done));
  if (acts->len > UNDO_DEPTH)
    g_ptr_array_remove_index (acts, 0);
}

/* The window of the program, also from a dialog above it. A dialog often closes while its change is
 * being written, so the window is looked up before. */
static GtkWidget *
find_window (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);

  while (GTK_IS_WINDOW (root) && !ADW_IS_APPLICATION_WINDOW (root)
         && gtk_window_get_transient_for (GTK_WINDOW (root)) != NULL)
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  return root != NULL ? GTK_WIDGET (root) : from;
}

/* A window that stays open has an overlay of its own; a dialog that closes leaves its toast in the
 * window of the program. */
static GtkWidget *
find_overlay (GtkWidget *from)
{
  GtkWidget *nearest = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *window = find_window (from);

  if (nearest == NULL && ADW_IS_APPLICATION_WINDOW (window))
    nearest = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  return ADW_IS_TOAST_OVERLAY (nearest) ? nearest : NULL;
}

static AdwToast *
make_toast (const char *sentence)
{
  g_autofree char *safe = g_markup_escape_text (sentence, -1);

  return adw_toast_new (safe);
}

/* libadwaita 1.2 forgets to name the button that closes a toast. */
static void
name_toast (AdwToastOverlay *overlay)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (overlay))
      gez_accessible_name_buttons (child, _("Close"));
}

static void
show_toast (AdwToastOverlay *overlay,
            AdwToast        *toast)
{
  /* The next one shows when this one goes. */
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (name_toast), overlay,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (overlay, toast);
  name_toast (overlay);
}

/**
 * gez_say:
 * @from: what says it
 * @sentence: plain text
 *
 * Says something that needs no answer.
 */
void
gez_say (GtkWidget  *from,
         const char *sentence)
{
  GtkWidget *overlay;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (sentence != NULL);

  overlay = find_overlay (from);
  if (overlay != NULL)
    show_toast (ADW_TOAST_OVERLAY (overlay), make_toast (sentence));
}

static GtkWidget *
make_details (const GError *error)
{
  GtkWidget *fold = gtk_expander_new (_("Details"));
  GtkWidget *text = gtk_label_new (error->message);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_expander_set_child (GTK_EXPANDER (fold), text);
  return fold;
}

/**
 * gez_say_error:
 * @from: where it went wrong
 * @error: what went wrong
 *
 * Says it in one sentence, with the details under a fold. What was stopped on purpose is not said, and
 * neither is damage to the file: GezStore::damaged has brought that before the person already.
 */
void
gez_say_error (GtkWidget    *from,
               const GError *error)
{
  g_autofree char *sentence = NULL;
  GtkRoot *root;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    return;
  sentence = gez_sentence_for_error (error);
  root = gtk_widget_get_root (from);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   _("That did not work"), sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_details (error));
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  GWeakRef overlay; /* where the toast stood */
  GezContext *context;
  Done *done;
} Undo;

static void
undo_free (Undo *undo)
{
  g_weak_ref_clear (&undo->overlay);
  g_clear_object (&undo->context);
  done_release (undo->done);
  g_free (undo);
}

static void
undo_closure_free (gpointer  data,
                   GClosure *closure)
{
  undo_free (data);
}

static Undo *
undo_new (GtkWidget  *overlay,
          GezContext *context,
          Done       *done)
{
  Undo *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->overlay, overlay);
  undo->context = g_object_ref (context);
  undo->done = g_rc_box_acquire (done);
  return undo;
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Undo *undo = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) overlay = g_weak_ref_get (&undo->overlay);
  guint64 command = gez_store_undo_finish (GEZ_STORE (source), result, &error);

  if (overlay != NULL && command != 0)
    gez_say (overlay, _("Undone."));
  else if (overlay != NULL)
    gez_say_error (overlay, error);
  undo_free (undo);
}

static void
start_undo (GtkWidget  *overlay,
            GezContext *context,
            Done       *done)
{
  Undo *undo = undo_new (overlay, context, done);

  g_ptr_array_remove (acts_of (context), done);
  if (done->command != 0)
    {
      gez_store_undo_async (gez_context_get_store (context), done->command, NULL, undone_cb, undo);
      return;
    }
  done->undo (overlay, done->data);
  gez_say (overlay, _("Undone."));
  undo_free (undo);
}

static void
undo_clicked_cb (AdwToast *toast,
                 Undo     *undo)
{
  g_autoptr (GtkWidget) overlay = g_weak_ref_get (&undo->overlay);

  if (overlay != NULL)
    start_undo (overlay, undo->context, undo->done);
}

static void
offer_undo (GtkWidget  *overlay,
            GezContext *context,
            Done       *done,
            const char *sentence)
{
  AdwToast *toast = make_toast (sentence);

  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb),
                         undo_new (overlay, context, done), undo_closure_free, 0);
  show_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/**
 * gez_undo_last:
 * @from: what asks for it
 * @context: of the open store
 *
 * Undoes the newest act of this session that was not undone yet. Without one it says so.
 */
void
gez_undo_last (GtkWidget  *from,
               GezContext *context)
{
  GPtrArray *acts;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));

  acts = acts_of (context);
  if (acts->len == 0)
    gez_say (from, _("There is nothing to undo."));
  else
    start_undo (find_overlay (from), context, g_ptr_array_index (acts, acts->len - 1));
}

/**
 * gez_act_local:
 * @from: what the person used
 * @context: of the open store
 * @sentence: what was done, with an offer to undo it
 * @undo: takes it back
 * @data: for @undo
 * @free_data: (nullable): frees @data
 *
 * For what was done to rows of this device alone, which the store does not undo by itself.
 */
void
gez_act_local (GtkWidget      *from,
               GezContext     *context,
               const char     *sentence,
               GezUndoFunc     undo,
               gpointer        data,
               GDestroyNotify  free_data)
{
  GtkWidget *overlay;
  Done *done;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (sentence != NULL && undo != NULL);

  overlay = find_overlay (from);
  done = g_rc_box_new0 (Done);
  *done = (Done) { 0, undo, data, free_data };
  remember (context, done);
  if (overlay != NULL)
    offer_undo (overlay, context, done, sentence);
  done_release (done);
}

typedef struct
{
  GWeakRef from;
  GWeakRef window;
  GWeakRef overlay; /* goes when the window locks, and nothing is told any more */
  GezContext *context;
  char *done;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_weak_ref_clear (&act->from);
  g_weak_ref_clear (&act->window);
  g_weak_ref_clear (&act->overlay);
  g_clear_object (&act->context);
  g_free (act->done);
  g_free (act);
}

static void
say_failure (Act          *act,
             const GError *error)
{
  g_autoptr (GtkWidget) from = g_weak_ref_get (&act->from);
  g_autoptr (GtkWidget) window = g_weak_ref_get (&act->window);

  if (from != NULL && gtk_widget_get_root (from) != NULL)
    gez_say_error (from, error);
  else if (window != NULL)
    gez_say_error (window, error);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Act *act = g_task_get_task_data (task);
  g_autoptr (GtkWidget) overlay = g_weak_ref_get (&act->overlay);
  guint64 command = gez_store_commit_finish (GEZ_STORE (source), result, &error);
  guint64 *given = g_new0 (guint64, 1);

  if (error != NULL)
    say_failure (act, error);
  else if (command != 0)
    {
      Done *done = g_rc_box_new0 (Done);

      done->command = command;
      remember (act->context, done);
      if (overlay != NULL && act->done != NULL)
        offer_undo (overlay, act->context, done, act->done);
      done_release (done);
    }
  *given = command;
  g_task_return_pointer (task, given, g_free);
}

/**
 * gez_act_async:
 * @from: what the person used
 * @context: of the open store
 * @change: (transfer full): what is to be written
 * @done: (nullable): what was done, as a sentence for people, with an offer to undo it
 * @callback: (nullable): called when it was written or refused; failures were said already
 * @user_data: for @callback
 */
void
gez_act_async (GtkWidget           *from,
               GezContext          *context,
               GezChange           *change,
               const char          *done,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_autoptr (GezChange) owned = change;
  GTask *task;
  Act *act;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_CHANGE (change));

  act = g_new0 (Act, 1);
  g_weak_ref_init (&act->from, from);
  g_weak_ref_init (&act->window, find_window (from));
  g_weak_ref_init (&act->overlay, find_overlay (from));
  act->context = g_object_ref (context);
  act->done = g_strdup (done);

  task = g_task_new (from, NULL, callback, user_data);
  g_task_set_source_tag (task, gez_act_async);
  g_task_set_task_data (task, act, act_free);
  gez_store_commit_async (gez_context_get_store (context), owned, NULL, committed_cb, task);
}

/**
 * gez_act_finish:
 * @result: what the callback was given
 *
 * Returns: the number of the command, or 0 when nothing was written
 */
guint64
gez_act_finish (GAsyncResult *result)
{
  g_autofree guint64 *command = NULL;

  g_return_val_if_fail (G_IS_TASK (result), 0);

  command = g_task_propagate_pointer (G_TASK (result), NULL);
  return command != NULL ? *command : 0;
}

/**
 * gez_act:
 * @from: what the person used
 * @context: of the open store
 * @change: (transfer full): what is to be written
 * @done: (nullable): what was done, as a sentence for people, with an offer to undo it
 *
 * Writes and says how it went.
 */
void
gez_act (GtkWidget  *from,
         GezContext *context,
         GezChange  *change,
         const char *done)
{
  gez_act_async (from, context, change, done, NULL, NULL);
}
