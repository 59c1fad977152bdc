/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-words-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "circle/gez-invitation.h"
#include "common/gez-focus.h"
#include "common/gez-sentence.h"
#include "common/gez-wrap-layout.h"
#include "recovery/gez-word-field.h"
#include "vault/gez-recovery-words.h"

/*
 * 1. What is typed stays in the locked memory of the fourteen entries. When it has to move from one to
 *    another it goes by way of a GezSecretText.
 * 2. An entry is not changed while it tells that it has changed: GTK is still at work in it. What is more
 *    than one word is divided as soon as GTK is done.
 */

struct _GezWordsEntry
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GezWordField *fields[GEZ_RECOVERY_N_WORDS];
  gboolean is_invitation;
  guint first_crowded; /* which field holds several words */
  guint divide_source;
};

G_DEFINE_FINAL_TYPE (GezWordsEntry, gez_words_entry, GTK_TYPE_WIDGET)

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const GezPassphrase nothing = { "", 0 };

static guint
index_of (GezWordsEntry *self,
          GezWordField  *field)
{
  guint index = 0;

  while (index + 1 < GEZ_RECOVERY_N_WORDS && self->fields[index] != field)
    index++;
  return index;
}

static void
fill_from_code (GezWordsEntry   *self,
                const GezSecret *code)
{
  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    {
      const char *word = gez_recovery_code_get_word (code, i);

      gez_word_field_set_text (self->fields[i], (GezPassphrase) { word, strlen (word) });
    }
}

static GezSecret *
parse (GezWordsEntry *self,
       GezPassphrase  text,
       GError       **error)
{
  return self->is_invitation ? gez_invitation_code_parse (text, NULL, error)
                             : gez_recovery_code_parse (text, NULL, error);
}

static gboolean
is_letter (char character)
{
  return g_ascii_isalpha (character) || (guint8) character >= 0x80;
}

/* Gives each word a field of its own, from @index on. Returns the field to go on in. */
static guint
spread (GezWordsEntry *self,
        guint          index,
        GezPassphrase  text)
{
  gsize begin, end = 0;

  gez_word_field_set_text (self->fields[index], nothing);
  while (end < text.length && index < GEZ_RECOVERY_N_WORDS)
    {
      for (begin = end; begin < text.length && !is_letter (text.text[begin]); begin++)
        ;
      for (end = begin; end < text.length && is_letter (text.text[end]); end++)
        ;
      if (end == begin)
        break;
      gez_word_field_set_text (self->fields[index], (GezPassphrase) { text.text + begin, end - begin });
      /* A word with nothing behind it may not be complete. */
      index += end < text.length;
    }
  return MIN (index, GEZ_RECOVERY_N_WORDS - 1);
}

static gboolean
divide_cb (gpointer data)
{
  GezWordsEntry *self = data;
  guint index = self->first_crowded;
  GezPassphrase typed = gez_word_field_peek (self->fields[index]);
  g_autoptr (GezSecretText) text = gez_secret_text_new ();
  g_autoptr (GezSecret) code = NULL;

  self->divide_source = 0;
  gez_secret_text_insert (text, 0, typed.text, (guint) g_utf8_strlen (typed.text, (gssize) typed.length));
  typed = gez_secret_text_peek (text);
  code = parse (self, typed, NULL);
  if (code != NULL)
    {
      fill_from_code (self, code);
      index = GEZ_RECOVERY_N_WORDS - 1;
    }
  else
    index = spread (self, index, typed);
  gez_word_field_go_on (self->fields[index]);
  return G_SOURCE_REMOVE;
}

/* Before the next key is handled, so that it goes where the person thinks. */
static void
several_cb (GezWordsEntry *self,
            GezWordField  *field)
{
  if (self->divide_source != 0)
    return;
  self->first_crowded = index_of (self, field);
  self->divide_source = g_idle_add_full (G_PRIORITY_HIGH, divide_cb, self, NULL);
}

static void
next_cb (GezWordsEntry *self,
         GezWordField  *field)
{
  guint index = index_of (self, field);

  if (index + 1 < GEZ_RECOVERY_N_WORDS)
    gtk_widget_grab_focus (GTK_WIDGET (self->fields[index + 1]));
  else
    g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
show_cb (GezWordsEntry  *self,
         GParamSpec     *property,
         GtkCheckButton *check)
{
  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    gez_word_field_set_shown (self->fields[i], gtk_check_button_get_active (check));
}

static gboolean
gez_words_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GEZ_WORDS_ENTRY (widget)->fields[0]));
}

