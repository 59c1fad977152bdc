/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. The code stays in locked memory and on the screen. The words are drawn letter by letter and are not on
 *    the accessibility bus; who cannot see them copies them, or has them read by a camera.
 * 2. When the window closes nothing of it is left here. What was copied goes from the clipboard at the lock.
 */

#include "team/gez-invite-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/gez-text.h"
#include "circle/gez-invitation.h"
#include "circle/gez-team-work.h"
#include "common/gez-accessible.h"
#include "common/gez-format.h"
#include "common/gez-paste.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "recovery/gez-secret-dialog.h"
#include "recovery/gez-word-label.h"
#include "sync/gez-sync-of.h"
#include "team/gez-qr-picture.h"
#include "unlock/gez-front.h"
#include "vault/gez-recovery-words.h"

#define WORDS_IN_A_GROUP (GEZ_RECOVERY_N_WORDS / 2)
#define N_ROLES 3

#define GEZ_TYPE_INVITE_DIALOG (gez_invite_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezInviteDialog, gez_invite_dialog, GEZ, INVITE_DIALOG, GezSecretDialog)

struct _GezInviteDialog
{
  GezSecretDialog parent_instance;

  GezTeamAct *act; /* holds the code */
  gboolean is_for_device;
  gboolean is_made;
  GtkWidget *name;
  GtkWidget *roles[N_ROLES];
  GtkWidget *copied;
};

G_DEFINE_FINAL_TYPE (GezInviteDialog, gez_invite_dialog, GEZ_TYPE_SECRET_DIALOG)

static const char *const role_codes[N_ROLES] = { "casemanager", "brugfiguur", "teamleider" };

/* The code ---------------------------------------------------------------------------------------- */

static GtkWidget *
make_word (const GezSecret *code,
           guint            index)
{
  const char *word = gez_recovery_code_get_word (code, index);
  g_autofree char *number = g_strdup_printf ("%u.", index + 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *before = gtk_label_new (number);
  GtkWidget *label = gez_word_label_new ();

  gtk_label_set_width_chars (GTK_LABEL (before), 3);
  gtk_label_set_xalign (GTK_LABEL (before), 1);
  gtk_widget_add_css_class (before, "dim-label");
  gez_word_label_set_word (GEZ_WORD_LABEL (label),
                           gez_recovery_words_find ((GezPassphrase) { word, GEZ_RECOVERY_LETTERS }));
  gtk_box_append (GTK_BOX (line), before);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

/* In two columns, as they are typed. */
static GtkWidget *
make_words (const GezSecret *code)
{
  GtkWidget *groups = gez_wrap_box_new (24, 18);
  GtkWidget *group = NULL;

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    {
      if (i % WORDS_IN_A_GROUP == 0)
        {
          group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
          gtk_box_append (GTK_BOX (groups), group);
        }
      gtk_box_append (GTK_BOX (group), make_word (code, i));
    }
  return groups;
}

static void
copy_cb (GezInviteDialog *self)
{
  const GezSecret *code = gez_team_act_get_code (self->act);
  GString *words = g_string_sized_new (GEZ_RECOVERY_N_WORDS * (GEZ_RECOVERY_WORD_LONGEST + 1) + 1);

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    {
      if (i > 0)
        g_string_append_c (words, ' ');
      g_string_append (words, gez_recovery_code_get_word (code, i));
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), words->str);
  explicit_bzero (words->str, words->len);
  g_string_free (words, TRUE);
  gtk_label_set_text (GTK_LABEL (self->copied), _("Copied. Paste it only where nobody else reads it."));
}

static GtkWidget *
make_code (GezInviteDialog *self)
{
  const GezSecret *code = gez_team_act_get_code (self->act);
  g_autoptr (GezSecretText) text = gez_invitation_code_to_qr (code);
  GtkWidget *row = gez_wrap_box_new (24, 18);

  gtk_box_append (GTK_BOX (row), make_words (code));
  gtk_box_append (GTK_BOX (row), gez_qr_picture_new (gez_secret_text_peek (text),
                                                     _("The same as a QR code, for a camera")));
  return row;
}

static GtkWidget *
make_copy (GezInviteDialog *self)
{
  GtkWidget *box = gez_wrap_box_new (12, 6);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Co_py the words"));

  self->copied = gez_secret_dialog_text_new ("", "gez-detail");
  gez_accessible_hide_empty (self->copied);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), self->copied);
  return box;
}

static void
show_code (GezInviteDialog      *self,
           const GezTeamInvited *invited)
{
  GezClock *clock = gez_context_get_clock (gez_secret_dialog_get_context (GEZ_SECRET_DIALOG (self)));
  g_autofree char *date = gez_clock_date_of (clock, invited->valid_until), *day = gez_format_date_long (date);
  g_autofree char *notice = g_strdup_printf (
    _("The words work once, until %s. They do not show again: when they are lost, withdraw the invitation "
      "and make a new one."), day);
  GtkWidget *step;

  self->is_made = TRUE;
  step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    self->is_for_device
      ? _("On the other computer: start Gezinsplan, choose “I was invited”, choose the shared folder there, "
          "and type these words.")
      : _("Tell your colleague: start Gezinsplan, choose “I was invited”, choose the shared folder, and type "
          "these words. Tell them in person or on the telephone, not in a mail. Then compare the digits that "
          "you both see."),
    NULL);
  gtk_box_append (GTK_BOX (step), make_code (self));
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (notice, "gez-notice"));
  gtk_box_append (GTK_BOX (step), make_copy (self));
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
    _("These digits must stand there after joining:"), "gez-text"));
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (invited->check, "gez-digits"));
}

