/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-confirm.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/gez-text.h"

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

typedef struct
{
  GezReasonGiven given;
  gpointer user_data;
  GDestroyNotify free_data;
  GtkWidget *entry;
} ReasonQuestion;

static void
reason_question_free (gpointer  data,
                      GClosure *closure)
{
  ReasonQuestion *question = data;

  if (question->free_data != NULL)
    question->free_data (question->user_data);
  g_free (question);
}

static void
reason_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    ReasonQuestion   *question)
{
  if (g_str_equal (response, "yes"))
    question->given (gtk_editable_get_text (GTK_EDITABLE (question->entry)), question->user_data);
}

static void
reason_changed_cb (GtkEditable      *entry,
                   AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "yes",
                                           !gez_text_is_blank (gtk_editable_get_text (entry)));
}

static void
reason_activated_cb (GtkEditable      *entry,
                     AdwMessageDialog *dialog)
{
  if (adw_message_dialog_get_response_enabled (dialog, "yes"))
    adw_message_dialog_response (dialog, "yes");
}

static GtkWidget *
make_reason_entry (GtkWidget *dialog)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Reason"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Reason"), -1);
  g_signal_connect (entry, "changed", G_CALLBACK (reason_changed_cb), dialog);
  g_signal_connect (entry, "activate", G_CALLBACK (reason_activated_cb), dialog);

  return entry;
}

/**
 * gez_ask_reason:
 * @from: what asks
 * @heading: what is about to happen, in a few words
 * @body: why a reason is asked
 * @action_label: the verb on the button
 * @given: called with the reason
 * @user_data: for @given
 * @free_data: (nullable): called when the question is gone, whatever the answer was
 */
void
gez_ask_reason (GtkWidget      *from,
                const char     *heading,
                const char     *body,
                const char     *action_label,
                GezReasonGiven  given,
                gpointer        user_data,
                GDestroyNotify  free_data)
{
  GtkRoot *root;
  ReasonQuestion *question;
  AdwMessageDialog *dialog;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (given != NULL);

  root = gtk_widget_get_root (from);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root)
                                                                            : NULL, heading, body));
  question = g_new0 (ReasonQuestion, 1);
  question->given = given;
  question->user_data = user_data;
  question->free_data = free_data;
  question->entry = make_reason_entry (GTK_WIDGET (dialog));
  adw_message_dialog_set_extra_child (dialog, question->entry);
  adw_message_dialog_add_response (dialog, "no", _("_Cancel"));
  adw_message_dialog_add_response (dialog, "yes", action_label);
  adw_message_dialog_set_close_response (dialog, "no");
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "yes", FALSE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (reason_response_cb), question,
                         reason_question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (question->entry);
}
