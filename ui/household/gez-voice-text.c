/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The height of a GtkTextView follows its width too late to stand in a list. So a label with the
 * same words, which cannot be seen, lies under it and gives the row its height; while there are no
 * words it shows the prompt.
 *
 * 1. `saved` is what the store holds as far as this row knows; the row is dirty when the text
 *    differs from it, so typing something and taking it back leaves nothing to save.
 * 2. What the store says replaces the text only while the row is not dirty: nobody's typing is
 *    ever overwritten by a colleague's or by a slower answer.
 */

#include "household/gez-voice-text.h"

#include <string.h>

#include "base/gez-text.h"
#include "common/gez-chip.h"
#include "common/gez-paste.h"

struct _GezVoiceText
{
  GezFieldRow parent_instance;

  GtkWidget *view;
  GtkWidget *under;
  char *prompt;
  char *saved;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (GezVoiceText, gez_voice_text, GEZ_TYPE_FIELD_ROW)

/* The softest that is still read with ease. */
#define PROMPT_OPACITY 0.7

enum
{
  EDITED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_text (GezVoiceText *self,
          const char   *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  self->is_showing = TRUE;
  gtk_text_buffer_set_text (buffer, text, -1);
  self->is_showing = FALSE;
}

static void
changed_cb (GezVoiceText *self)
{
  g_autofree char *text = gez_voice_text_dup_text (self);
  gboolean is_empty = text[0] == '\0';

  /* A last line that is empty still has a height. */
  if (g_str_has_suffix (text, "\n"))
    {
      g_autofree char *whole = g_strconcat (text, "\u200b", NULL);

      gtk_label_set_text (GTK_LABEL (self->under), whole);
    }
  else
    gtk_label_set_text (GTK_LABEL (self->under), is_empty ? self->prompt : text);
  gtk_widget_set_opacity (self->under, is_empty ? PROMPT_OPACITY : 0);
  if (!self->is_showing)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
leave_cb (GezVoiceText *self)
{
  if (gez_voice_text_is_dirty (self))
    g_signal_emit (self, signals[LEFT], 0);
}

/* A click beside the text, on the chip or the margin, still means the text. */
static void
pressed_cb (GezVoiceText *self)
{
  gtk_widget_grab_focus (self->view);
}

static GtkWidget *
make_view (GezVoiceText *self,
           const char   *prompt,
           const char   *voice)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *name = g_strdup_printf ("%s (%s)", prompt, voice);

  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_add_css_class (self->view, "gez-voice-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE, -1);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->view, focus);

  gez_paste_limit (self->view, GEZ_PASTE_ANSWER);

  self->prompt = g_strdup (prompt);
  self->under = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "label", prompt, "xalign", 0.0f, "yalign", 0.0f, "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR, "opacity", PROMPT_OPACITY, NULL);

  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->under);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->view);
  gtk_widget_set_hexpand (overlay, TRUE);

  return overlay;
}

static GtkWidget *
make_lead (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_valign (label, GTK_ALIGN_START);

  return label;
}

static void
gez_voice_text_finalize (GObject *object)
{
  GezVoiceText *self = GEZ_VOICE_TEXT (object);

  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->saved, g_free);

  G_OBJECT_CLASS (gez_voice_text_parent_class)->finalize (object);
}

