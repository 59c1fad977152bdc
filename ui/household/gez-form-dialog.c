/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-form-dialog.h"

#include "common/gez-act.h"
#include "household/gez-form.h"

#include <glib/gi18n.h>

#define WIDTH 560 /* pixels, and never wider than the window below it */

typedef struct
{
  GezContext *context;
  GtkWidget *from; /* weak: where the toast goes */
  char *done;
  gboolean is_writing;

  GtkWidget *save_button;
  GtkWidget *complaint;
  GtkWidget *content;
} GezFormDialogPrivate;

#define WIDTH 560
#define HEIGHT 640

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GezFormDialog, gez_form_dialog, ADW_TYPE_WINDOW)

static GezFormDialogPrivate *
get_private (GezFormDialog *self)
{
  return gez_form_dialog_get_instance_private (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GezFormDialog) self = user_data;
  GezFormDialogPrivate *priv = get_private (self);

  guint64 command = gez_act_finish (result);

  priv->is_writing = FALSE;
  if (priv->context == NULL) /* closed meanwhile */
    return;

  if (command == 0)
    {
      gtk_widget_set_sensitive (priv->save_button, TRUE);
      gez_form_dialog_complain (self, NULL, _("This was not saved. What you typed is still here."));
      return;
    }

  if (GEZ_FORM_DIALOG_GET_CLASS (self)->written != NULL)
    GEZ_FORM_DIALOG_GET_CLASS (self)->written (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
save_shortcut_cb (GtkWidget *widget,
                  GVariant  *arguments,
                  gpointer   user_data)
{
  gez_form_dialog_save (GEZ_FORM_DIALOG (widget));

  return TRUE;
}

static void
gez_form_dialog_dispose (GObject *object)
{
  GezFormDialogPrivate *priv = get_private (GEZ_FORM_DIALOG (object));

  g_clear_weak_pointer (&priv->from);
  g_clear_object (&priv->context);

  G_OBJECT_CLASS (gez_form_dialog_parent_class)->dispose (object);
}

static void
gez_form_dialog_finalize (GObject *object)
{
  GezFormDialogPrivate *priv = get_private (GEZ_FORM_DIALOG (object));

  g_free (priv->done);

  G_OBJECT_CLASS (gez_form_dialog_parent_class)->finalize (object);
}

static void
gez_form_dialog_class_init (GezFormDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_form_dialog_dispose;
  object_class->finalize = gez_form_dialog_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_body (GezFormDialogPrivate *priv)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  priv->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (priv->content, 18);
  gtk_widget_set_margin_bottom (priv->content, 24);
  gtk_widget_set_margin_start (priv->content, 12);
  gtk_widget_set_margin_end (priv->content, 12);

  priv->complaint = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                  "visible", FALSE, "wrap", TRUE, "xalign", 0.0f, NULL);
  gtk_widget_add_css_class (priv->complaint, "error");
  gtk_box_append (GTK_BOX (priv->content), priv->complaint);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), priv->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);

  return scroller;
}

static void
gez_form_dialog_init (GezFormDialog *self)
{
  GezFormDialogPrivate *priv = get_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  priv->save_button = gtk_button_new ();
  gtk_widget_add_css_class (priv->save_button, "suggested-action");
  g_signal_connect_object (priv->save_button, "clicked", G_CALLBACK (gez_form_dialog_save), self,
                           G_CONNECT_SWAPPED);

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), priv->save_button);

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), make_body (priv));
  adw_window_set_content (ADW_WINDOW (self), box);
  gez_form_save_on_keys (GTK_WIDGET (self), save_shortcut_cb);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
}

/**
 * gez_form_dialog_set_up:
 * @self: the dialog
 * @parent: where it was asked for; the toast goes there
 * @context: the context
 * @title: what the form is for; no names of people
 * @save_label: what the button says, with a mnemonic
 * @done: (nullable): the sentence of the toast
 */
