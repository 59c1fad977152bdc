/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-unlock-page.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-passphrase-entry.h"
#include "common/gez-sentence.h"
#include "unlock/gez-front.h"

#define WRONG_BEFORE_AN_OFFER 3

struct _GezUnlockPage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  GtkWidget *front;
  GtkWidget *entry;
  GtkWidget *open;
  GtkWidget *forgotten;
  GtkWidget *spinner;
  GtkWidget *message;
  guint n_wrong; /* passphrases in a row */
};

G_DEFINE_FINAL_TYPE (GezUnlockPage, gez_unlock_page, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  FORGOTTEN,
  DAMAGED,
  UNFINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GezUnlockPage *self,
     const char    *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->message), sentence != NULL ? sentence : "");
}

static void
set_working (GezUnlockPage *self,
             gboolean       is_working)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that becomes insensitive does not let go of the focus by itself. */
  if (is_working && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (self->entry, !is_working);
  gtk_widget_set_sensitive (self->open, !is_working);
  gtk_widget_set_sensitive (self->forgotten, !is_working);
  gtk_widget_set_visible (self->spinner, is_working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_working);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
         || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED);
}

/* Another passphrase would not help: the whole page says what is wrong. */
static gboolean
is_beyond_a_passphrase (const GError *error)
{
  return is_damage (error) || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW)
         || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE)
         || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_TOO_NEW);
}

static void
show_trouble (GezUnlockPage *self,
              const GError  *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);
  g_autofree char *where = g_strdup_printf (_("Folder: %s"), self->opening->directory);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *fold = gtk_expander_new (_("Details"));
  GtkWidget *details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *quit = gtk_button_new_with_mnemonic (_("_Quit"));
  const char *const lines[] = { where, error->message };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GtkWidget *line = gtk_label_new (lines[i]);

      gtk_label_set_wrap (GTK_LABEL (line), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (line), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (line), TRUE);
      gtk_label_set_xalign (GTK_LABEL (line), 0);
      gtk_box_append (GTK_BOX (details), line);
    }
  gtk_expander_set_child (GTK_EXPANDER (fold), details);
  gtk_widget_set_halign (quit, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (quit, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (quit), "app.quit");
  gtk_box_append (GTK_BOX (column), quit);
  gtk_box_append (GTK_BOX (column), fold);

  self->entry = self->open = self->forgotten = self->spinner = self->message = NULL;
  gtk_widget_unparent (self->front);
  self->front = gez_front_new (_("This file cannot be opened"), sentence, column);
  gtk_widget_set_parent (self->front, GTK_WIDGET (self));
  gtk_widget_grab_focus (quit);
}

/* Who typed it wrong some times may have forgotten it: the way out comes into view. */
static void
offer_sheet (GezUnlockPage *self)
{
  say (self, _("That is not the passphrase of this file. Did you forget it? With your recovery sheet you can "
               "choose a new one."));
  gtk_widget_remove_css_class (self->forgotten, "flat");
}

static void
forgotten_cb (GezUnlockPage *self)
{
  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->entry));
  g_signal_emit (self, signals[FORGOTTEN], 0);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezUnlockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_opening_finish (result, &error);

  if (self->entry == NULL)
    return;
  set_working (self, FALSE);
  if (context != NULL)
    g_signal_emit (self, signals[OPENED], 0, context);
  else if (gez_opening_is_unfinished (result))
    g_signal_emit (self, signals[UNFINISHED], 0);
  else if (is_damage (error))
    {
      g_autoptr (GezVault) vault = gez_opening_dup_vault (result);

      g_signal_emit (self, signals[DAMAGED], 0, vault, error);
    }
  else
    gez_unlock_page_say (self, error);
}

static void
try_cb (GezUnlockPage *self)
{
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (self->entry);

  if (gez_passphrase_entry_is_empty (entry))
    {
      say (self, _("Type the passphrase of this file."));
      gtk_widget_grab_focus (self->entry);
      return;
    }
  gez_opening_unlock_async (self->opening, gez_passphrase_entry_peek (entry), opened_cb,
                            g_object_ref (self));
  gez_passphrase_entry_wipe (entry);
  set_working (self, TRUE);
  say (self, _("Opening the file…"));
}

