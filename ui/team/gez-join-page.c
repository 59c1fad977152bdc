/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-join-page.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-file-choice.h"
#include "common/gez-focus.h"
#include "common/gez-sentence.h"
#include "common/gez-words.h"
#include "recovery/gez-words-entry.h"
#include "sync/gez-sync.h"
#include "sync/gez-sync-words.h"
#include "team/gez-joining.h"
#include "unlock/gez-front.h"
#include "unlock/gez-new-passphrase.h"

/* Two steps on one page: first what the words open, then the passphrase of the new store. What was typed
 * stays until it worked: fourteen words are much to type again. */

struct _GezJoinPage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  char *folder_uri;
  GezJoining *joining; /* from when the words opened an invitation */
  GCancellable *cancellable;

  GtkWidget *front;
  GtkWidget *form;
  GtkWidget *first;
  GtkWidget *folder;
  GtkWidget *choose;
  GtkWidget *words;
  GtkWidget *second;
  GtkWidget *greeting;
  GtkWidget *passphrase;
  GtkWidget *next;
  GtkWidget *back;
  GtkWidget *spinner;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (GezJoinPage, gez_join_page, GTK_TYPE_WIDGET)

enum
{
  JOINED,
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GezJoinPage *self,
     const char  *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->message), sentence != NULL ? sentence : "");
}

static void
say_error (GezJoinPage  *self,
           const GError *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);

  say (self, sentence);
}

static void
set_working (GezJoinPage *self,
             gboolean     is_working)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that becomes insensitive does not let go of the focus by itself. */
  if (is_working && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (self->form, !is_working);
  gtk_widget_set_sensitive (self->next, !is_working);
  gtk_widget_set_sensitive (self->back, !is_working);
  gtk_widget_set_visible (self->spinner, is_working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_working);
}

static void
show_first (GezJoinPage *self)
{
  g_clear_pointer (&self->joining, gez_joining_free);
  gtk_widget_set_visible (self->first, TRUE);
  gtk_widget_set_visible (self->second, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->next), _("_Next"));
}

static void
show_second (GezJoinPage *self)
{
  const GezInvitation *invitation = self->joining->invitation;
  gboolean has_name = invitation->team_name != NULL && *invitation->team_name != '\0';
  const char *team = has_name ? invitation->team_name : _("a team without a name");
  g_autofree char *greeting = NULL;

  if (invitation->is_for_device)
    greeting = g_strdup_printf (_("Welcome back, %s. This becomes another device of yours in the team: %s."),
                                invitation->name, team);
  else
    greeting = g_strdup_printf (_("Welcome, %s. You join this team: %s. Your role there: %s."),
                                invitation->name, team, gez_words_get (GEZ_WORDS_MEMBER_ROLE, invitation->role));
  gtk_label_set_text (GTK_LABEL (self->greeting), greeting);
  gtk_widget_set_visible (self->first, FALSE);
  gtk_widget_set_visible (self->second, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->next), _("_Join the team"));
  gtk_widget_grab_focus (self->passphrase);
}

/* The second step --------------------------------------------------------------------------------- */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezJoinPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_opening_finish (result, &error);

  if (self->front == NULL)
    return;
  set_working (self, FALSE);
  if (context != NULL)
    {
      g_signal_emit (self, signals[JOINED], 0, context);
      return;
    }
  show_first (self);
  say_error (self, error);
  gtk_widget_grab_focus (self->words);
}

static void
join (GezJoinPage *self)
{
  g_autofree char *advice = gez_new_passphrase_check (GEZ_NEW_PASSPHRASE (self->passphrase));

  if (advice != NULL)
    {
      say (self, advice);
      return;
    }
  gez_opening_join_async (self->opening, gez_new_passphrase_peek (GEZ_NEW_PASSPHRASE (self->passphrase)),
                          g_steal_pointer (&self->joining), opened_cb, g_object_ref (self));
  gez_new_passphrase_wipe (GEZ_NEW_PASSPHRASE (self->passphrase));
  set_working (self, TRUE);
  say (self, _("Making your file…"));
}

/* The first step ---------------------------------------------------------------------------------- */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GezJoinPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roster_files = NULL;
  g_autoptr (GezInvitation) invitation = gez_sync_find_invitation_finish (result, &roster_files, &error);

  if (self->front == NULL)
    return;
  set_working (self, FALSE);
  if (invitation == NULL)
    {
      show_first (self);
      say_error (self, error);
      gtk_widget_grab_focus (self->words);
      return;
    }
  self->joining->invitation = g_steal_pointer (&invitation);
  self->joining->roster_files = g_steal_pointer (&roster_files);
  say (self, NULL);
  show_second (self);
}

static void
find (GezJoinPage *self)
{
  g_autofree char *complaint = NULL;
  GezSecret *code;

  if (self->folder_uri == NULL)
    {
      say (self, _("Choose the folder first that your team shares."));
      gtk_widget_grab_focus (self->choose);
      return;
    }
  code = gez_words_entry_parse (GEZ_WORDS_ENTRY (self->words), &complaint);
  if (code == NULL)
    {
      say (self, complaint);
      return;
    }
  g_clear_pointer (&self->joining, gez_joining_free);
  self->joining = gez_joining_new (self->folder_uri, code);
  gez_sync_find_invitation_async (self->folder_uri, code, self->cancellable, found_cb, g_object_ref (self));
  set_working (self, TRUE);
  say (self, _("Looking for the invitation in the folder…"));
}