static void
gez_words_entry_dispose (GObject *object)
{
  GezWordsEntry *self = GEZ_WORDS_ENTRY (object);

  g_clear_handle_id (&self->divide_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_words_entry_parent_class)->dispose (object);
}

static void
gez_words_entry_class_init (GezWordsEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_words_entry_dispose;
  widget_class->grab_focus = gez_words_entry_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[ACTIVATE] = g_signal_new ("activate", GEZ_TYPE_WORDS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

/* In two columns, as on the sheet; below each other where it is narrow. */
static GtkWidget *
make_columns (GezWordsEntry *self)
{
  GtkWidget *columns = gez_wrap_box_new (18, 6);
  GtkWidget *column = NULL;

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    {
      if (i % (GEZ_RECOVERY_N_WORDS / 2) == 0)
        {
          column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
          gtk_box_append (GTK_BOX (columns), column);
        }
      self->fields[i] = GEZ_WORD_FIELD (gez_word_field_new (i + 1));
      g_signal_connect_object (self->fields[i], "several", G_CALLBACK (several_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->fields[i], "next", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->fields[i]));
    }
  return columns;
}

static void
gez_words_entry_init (GezWordsEntry *self)
{
  GtkWidget *show = gtk_check_button_new_with_mnemonic (_("_Show the words on the screen"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), show);
  gtk_box_append (GTK_BOX (self->box), make_columns (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The words of the sheet"), -1);
  g_signal_connect_object (show, "notify::active", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_words_entry_new:
 *
 * Returns: (transfer floating): fourteen empty fields
 */
GtkWidget *
gez_words_entry_new (void)
{
  return g_object_new (GEZ_TYPE_WORDS_ENTRY, NULL);
}

/**
 * gez_words_entry_new_for_invitation:
 *
 * Returns: (transfer floating): fourteen empty fields, which also take the QR code of an invitation
 */
GtkWidget *
gez_words_entry_new_for_invitation (void)
{
  GezWordsEntry *self = g_object_new (GEZ_TYPE_WORDS_ENTRY, NULL);

  self->is_invitation = TRUE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The words of the invitation"), -1);
  return GTK_WIDGET (self);
}

static char *
complain (GezWordsEntry *self,
          guint          index)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[index]));
  if (gez_word_field_is_empty (self->fields[index]))
    return g_strdup_printf (_("Word %u is missing."), index + 1);
  if (self->is_invitation)
    return g_strdup_printf (_("Word %u is not on the list of words. Compare it with the "
                              "invitation."), index + 1);
  return g_strdup_printf (_("Word %u is not on the list of words. Compare it with the sheet."), index + 1);
}

/**
 * gez_words_entry_parse:
 * @complaint: (out): what is not right, for people; the field that it is about gets the focus
 *
 * Returns: (transfer full) (nullable): the code that was typed
 */
GezSecret *
gez_words_entry_parse (GezWordsEntry *self,
                       char         **complaint)
{
  g_autoptr (GezSecretText) text = gez_secret_text_new ();
  g_autoptr (GError) error = NULL;
  GezSecret *code;

  g_return_val_if_fail (GEZ_IS_WORDS_ENTRY (self) && complaint != NULL, NULL);

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    {
      int word = gez_word_field_get_word (self->fields[i]);

      if (word < 0)
        {
          *complaint = complain (self, i);
          return NULL;
        }
      gez_secret_text_insert (text, gez_secret_text_n_chars (text), gez_recovery_words_get ((guint) word),
                              (guint) strlen (gez_recovery_words_get ((guint) word)));
      gez_secret_text_insert (text, gez_secret_text_n_chars (text), " ", 1);
    }
  code = parse (self, gez_secret_text_peek (text), &error);
  if (code == NULL)
    *complaint = self->is_invitation
                   ? g_strdup (_("These words do not belong together: one is not the right one, or two "
                                 "changed places. Compare them with the invitation."))
                   : gez_sentence_for_error (error);
  return code;
}

/**
 * gez_words_entry_wipe:
 * @self: all of its fields are empty afterwards
 */
void
gez_words_entry_wipe (GezWordsEntry *self)
{
  g_return_if_fail (GEZ_IS_WORDS_ENTRY (self));

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    gez_word_field_set_text (self->fields[i], nothing);
}