static void
view_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GezInviteDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezTeamView) view = gez_store_run_finish (GEZ_STORE (source), result, &error);
  const GezId *id = self->act != NULL ? gez_team_act_get_invitation (self->act) : NULL;

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  if (view == NULL)
    {
      gez_secret_dialog_say_error (GEZ_SECRET_DIALOG (self), error);
      return;
    }
  for (guint i = 0; i < view->invited->len; i++)
    {
      const GezTeamInvited *invited = g_ptr_array_index (view->invited, i);

      if (gez_id_equal (&invited->id, id))
        show_code (self, invited);
    }
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GezInviteDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezQuery) query = NULL;
  gboolean is_done = gez_team_act_finish (self->act, result, &error);

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  if (!is_done)
    {
      gez_secret_dialog_say_error (GEZ_SECRET_DIALOG (self), error);
      return;
    }
  gez_sync_now (gez_sync_of (gez_secret_dialog_get_context (GEZ_SECRET_DIALOG (self))));
  query = gez_team_view_query ();
  gez_store_run_async (gez_context_get_store (gez_secret_dialog_get_context (GEZ_SECRET_DIALOG (self))),
                       query, NULL, view_read_cb, g_object_ref (self));
}

/* Whom ------------------------------------------------------------------------------------------- */

static const char *
get_role (GezInviteDialog *self)
{
  for (guint i = 0; i < N_ROLES; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->roles[i])))
      return role_codes[i];
  return role_codes[0];
}

static GezTeamAct *
make_act (GezInviteDialog *self)
{
  g_autofree char *name = NULL;

  if (self->is_for_device)
    return gez_team_act_invite_device ();
  name = gez_text_normalise (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  if (!gez_text_is_blank (name))
    return gez_team_act_invite (name, get_role (self), NULL);
  gez_secret_dialog_say (GEZ_SECRET_DIALOG (self), _("Fill in who is invited."));
  gtk_widget_grab_focus (self->name);
  return NULL;
}

static void
gez_invite_dialog_next (GezSecretDialog *dialog)
{
  GezInviteDialog *self = GEZ_INVITE_DIALOG (dialog);
  GezStore *store = gez_context_get_store (gez_secret_dialog_get_context (dialog));
  GezTeamAct *act;

  if (self->is_made)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  act = make_act (self);
  if (act == NULL)
    return;
  g_set_object (&self->act, act);
  g_object_unref (act);
  gez_secret_dialog_set_working (dialog, _("Making the invitation…"));
  gez_team_act_async (self->act, store, NULL, made_cb, g_object_ref (self));
}

static void
gez_invite_dialog_dispose (GObject *object)
{
  g_clear_object (&GEZ_INVITE_DIALOG (object)->act);
  G_OBJECT_CLASS (gez_invite_dialog_parent_class)->dispose (object);
}

static void
gez_invite_dialog_class_init (GezInviteDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_invite_dialog_dispose;
  GEZ_SECRET_DIALOG_CLASS (klass)->next = gez_invite_dialog_next;
}

static void
gez_invite_dialog_init (GezInviteDialog *self)
{
}

static GtkWidget *
make_roles (GezInviteDialog *self)
{
  GtkWidget *box = gez_wrap_box_new (12, 0);

  for (guint i = 0; i < N_ROLES; i++)
    {
      self->roles[i] = gtk_check_button_new_with_label (gez_words_get (GEZ_WORDS_MEMBER_ROLE, role_codes[i]));
      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (self->roles[i]), GTK_CHECK_BUTTON (self->roles[0]));
      gtk_box_append (GTK_BOX (box), self->roles[i]);
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->roles[0]), TRUE);
  return box;
}

static void
show_form (GezInviteDialog *self)
{
  GtkWidget *step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("Your colleague gets a code of fourteen words, which works once. Who uses it is in the team at once, "
      "and reads what the whole team reads. You give access to files yourself, one by one."),
    _("_Make the code"));

  self->name = gtk_entry_new ();
  gez_paste_limit (self->name, GEZ_PASTE_LINE);
  gtk_entry_set_max_length (GTK_ENTRY (self->name), 200);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of your colleague"), -1);
  g_signal_connect_object (self->name, "activate", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (step), gez_front_field_new (_("_Name of your colleague"), self->name));
  gtk_box_append (GTK_BOX (step), gez_front_field_new (_("Role in the team"), make_roles (self)));
}

/**
 * gez_invite_dialog_present:
 * @parent: where it was asked for
 * @context: of the open store
 *
 * Asks who is invited, and shows the code.
 */
void
gez_invite_dialog_present (GtkWidget  *parent,
                           GezContext *context)
{
  GezInviteDialog *self = g_object_new (GEZ_TYPE_INVITE_DIALOG, NULL);

  gez_secret_dialog_set_up (GEZ_SECRET_DIALOG (self), parent, context, _("Invite a colleague"));
  show_form (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->name);
}

/**
 * gez_invite_dialog_present_for_device:
 * @parent: where it was asked for
 * @context: of the open store
 *
 * Shows a code for another computer of the same person.
 */
void
gez_invite_dialog_present_for_device (GtkWidget  *parent,
                                      GezContext *context)
{
  GezInviteDialog *self = g_object_new (GEZ_TYPE_INVITE_DIALOG, NULL);

  self->is_for_device = TRUE;
  gez_secret_dialog_set_up (GEZ_SECRET_DIALOG (self), parent, context, _("Another device of your own"));
  gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("On your other computer you will see the same files as here. You get a code of fourteen words, which "
      "works once. Whoever uses it works under your name: keep it to yourself."), _("_Make the code"));
  gtk_window_present (GTK_WINDOW (self));
}