static void
next_cb (GezJoinPage *self)
{
  if (self->joining != NULL && self->joining->invitation != NULL)
    join (self);
  else
    find (self);
}

static void
back_cb (GezJoinPage *self)
{
  if (self->joining == NULL || self->joining->invitation == NULL)
    {
      g_signal_emit (self, signals[BACK], 0);
      return;
    }
  show_first (self);
  say (self, NULL);
  gtk_widget_grab_focus (self->words);
}

static void
chosen_cb (GListModel *files,
           gpointer    data)
{
  GezJoinPage *self = data;
  g_autoptr (GFile) folder = g_list_model_get_item (files, 0);
  g_autofree char *uri = g_file_get_uri (folder);

  if (self->front != NULL)
    gez_join_page_set_folder (self, uri);
}

static void
choose_cb (GezJoinPage *self)
{
  gez_file_choice_folder (GTK_WIDGET (self), _("The folder that your team shares"), _("_Choose"), chosen_cb,
                          g_object_ref (self), g_object_unref);
}

/* Making ------------------------------------------------------------------------------------------ */

static gboolean
gez_join_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_JOIN_PAGE (widget)->choose);
}

static void
gez_join_page_dispose (GObject *object)
{
  GezJoinPage *self = GEZ_JOIN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->front, gtk_widget_unparent);
  g_clear_pointer (&self->joining, gez_joining_free);
  g_clear_pointer (&self->opening, gez_opening_free);
  g_clear_pointer (&self->folder_uri, g_free);
  G_OBJECT_CLASS (gez_join_page_parent_class)->dispose (object);
}

static void
gez_join_page_class_init (GezJoinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_join_page_dispose;
  widget_class->grab_focus = gez_join_page_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[JOINED] = g_signal_new ("joined", GEZ_TYPE_JOIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GEZ_TYPE_CONTEXT);
  signals[BACK] = g_signal_new ("back", GEZ_TYPE_JOIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static GtkWidget *
make_text (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_first (GezJoinPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->choose = gtk_button_new_with_mnemonic (_("Choose the shared _folder…"));
  self->folder = make_text (_("None chosen yet"), "gez-detail");
  self->words = gez_words_entry_new_for_invitation ();
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->words, "activate", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), self->choose);
  gtk_box_append (GTK_BOX (column), self->folder);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), self->words);
  return box;
}

static GtkWidget *
make_second (GezJoinPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->greeting = make_text (NULL, "gez-text");
  gez_accessible_hide_empty (self->greeting);
  self->passphrase = gez_new_passphrase_new (_("_Passphrase"));
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->greeting);
  gtk_box_append (GTK_BOX (box), self->passphrase);
  gtk_box_append (GTK_BOX (box),
                  make_text (_("The passphrase opens your file on this computer; nobody in the team knows "
                               "it. Write it down and keep it in a safe place. When you forget it, the "
                               "recovery sheet of your team opens your file."), "gez-notice"));
  return box;
}

static GtkWidget *
make_button (GezJoinPage *self,
             const char  *label,
             GCallback    clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
gez_join_page_init (GezJoinPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->first = make_first (self);
  self->second = make_second (self);
  gtk_box_append (GTK_BOX (self->form), self->first);
  gtk_box_append (GTK_BOX (self->form), self->second);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  self->message = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify", GTK_JUSTIFY_CENTER, NULL);
  gez_accessible_hide_empty (self->message);
  gtk_widget_add_css_class (self->message, "gez-front-message");
  self->next = make_button (self, _("_Next"), G_CALLBACK (next_cb));
  gtk_widget_add_css_class (self->next, "suggested-action");
  self->back = make_button (self, _("_Back"), G_CALLBACK (back_cb));
  gtk_box_append (GTK_BOX (column), self->form);
  gtk_box_append (GTK_BOX (column), self->message);
  gtk_box_append (GTK_BOX (column), self->spinner);
  gtk_box_append (GTK_BOX (column), self->next);
  gtk_box_append (GTK_BOX (column), self->back);
  self->front = gez_front_new (_("You were invited"),
                               _("Choose the folder that your team shares, and type the words of the "
                                 "invitation: the first four letters of each are enough."), column);
  gtk_widget_set_parent (self->front, GTK_WIDGET (self));
  show_first (self);
}

/**
 * gez_join_page_new:
 * @opening: copied; there is no store in its directory yet
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_join_page_new (const GezOpening *opening)
{
  GezJoinPage *self = g_object_new (GEZ_TYPE_JOIN_PAGE, NULL);

  self->opening = gez_opening_copy (opening);
  return GTK_WIDGET (self);
}

/**
 * gez_join_page_set_folder:
 * @uri: of the shared folder, as this device sees it
 *
 * What happens when a folder was chosen.
 */
void
gez_join_page_set_folder (GezJoinPage *self,
                          const char  *uri)
{
  g_autofree char *name = NULL;

  g_return_if_fail (GEZ_IS_JOIN_PAGE (self) && uri != NULL);

  g_free (self->folder_uri);
  self->folder_uri = g_strdup (uri);
  name = gez_sync_words_folder (uri);
  gtk_label_set_text (GTK_LABEL (self->folder), name);
  say (self, NULL);
  gtk_widget_grab_focus (self->words);
}
