/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-new-passphrase.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-passphrase-entry.h"
#include "unlock/gez-front.h"
#include "unlock/gez-strength.h"

struct _GezNewPassphrase
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *passphrase;
  GtkWidget *repeat;
  GtkWidget *strength;
  GtkWidget *strength_words;
};

G_DEFINE_FINAL_TYPE (GezNewPassphrase, gez_new_passphrase, GTK_TYPE_WIDGET)

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (GezNewPassphrase *self)
{
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (self->passphrase);
  GezStrength strength;
  g_autofree char *words = NULL;

  gez_strength_check (gez_passphrase_entry_peek (entry), &strength);
  words = gez_passphrase_entry_is_empty (entry) ? g_strdup ("") : g_strdup (strength.sentence);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->strength), strength.is_enough ? strength.score : 0);
  gtk_label_set_text (GTK_LABEL (self->strength_words), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strength), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  -1);
  g_free (strength.sentence);
}

static void
activate_cb (GezNewPassphrase *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
gez_new_passphrase_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_NEW_PASSPHRASE (widget)->passphrase);
}

static void
gez_new_passphrase_dispose (GObject *object)
{
  g_clear_pointer (&GEZ_NEW_PASSPHRASE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_new_passphrase_parent_class)->dispose (object);
}

static void
gez_new_passphrase_class_init (GezNewPassphraseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_new_passphrase_dispose;
  widget_class->grab_focus = gez_new_passphrase_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[ACTIVATE] = g_signal_new ("activate", GEZ_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
gez_new_passphrase_init (GezNewPassphrase *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->strength = gtk_level_bar_new_for_interval (0, 100);
  self->strength_words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->strength_words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->strength_words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->strength_words), 0);
  gtk_widget_add_css_class (self->strength_words, "gez-detail");
  gez_accessible_hide_empty (self->strength_words);
  gtk_widget_add_css_class (self->strength, "gez-strength");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strength), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Strength of the passphrase"), -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GtkWidget *
make_entry (GezNewPassphrase *self,
            const char       *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);
  GtkWidget *entry = gez_passphrase_entry_new (name);

  g_signal_connect_object (entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

/**
 * gez_new_passphrase_new:
 * @label: of the first entry; a mnemonic leads to it
 *
 * Returns: (transfer floating): two empty entries
 */
GtkWidget *
gez_new_passphrase_new (const char *label)
{
  GezNewPassphrase *self = g_object_new (GEZ_TYPE_NEW_PASSPHRASE, NULL);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->passphrase = make_entry (self, label);
  self->repeat = make_entry (self, _("The _same passphrase again"));
  g_signal_connect_object (self->passphrase, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (first), gez_front_field_new (label, self->passphrase));
  gtk_box_append (GTK_BOX (first), self->strength);
  gtk_box_append (GTK_BOX (first), self->strength_words);
  gtk_box_append (GTK_BOX (self->box), first);
  gtk_box_append (GTK_BOX (self->box), gez_front_field_new (_("The _same passphrase again"), self->repeat));
  return GTK_WIDGET (self);
}

/**
 * gez_new_passphrase_check:
 *
 * Says what is wrong first from top to bottom; the entry that it is about gets the focus.
 *
 * Returns: (transfer full) (nullable): the sentence; %NULL when the passphrase can be used
 */
char *
gez_new_passphrase_check (GezNewPassphrase *self)
{
  GezPassphraseEntry *passphrase, *repeat;
  GezStrength strength;
  g_autofree char *advice = NULL;

  g_return_val_if_fail (GEZ_IS_NEW_PASSPHRASE (self), NULL);

  passphrase = GEZ_PASSPHRASE_ENTRY (self->passphrase);
  repeat = GEZ_PASSPHRASE_ENTRY (self->repeat);
  gez_strength_check (gez_passphrase_entry_peek (passphrase), &strength);
  advice = strength.sentence;
  if (gez_passphrase_entry_is_empty (passphrase) || !strength.is_enough)
    {
      gtk_widget_grab_focus (self->passphrase);
      return gez_passphrase_entry_is_empty (passphrase)
               ? g_strdup (_("Choose a passphrase. Four words that do not belong together are best."))
               : g_steal_pointer (&advice);
    }
  if (gez_passphrase_entry_equal (passphrase, repeat))
    return NULL;
  gez_passphrase_entry_wipe (repeat);
  gtk_widget_grab_focus (self->repeat);
  return g_strdup (_("The two passphrases are not the same. Type the second one again."));
}

/**
 * gez_new_passphrase_peek:
 *
 * Returns: what was typed, where it is; do not copy it, and wipe it as soon as it was used
 */
GezPassphrase
gez_new_passphrase_peek (GezNewPassphrase *self)
{
  g_return_val_if_fail (GEZ_IS_NEW_PASSPHRASE (self), ((GezPassphrase) { "", 0 }));

  return gez_passphrase_entry_peek (GEZ_PASSPHRASE_ENTRY (self->passphrase));
}

/**
 * gez_new_passphrase_wipe:
 * @self: both entries are empty afterwards
 */
void
gez_new_passphrase_wipe (GezNewPassphrase *self)
{
  g_return_if_fail (GEZ_IS_NEW_PASSPHRASE (self));

  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->passphrase));
  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->repeat));
}
