/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-confirm.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GezConfirmed confirmed;
  gpointer user_data;
  GDestroyNotify free_data;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->user_data);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  if (g_str_equal (response, "yes"))
    question->confirmed (question->user_data);
}

/**
 * gez_confirm:
 * @from: what asks
 * @heading: the question in a few words
 * @body: what happens, and what cannot be undone
 * @action_label: the verb on the button
 * @destructive: whether something is lost by it
 * @confirmed: called for a yes
 * @user_data: for @confirmed
 * @free_data: (nullable): called when the question is gone, whatever the answer was
 */
void
gez_confirm (GtkWidget      *from,
             const char     *heading,
             const char     *body,
             const char     *action_label,
             gboolean        destructive,
             GezConfirmed    confirmed,
             gpointer        user_data,
             GDestroyNotify  free_data)
{
  Question *question;
  GtkRoot *root;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (confirmed != NULL);

  question = g_new0 (Question, 1);
  question->confirmed = confirmed;
  question->user_data = user_data;
  question->free_data = free_data;

  root = gtk_widget_get_root (from);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "no", _("_Cancel"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "yes", action_label);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), destructive ? "no" : "yes");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