void
gez_form_dialog_set_up (GezFormDialog *self,
                        GtkWidget     *parent,
                        GezContext    *context,
                        const char    *title,
                        const char    *save_label,
                        const char    *done)
{
  GezFormDialogPrivate *priv;
  GtkRoot *root;

  g_return_if_fail (GEZ_IS_FORM_DIALOG (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  priv = get_private (self);
  priv->context = g_object_ref (context);
  g_set_weak_pointer (&priv->from, parent);
  priv->done = g_strdup (done);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (GTK_BUTTON (priv->save_button), save_label);
  gtk_button_set_use_underline (GTK_BUTTON (priv->save_button), TRUE);

  root = gtk_widget_get_root (parent);
  if (GTK_IS_WINDOW (root))
    {
      int width = gtk_widget_get_width (GTK_WIDGET (root));

      gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH, HEIGHT);
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
}

/**
 * gez_form_dialog_get_context:
 * @self: the dialog
 *
 * Returns: (transfer none): the context
 */
GezContext *
gez_form_dialog_get_context (GezFormDialog *self)
{
  g_return_val_if_fail (GEZ_IS_FORM_DIALOG (self), NULL);

  return get_private (self)->context;
}

/**
 * gez_form_dialog_get_from:
 * @self: the dialog
 *
 * Returns: (transfer none) (nullable): the widget where it was asked for, while that is there
 */
GtkWidget *
gez_form_dialog_get_from (GezFormDialog *self)
{
  g_return_val_if_fail (GEZ_IS_FORM_DIALOG (self), NULL);

  return get_private (self)->from;
}

/**
 * gez_form_dialog_append:
 * @self: the dialog
 * @widget: (transfer floating): what comes next in the form
 */
void
gez_form_dialog_append (GezFormDialog *self,
                        GtkWidget     *widget)
{
  g_return_if_fail (GEZ_IS_FORM_DIALOG (self));

  gtk_box_append (GTK_BOX (get_private (self)->content), widget);
}

/**
 * gez_form_dialog_add_list:
 * @self: the dialog
 * @heading: what its rows are about
 *
 * Returns: (transfer none): a #GtkListBox under @heading
 */
GtkWidget *
gez_form_dialog_add_list (GezFormDialog *self,
                          const char    *heading)
{
  GtkWidget *list = gez_form_list (heading);
  GtkWidget *label = gez_form_heading (heading);

  gtk_widget_set_margin_top (label, 12);
  gez_form_dialog_append (self, label);
  gez_form_dialog_append (self, list);

  return list;
}

/**
 * gez_form_dialog_set_ready:
 * @self: the dialog
 * @ready: whether there is enough to save
 */
void
gez_form_dialog_set_ready (GezFormDialog *self,
                           gboolean       ready)
{
  g_return_if_fail (GEZ_IS_FORM_DIALOG (self));

  gtk_widget_set_sensitive (get_private (self)->save_button,
                            ready && !get_private (self)->is_writing);
}

/**
 * gez_form_dialog_complain:
 * @self: the dialog
 * @widget: (nullable): where the person must look
 * @sentence: (nullable): what is not right; %NULL when nothing is
 */
void
gez_form_dialog_complain (GezFormDialog *self,
                          GtkWidget     *widget,
                          const char    *sentence)
{
  GezFormDialogPrivate *priv;

  g_return_if_fail (GEZ_IS_FORM_DIALOG (self));

  priv = get_private (self);
  gtk_label_set_text (GTK_LABEL (priv->complaint), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (priv->complaint, sentence != NULL);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

/**
 * gez_form_dialog_save:
 * @self: the dialog
 *
 * Writes what the form holds, when it can be written.
 */
void
gez_form_dialog_save (GezFormDialog *self)
{
  GezFormDialogPrivate *priv;
  GezChange *change;

  g_return_if_fail (GEZ_IS_FORM_DIALOG (self));

  priv = get_private (self);
  if (priv->is_writing || !gtk_widget_get_sensitive (priv->save_button))
    return;

  gez_form_dialog_complain (self, NULL, NULL);
  change = GEZ_FORM_DIALOG_GET_CLASS (self)->make_change (self);
  if (change == NULL)
    return;

  priv->is_writing = TRUE;
  gtk_widget_set_sensitive (priv->save_button, FALSE);
  gez_act_async (priv->from != NULL ? priv->from : GTK_WIDGET (self), priv->context, change,
                 priv->done, written_cb, g_object_ref (self));
}
