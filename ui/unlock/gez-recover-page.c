/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-recover-page.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-sentence.h"
#include "recovery/gez-words-entry.h"
#include "unlock/gez-front.h"
#include "unlock/gez-new-passphrase.h"
#include "vault/gez-vault-keys.h"

struct _GezRecoverPage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  GtkWidget *front;
  GtkWidget *form; /* NULL where there is no sheet */
  GtkWidget *words;
  GtkWidget *passphrase;
  GtkWidget *open;
  GtkWidget *back;
  GtkWidget *spinner;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (GezRecoverPage, gez_recover_page, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GezRecoverPage *self,
     const char     *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->message), sentence != NULL ? sentence : "");
}

static void
set_working (GezRecoverPage *self,
             gboolean        is_working)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that becomes insensitive does not let go of the focus by itself. */
  if (is_working && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (self->form, !is_working);
  gtk_widget_set_sensitive (self->open, !is_working);
  gtk_widget_set_sensitive (self->back, !is_working);
  gtk_widget_set_visible (self->spinner, is_working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_working);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezRecoverPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_opening_finish (result, &error);
  g_autofree char *sentence = NULL;

  if (self->front == NULL)
    return;
  set_working (self, FALSE);
  if (context != NULL)
    {
      gez_words_entry_wipe (GEZ_WORDS_ENTRY (self->words));
      gez_new_passphrase_wipe (GEZ_NEW_PASSPHRASE (self->passphrase));
      g_signal_emit (self, signals[OPENED], 0, context);
      return;
    }
  sentence = gez_sentence_for_error (error);
  say (self, sentence);
  gtk_widget_grab_focus (self->words);
}

static void
open_cb (GezRecoverPage *self)
{
  g_autofree char *complaint = NULL;
  g_autoptr (GezSecret) code = gez_words_entry_parse (GEZ_WORDS_ENTRY (self->words), &complaint);

  if (code != NULL)
    complaint = gez_new_passphrase_check (GEZ_NEW_PASSPHRASE (self->passphrase));
  if (complaint != NULL)
    {
      say (self, complaint);
      return;
    }
  /* What was typed stays until it worked: fourteen words are much to type again. */
  gez_opening_recover_async (self->opening, code,
                             gez_new_passphrase_peek (GEZ_NEW_PASSPHRASE (self->passphrase)), opened_cb,
                             g_object_ref (self));
  set_working (self, TRUE);
  say (self, _("Opening the file…"));
}

static void
words_done_cb (GezRecoverPage *self)
{
  gtk_widget_grab_focus (self->passphrase);
}

static void
back_cb (GezRecoverPage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static gboolean
gez_recover_page_grab_focus (GtkWidget *widget)
{
  GezRecoverPage *self = GEZ_RECOVER_PAGE (widget);

  return gtk_widget_grab_focus (self->words != NULL ? self->words : self->back);
}

static void
gez_recover_page_dispose (GObject *object)
{
  GezRecoverPage *self = GEZ_RECOVER_PAGE (object);

  g_clear_pointer (&self->front, gtk_widget_unparent);
  g_clear_pointer (&self->opening, gez_opening_free);
  G_OBJECT_CLASS (gez_recover_page_parent_class)->dispose (object);
}

static void
gez_recover_page_class_init (GezRecoverPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_recover_page_dispose;
  widget_class->grab_focus = gez_recover_page_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[OPENED] = g_signal_new ("opened", GEZ_TYPE_RECOVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GEZ_TYPE_CONTEXT);
  signals[BACK] = g_signal_new ("back", GEZ_TYPE_RECOVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
gez_recover_page_init (GezRecoverPage *self)
{
  self->back = gtk_button_new_with_mnemonic (_("_Back to the passphrase"));
  gtk_widget_set_halign (self->back, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->back, "pill");
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_form (GezRecoverPage *self)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->words = gez_words_entry_new ();
  self->passphrase = gez_new_passphrase_new (_("_New passphrase"));
  g_signal_connect_object (self->words, "activate", G_CALLBACK (words_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (form), self->words);
  gtk_box_append (GTK_BOX (form), self->passphrase);
  return form;
}

static GtkWidget *
make_column (GezRecoverPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->form = make_form (self);
  self->open = gtk_button_new_with_mnemonic (_("_Open with the sheet"));
  self->spinner = gtk_spinner_new ();
  self->message = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify", GTK_JUSTIFY_CENTER, NULL);
  gez_accessible_hide_empty (self->message);
  gtk_widget_add_css_class (self->message, "gez-front-message");
  gtk_widget_set_halign (self->open, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_add_css_class (self->open, "pill");
  gtk_widget_add_css_class (self->open, "suggested-action");
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), self->form);
  gtk_box_append (GTK_BOX (column), self->message);
  gtk_box_append (GTK_BOX (column), self->spinner);
  gtk_box_append (GTK_BOX (column), self->open);
  gtk_box_append (GTK_BOX (column), self->back);
  return column;
}

/**
 * gez_recover_page_new:
 * @opening: copied
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_recover_page_new (const GezOpening *opening)
{
  GezRecoverPage *self = g_object_new (GEZ_TYPE_RECOVER_PAGE, NULL);

  self->opening = gez_opening_copy (opening);
  if (gez_vault_header_has_recovery (opening->directory))
    self->front = gez_front_new (_("Passphrase forgotten"),
                                 _("Take the recovery sheet and type its words in order: the first four "
                                   "letters of each are enough. Then choose a new passphrase. Nothing of "
                                   "what you wrote is lost."),
                                 make_column (self));
  else
    self->front = gez_front_new (_("Passphrase forgotten"),
                                 _("There is no recovery sheet of this file. Without the passphrase nobody "
                                   "can open it, and neither can we. Is there an older backup of which you "
                                   "know the passphrase or have the recovery sheet? Then that one can be "
                                   "put back. Else only remembering helps: try what you used before, with "
                                   "and without capitals and spaces."),
                                 self->back);
  gtk_widget_set_parent (self->front, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
