/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-secret-dialog.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-sentence.h"

#define WIDTH 620 /* pixels, and never wider than the window below it */
#define HEIGHT 640

typedef struct
{
  GezContext *context; /* NULL once closed */
  GtkWidget *clamp;
  GtkWidget *step;
  GtkWidget *cancel;
  GtkWidget *button;
  GtkWidget *message;
  GtkWidget *spinner;
  gboolean is_ready;
  gboolean is_working;
} GezSecretDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GezSecretDialog, gez_secret_dialog, ADW_TYPE_WINDOW)

static GezSecretDialogPrivate *
get_private (GezSecretDialog *self)
{
  return gez_secret_dialog_get_instance_private (self);
}

static void
update (GezSecretDialog *self)
{
  GezSecretDialogPrivate *priv = get_private (self);

  gtk_widget_set_sensitive (priv->button, priv->is_ready && !priv->is_working);
  gtk_widget_set_sensitive (priv->clamp, !priv->is_working);
  gtk_widget_set_sensitive (priv->cancel, !priv->is_working);
  gtk_widget_set_visible (priv->spinner, priv->is_working);
  gtk_spinner_set_spinning (GTK_SPINNER (priv->spinner), priv->is_working);
}

/* What is under way cannot be taken back, so nobody closes it without hearing how it went. */
static gboolean
gez_secret_dialog_close_request (GtkWindow *window)
{
  if (get_private (GEZ_SECRET_DIALOG (window))->is_working)
    return TRUE;
  return GTK_WINDOW_CLASS (gez_secret_dialog_parent_class)->close_request (window);
}

static void
gez_secret_dialog_dispose (GObject *object)
{
  GezSecretDialogPrivate *priv = get_private (GEZ_SECRET_DIALOG (object));

  g_clear_object (&priv->context);
  G_OBJECT_CLASS (gez_secret_dialog_parent_class)->dispose (object);
}

static void
gez_secret_dialog_class_init (GezSecretDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_secret_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = gez_secret_dialog_close_request;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_header (GezSecretDialog *self)
{
  GezSecretDialogPrivate *priv = get_private (self);
  GtkWidget *header = adw_header_bar_new ();

  priv->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  priv->button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (priv->button), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->cancel), "window.close");
  gtk_widget_add_css_class (priv->button, "suggested-action");
  g_signal_connect_object (priv->button, "clicked", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), priv->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), priv->button);
  return header;
}

static GtkWidget *
make_foot (GezSecretDialog *self)
{
  GezSecretDialogPrivate *priv = get_private (self);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  priv->spinner = gtk_spinner_new ();
  priv->message = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify", GTK_JUSTIFY_CENTER, NULL);
  gez_accessible_hide_empty (priv->message);
  gtk_widget_add_css_class (priv->message, "gez-front-message");
  gtk_widget_set_margin_start (foot, 18);
  gtk_widget_set_margin_end (foot, 18);
  gtk_widget_set_margin_top (foot, 6);
  gtk_widget_set_margin_bottom (foot, 18);
  gtk_box_append (GTK_BOX (foot), priv->message);
  gtk_box_append (GTK_BOX (foot), priv->spinner);
  return foot;
}

static void
gez_secret_dialog_init (GezSecretDialog *self)
{
  GezSecretDialogPrivate *priv = get_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  priv->clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (priv->clamp), 560);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), priv->clamp);
  gtk_widget_add_css_class (scroller, "gez-secret-step");
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), make_foot (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
}

/**
 * gez_secret_dialog_set_up:
 * @parent: where it was asked for
 * @context: of the open store
 * @title: what it is for
 */