static gboolean
gez_unlock_page_grab_focus (GtkWidget *widget)
{
  GezUnlockPage *self = GEZ_UNLOCK_PAGE (widget);

  return gtk_widget_grab_focus (self->entry != NULL ? self->entry : self->front);
}

static void
gez_unlock_page_dispose (GObject *object)
{
  GezUnlockPage *self = GEZ_UNLOCK_PAGE (object);

  g_clear_pointer (&self->front, gtk_widget_unparent);
  self->entry = NULL;
  g_clear_pointer (&self->opening, gez_opening_free);
  G_OBJECT_CLASS (gez_unlock_page_parent_class)->dispose (object);
}

static void
gez_unlock_page_class_init (GezUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_unlock_page_dispose;
  widget_class->grab_focus = gez_unlock_page_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[FORGOTTEN] = g_signal_new ("forgotten", GEZ_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", GEZ_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, GEZ_TYPE_CONTEXT);

  /**
   * GezUnlockPage::damaged:
   * @vault: (nullable): the keys, when the passphrase was right
   * @error: what does not read
   */
  signals[DAMAGED] = g_signal_new ("damaged", GEZ_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, GEZ_TYPE_VAULT, G_TYPE_ERROR);

  /**
   * GezUnlockPage::unfinished:
   *
   * The file was never made to its end, and can be made anew.
   */
  signals[UNFINISHED] = g_signal_new ("unfinished", GEZ_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_message (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "gez-front-message");
  gez_accessible_hide_empty (label);
  return label;
}

static void
gez_unlock_page_init (GezUnlockPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->entry = gez_passphrase_entry_new (_("Passphrase"));
  self->open = gtk_button_new_with_mnemonic (_("_Open"));
  self->forgotten = gtk_button_new_with_mnemonic (_("_Forgot your passphrase?"));
  self->spinner = gtk_spinner_new ();
  self->message = make_message ();

  gtk_widget_set_halign (self->forgotten, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->forgotten, "flat");
  g_signal_connect_object (self->forgotten, "clicked", G_CALLBACK (forgotten_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (self->open, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_add_css_class (self->open, "pill");
  gtk_widget_add_css_class (self->open, "suggested-action");
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (try_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (try_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (column), gez_front_field_new (_("_Passphrase"), self->entry));
  gtk_box_append (GTK_BOX (column), self->open);
  gtk_box_append (GTK_BOX (column), self->spinner);
  gtk_box_append (GTK_BOX (column), self->message);
  gtk_box_append (GTK_BOX (column), self->forgotten);
  self->front = gez_front_new (_("Locked"), _("Only your passphrase opens this file."), column);
  gtk_widget_set_parent (self->front, GTK_WIDGET (self));
}

/**
 * gez_unlock_page_new:
 * @opening: copied
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_unlock_page_new (const GezOpening *opening)
{
  GezUnlockPage *self = g_object_new (GEZ_TYPE_UNLOCK_PAGE, NULL);

  self->opening = gez_opening_copy (opening);
  if (opening->hint != NULL)
    {
      GtkWidget *hint = make_message ();

      gtk_label_set_text (GTK_LABEL (hint), opening->hint);
      gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->message)), hint);
    }
  return GTK_WIDGET (self);
}

/**
 * gez_unlock_page_set_busy:
 * @self: a page
 * @sentence: (nullable): what is still going on before a passphrase can be tried; %NULL: nothing
 */
void
gez_unlock_page_set_busy (GezUnlockPage *self,
                          const char    *sentence)
{
  g_return_if_fail (GEZ_IS_UNLOCK_PAGE (self));

  if (self->entry == NULL)
    return;
  set_working (self, sentence != NULL);
  say (self, sentence);
  if (sentence == NULL)
    gtk_widget_grab_focus (self->entry);
}

/**
 * gez_unlock_page_say:
 * @self: a page
 * @error: why the store could not be opened or closed
 */
void
gez_unlock_page_say (GezUnlockPage *self,
                     const GError  *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (GEZ_IS_UNLOCK_PAGE (self));
  g_return_if_fail (error != NULL);

  if (self->entry == NULL)
    return;
  if (is_beyond_a_passphrase (error))
    {
      show_trouble (self, error);
      return;
    }
  sentence = gez_sentence_for_error (error);
  say (self, sentence);
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE)
      && ++self->n_wrong >= WRONG_BEFORE_AN_OFFER)
    offer_sheet (self);
  gtk_widget_grab_focus (self->entry);
}
