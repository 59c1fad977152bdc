/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-word-field.h"

#include <glib/gi18n.h>
#include <string.h>

#include "circle/gez-invitation.h"
#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-passphrase-entry.h"
#include "recovery/gez-word-label.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-recovery-words.h"

struct _GezWordField
{
  GtkWidget parent_instance;

  guint number; /* from 1 */
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *label;
  GtkWidget *sign;
};

G_DEFINE_FINAL_TYPE (GezWordField, gez_word_field, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  SEVERAL,
  NEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Until four letters are there nobody can tell; that no word begins so can be told at once. */
static gboolean
is_wrong (GezPassphrase text)
{
  guint first;

  return text.length > 0 && gez_recovery_words_complete (text, &first) == 0;
}

static gboolean
is_one_word (GezPassphrase text)
{
  for (gsize i = 0; i < text.length; i++)
    if (!g_ascii_isalpha (text.text[i]) && (guint8) text.text[i] < 0x80)
      return FALSE;
  return TRUE;
}

/* A scanner types letter by letter what stands in the QR code, of a sheet or of an invitation. */
static gboolean
is_being_scanned (GezPassphrase text)
{
  static const char *const prefixes[] = { GEZ_RECOVERY_QR_PREFIX, GEZ_INVITATION_QR_PREFIX };
  const gsize n_code = GEZ_RECOVERY_QR_SIZE - strlen (GEZ_RECOVERY_QR_PREFIX);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize n_prefix = strlen (prefixes[i]);

      if (text.length < n_prefix + n_code
          && g_ascii_strncasecmp (text.text, prefixes[i], MIN (text.length, n_prefix)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The name of the entry says it as well, for who does not see the sign. */
static void
tell (GezWordField *self)
{
  GezPassphrase text = gez_word_field_peek (self);
  gboolean wrong = is_wrong (text), right = !wrong && gez_recovery_words_find (text) >= 0;
  g_autofree char *name = right   ? g_strdup_printf (_("Word %u, on the list"), self->number)
                          : wrong ? g_strdup_printf (_("Word %u, not on the list"), self->number)
                                  : g_strdup_printf (_("Word %u"), self->number);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), right   ? "object-select-symbolic"
                                                        : wrong ? "dialog-warning-symbolic"
                                                                : NULL);
  gtk_widget_set_tooltip_text (self->sign, right   ? _("On the list of words")
                                           : wrong ? _("No word of the list begins like this")
                                                   : NULL);
  if (wrong)
    gtk_widget_add_css_class (self->sign, "warning");
  else
    gtk_widget_remove_css_class (self->sign, "warning");
  gez_passphrase_entry_set_label (GEZ_PASSPHRASE_ENTRY (self->entry), name);
  gez_word_label_set_word (GEZ_WORD_LABEL (self->label), right ? gez_recovery_words_find (text) : -1);
}

static void
changed_cb (GezWordField *self)
{
  GezPassphrase text = gez_word_field_peek (self);

  if (!is_one_word (text) && !is_being_scanned (text))
    {
      g_signal_emit (self, signals[SEVERAL], 0);
      return;
    }
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (GezWordField *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static gboolean
gez_word_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_WORD_FIELD (widget)->entry);
}

static void
gez_word_field_dispose (GObject *object)
{
  g_clear_pointer (&GEZ_WORD_FIELD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_word_field_parent_class)->dispose (object);
}

static void
gez_word_field_class_init (GezWordFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_word_field_dispose;
  widget_class->grab_focus = gez_word_field_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_WORD_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SEVERAL] = g_signal_new ("several", GEZ_TYPE_WORD_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[NEXT] = g_signal_new ("next", GEZ_TYPE_WORD_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
gez_word_field_init (GezWordField *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->entry = gez_passphrase_entry_new (_("Word"));
  self->label = gez_word_label_new ();
  self->sign = gez_ornament_new (NULL);
  gez_passphrase_entry_take_lines (GEZ_PASSPHRASE_ENTRY (self->entry));
  gez_passphrase_entry_set_narrow (GEZ_PASSPHRASE_ENTRY (self->entry), 8);
  gtk_widget_set_size_request (self->sign, 16, -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_visible (self->label, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_word_field_new:
 * @number: of the word on the sheet, from 1
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
gez_word_field_new (guint number)
{
  GezWordField *self = g_object_new (GEZ_TYPE_WORD_FIELD, NULL);
  g_autofree char *text = g_strdup_printf ("%u.", number);
  GtkWidget *before = gtk_label_new (text);

  self->number = number;
  gtk_label_set_width_chars (GTK_LABEL (before), 3);
  gtk_label_set_xalign (GTK_LABEL (before), 1);
  gtk_widget_add_css_class (before, "numeric");
  gtk_box_append (GTK_BOX (self->box), before);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->sign);
  tell (self);
  return GTK_WIDGET (self);
}

/**
 * gez_word_field_peek:
 *
 * Returns: what was typed, where it is; do not copy it
 */
GezPassphrase
gez_word_field_peek (GezWordField *self)
{
  g_return_val_if_fail (GEZ_IS_WORD_FIELD (self), ((GezPassphrase) { "", 0 }));

  return gez_passphrase_entry_peek (GEZ_PASSPHRASE_ENTRY (self->entry));
}

/**
 * gez_word_field_set_text:
 * @text: one word or a piece of one; copied
 */
void
gez_word_field_set_text (GezWordField *self,
                         GezPassphrase text)
{
  g_return_if_fail (GEZ_IS_WORD_FIELD (self));

  gez_passphrase_entry_set_text (GEZ_PASSPHRASE_ENTRY (self->entry), text);
}

/**
 * gez_word_field_go_on:
 *
 * Takes the focus, to type on behind what stands there.
 */
void
gez_word_field_go_on (GezWordField *self)
{
  g_return_if_fail (GEZ_IS_WORD_FIELD (self));

  gez_passphrase_entry_go_on (GEZ_PASSPHRASE_ENTRY (self->entry));
}

gboolean
gez_word_field_is_empty (GezWordField *self)
{
  return gez_word_field_peek (self).length == 0;
}

/**
 * gez_word_field_get_word:
 *
 * Returns: the number of the word on the list, or -1 when it is not on it
 */
int
gez_word_field_get_word (GezWordField *self)
{
  return gez_recovery_words_find (gez_word_field_peek (self));
}

/**
 * gez_word_field_set_shown:
 * @is_shown: whether the screen shows the word beside its bullets
 */
void
gez_word_field_set_shown (GezWordField *self,
                          gboolean      is_shown)
{
  g_return_if_fail (GEZ_IS_WORD_FIELD (self));

  gtk_widget_set_visible (self->label, is_shown);
}