void
gez_secret_dialog_set_up (GezSecretDialog *self,
                          GtkWidget       *parent,
                          GezContext      *context,
                          const char      *title)
{
  GtkRoot *root;

  g_return_if_fail (GEZ_IS_SECRET_DIALOG (self) && GTK_IS_WIDGET (parent));

  get_private (self)->context = g_object_ref (context);
  gtk_window_set_title (GTK_WINDOW (self), title);
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
 * gez_secret_dialog_get_context:
 *
 * Returns: (transfer none): the context
 */
GezContext *
gez_secret_dialog_get_context (GezSecretDialog *self)
{
  g_return_val_if_fail (GEZ_IS_SECRET_DIALOG (self), NULL);

  return get_private (self)->context;
}

/**
 * gez_secret_dialog_show_step:
 * @explanation: what this step is about
 * @button: (nullable): what the button says, with a mnemonic; %NULL for the last step, which is done
 *
 * Destroys what showed before.
 *
 * Returns: (transfer none): a column below the explanation
 */
GtkWidget *
gez_secret_dialog_show_step (GezSecretDialog *self,
                             const char      *explanation,
                             const char      *button)
{
  GezSecretDialogPrivate *priv;
  GtkWidget *step;

  g_return_val_if_fail (GEZ_IS_SECRET_DIALOG (self), NULL);

  priv = get_private (self);
  step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (step, 18);
  gtk_widget_set_margin_bottom (step, 12);
  gtk_widget_set_margin_start (step, 18);
  gtk_widget_set_margin_end (step, 18);
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (explanation, "gez-text"));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  adw_clamp_set_child (ADW_CLAMP (priv->clamp), step);
  gtk_button_set_label (GTK_BUTTON (priv->button), button != NULL ? button : _("_Close"));
  gtk_widget_set_visible (priv->cancel, button != NULL);
  priv->is_ready = TRUE;
  gez_secret_dialog_set_working (self, NULL);
  return step;
}

/**
 * gez_secret_dialog_set_ready:
 * @is_ready: whether the button leads on
 */
void
gez_secret_dialog_set_ready (GezSecretDialog *self,
                             gboolean         is_ready)
{
  g_return_if_fail (GEZ_IS_SECRET_DIALOG (self));

  get_private (self)->is_ready = is_ready;
  update (self);
}

/**
 * gez_secret_dialog_set_working:
 * @sentence: (nullable): what is being worked out; %NULL: nothing
 */
void
gez_secret_dialog_set_working (GezSecretDialog *self,
                               const char      *sentence)
{
  g_return_if_fail (GEZ_IS_SECRET_DIALOG (self));

  /* An entry that becomes insensitive does not let go of the focus by itself. */
  if (sentence != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  get_private (self)->is_working = sentence != NULL;
  gez_secret_dialog_say (self, sentence);
  update (self);
}

/**
 * gez_secret_dialog_say:
 * @sentence: (nullable): what is not right; %NULL when nothing is
 */
void
gez_secret_dialog_say (GezSecretDialog *self,
                       const char      *sentence)
{
  g_return_if_fail (GEZ_IS_SECRET_DIALOG (self));

  gtk_label_set_text (GTK_LABEL (get_private (self)->message), sentence != NULL ? sentence : "");
}

/**
 * gez_secret_dialog_say_error:
 * @error: why it did not work; the step can be tried again
 */
void
gez_secret_dialog_say_error (GezSecretDialog *self,
                             const GError    *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);

  gez_secret_dialog_set_working (self, NULL);
  gez_secret_dialog_say (self, sentence);
}

/**
 * gez_secret_dialog_next:
 *
 * Goes on, when that is possible: what the button does, and Enter in a field.
 */
void
gez_secret_dialog_next (GezSecretDialog *self)
{
  GezSecretDialogPrivate *priv;

  g_return_if_fail (GEZ_IS_SECRET_DIALOG (self));

  priv = get_private (self);
  if (priv->context == NULL || priv->is_working || !priv->is_ready)
    return;
  gez_secret_dialog_say (self, NULL);
  GEZ_SECRET_DIALOG_GET_CLASS (self)->next (self);
}

/**
 * gez_secret_dialog_is_closed:
 *
 * Returns: whether nobody sees it any more; work that was under way has no say then
 */
gboolean
gez_secret_dialog_is_closed (GezSecretDialog *self)
{
  g_return_val_if_fail (GEZ_IS_SECRET_DIALOG (self), TRUE);

  return get_private (self)->context == NULL;
}

/**
 * gez_secret_dialog_text_new:
 *
 * Returns: (transfer floating): a paragraph
 */
GtkWidget *
gez_secret_dialog_text_new (const char *text,
                            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}
