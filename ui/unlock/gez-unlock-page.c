/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-unlock-page.h"

#include <glib/gi18n.h>

#include "common/gez-passphrase-entry.h"
#include "common/gez-sentence.h"
#include "common/gez-trace.h"

struct _GezUnlockPage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *spinner;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (GezUnlockPage, gez_unlock_page, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy (GezUnlockPage *self,
          gboolean       busy)
{
  gtk_widget_set_sensitive (self->entry, !busy);
  gtk_widget_set_sensitive (self->button, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static void
say (GezUnlockPage *self,
     const char    *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->message), sentence ? sentence : "");
  gtk_widget_set_visible (self->message, sentence != NULL);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezUnlockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_opening_finish (result, &error);

  set_busy (self, FALSE);
  if (context)
    {
      gez_trace_mark ("unlocked");
      g_signal_emit (self, signals[OPENED], 0, context);
      return;
    }
  {
    g_autofree char *sentence = gez_sentence_for_error (error);

    say (self, sentence);
  }
  gtk_widget_grab_focus (self->entry);
}

static void
unlock_cb (GezUnlockPage *self)
{
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (self->entry);

  if (gez_passphrase_entry_is_empty (entry) || !gtk_widget_get_sensitive (self->entry))
    return;
  say (self, NULL);
  gez_opening_unlock_async (self->opening, gez_passphrase_entry_peek (entry), opened_cb, g_object_ref (self));
  gez_passphrase_entry_wipe (entry);
  set_busy (self, TRUE);
}

static void
changed_cb (GezUnlockPage *self)
{
  gtk_widget_set_sensitive (self->button, !gez_passphrase_entry_is_empty (GEZ_PASSPHRASE_ENTRY (self->entry)));
}

static gboolean
gez_unlock_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_UNLOCK_PAGE (widget)->entry);
}

static void
gez_unlock_page_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_unlock_page_parent_class)->dispose (object);
}

static void
gez_unlock_page_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_UNLOCK_PAGE (object)->opening, gez_opening_free);
  G_OBJECT_CLASS (gez_unlock_page_parent_class)->finalize (object);
}

static void
gez_unlock_page_class_init (GezUnlockPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_unlock_page_dispose;
  object_class->finalize = gez_unlock_page_finalize;
  widget_class->grab_focus = gez_unlock_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[OPENED] = g_signal_new ("opened", GEZ_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GEZ_TYPE_CONTEXT);
}

static GtkWidget *
make_form (GezUnlockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->spinner);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 360);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}

static void
gez_unlock_page_init (GezUnlockPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  self->entry = gez_passphrase_entry_new (_("Passphrase"));
  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->message), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);
  self->button = gtk_button_new_with_label (_("Unlock"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->button, FALSE);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Opening the files"), -1);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "system-lock-screen-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("Locked"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _("Your files are encrypted. Type your passphrase."));
  adw_status_page_set_child (ADW_STATUS_PAGE (status), make_form (self));
  gtk_widget_set_parent (status, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (unlock_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (unlock_cb), self);
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
  return GTK_WIDGET (self);
}