static void
gez_voice_text_class_init (GezVoiceTextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_voice_text_finalize;

  signals[EDITED] = g_signal_new ("edited", GEZ_TYPE_VOICE_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", GEZ_TYPE_VOICE_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
gez_voice_text_init (GezVoiceText *self)
{
  self->saved = g_strdup ("");
}

/**
 * gez_voice_text_new:
 * @lead: (nullable): a word before the text, such as "Wish:"
 * @prompt: what is asked; it stands in the field while that is empty
 * @voice: whose words these are
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
gez_voice_text_new (const char *lead,
                    const char *prompt,
                    const char *voice)
{
  GezVoiceText *self = g_object_new (GEZ_TYPE_VOICE_TEXT, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *view = make_view (self, prompt, voice);
  GtkWidget *chip = gez_chip_new (voice, GEZ_CHIP_NEUTRAL);
  GtkGesture *click = gtk_gesture_click_new ();
  g_autofree char *name = g_strdup_printf ("%s (%s)", prompt, voice);

  if (lead != NULL)
    gtk_box_append (GTK_BOX (box), make_lead (lead));
  gtk_box_append (GTK_BOX (box), view);
  gtk_widget_set_valign (chip, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (box), chip);
  gtk_widget_add_css_class (box, "gez-voice-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  g_signal_connect_swapped (click, "released", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * gez_voice_text_show:
 * @self: the row
 * @text: (nullable): what the store holds
 *
 * Shows it, unless somebody is typing something else.
 */
void
gez_voice_text_show (GezVoiceText *self,
                     const char   *text)
{
  g_return_if_fail (GEZ_IS_VOICE_TEXT (self));

  if (text == NULL)
    text = "";
  if (gez_voice_text_is_dirty (self) || strcmp (self->saved, text) == 0)
    return;

  g_free (self->saved);
  self->saved = g_strdup (text);
  set_text (self, text);
}

/**
 * gez_voice_text_type:
 * @self: the row
 * @text: what was typed before and not saved
 *
 * Puts it there as if it were typed now, without telling it was edited.
 */
void
gez_voice_text_type (GezVoiceText *self,
                     const char   *text)
{
  g_return_if_fail (GEZ_IS_VOICE_TEXT (self));
  g_return_if_fail (text != NULL);

  set_text (self, text);
}

/**
 * gez_voice_text_revert:
 * @self: the row
 *
 * Forgets what was typed.
 */
void
gez_voice_text_revert (GezVoiceText *self)
{
  g_return_if_fail (GEZ_IS_VOICE_TEXT (self));

  set_text (self, self->saved);
}

/**
 * gez_voice_text_dup_text:
 * @self: the row
 *
 * Returns: (transfer full): what stands in the field
 */
char *
gez_voice_text_dup_text (GezVoiceText *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (GEZ_IS_VOICE_TEXT (self), NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/**
 * gez_voice_text_is_dirty:
 * @self: the row
 *
 * Returns: whether the text differs from what the store holds
 */
gboolean
gez_voice_text_is_dirty (GezVoiceText *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (GEZ_IS_VOICE_TEXT (self), FALSE);

  text = gez_voice_text_dup_text (self);
  if (gez_text_is_blank (text) && gez_text_is_blank (self->saved))
    return FALSE;

  return strcmp (text, self->saved) != 0;
}

/**
 * gez_voice_text_take_saved:
 * @self: the row
 *
 * What stands here is on its way to the store.
 *
 * Returns: (transfer full): what the store held before, for gez_voice_text_take_back()
 */
char *
gez_voice_text_take_saved (GezVoiceText *self)
{
  char *before;

  g_return_val_if_fail (GEZ_IS_VOICE_TEXT (self), NULL);

  before = self->saved;
  self->saved = gez_voice_text_dup_text (self);

  return before;
}

/**
 * gez_voice_text_take_back:
 * @self: the row
 * @saved: what the store holds after all: saving failed
 */
void
gez_voice_text_take_back (GezVoiceText *self,
                          const char   *saved)
{
  g_return_if_fail (GEZ_IS_VOICE_TEXT (self));
  g_return_if_fail (saved != NULL);

  g_free (self->saved);
  self->saved = g_strdup (saved);
}

/**
 * gez_voice_text_get_view:
 * @self: the row
 *
 * Returns: (transfer none): the field
 */
GtkWidget *
gez_voice_text_get_view (GezVoiceText *self)
{
  g_return_val_if_fail (GEZ_IS_VOICE_TEXT (self), NULL);

  return self->view;
}
