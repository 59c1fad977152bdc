/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Only a field that a person changed is written, and only when it is left (or the tab goes).
 * 2. Until then it stands in one draft of this domain and household, together with the other
 *    fields that are not saved. The draft goes in the same transaction that saves the last of them.
 * 3. While a field is on its way to the store, answers of older questions do not replace it.
 * 4. A draft is laid over what the store says, so it can only come after the first answer.
 */

#include "household/gez-voices.h"

#include <glib/gi18n.h>

#include "common/gez-draft-keeper.h"
#include "common/gez-section.h"
#include "common/gez-words.h"

struct _GezVoices
{
  GtkWidget parent_instance;

  GezSaying *saying;
  GezDraftKeeper *keeper;
  GCancellable *cancellable;
  gboolean has_loaded;

  GtkWidget *box;
  GtkWidget *restored;
  GezVoiceText *texts[GEZ_VOICE_FIELD_N][GEZ_SCORE_VOICE_N];
};

G_DEFINE_FINAL_TYPE (GezVoices, gez_voices, GTK_TYPE_WIDGET)

static const char * const columns[GEZ_VOICE_FIELD_N] = { "strengths", "needs", "wished_change" };

/* Carried from a save to its answer. */
typedef struct
{
  GezVoices *self;
  GezVoiceText *text;
  char *before;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->self);
  g_object_unref (save->text);
  g_free (save->before);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static char *
field_key (int field,
           int voice)
{
  return g_strdup_printf ("%s.%s", gez_score_voice_code (voice), columns[field]);
}

/* All that was typed and not saved; NULL when there is nothing. */
static char *
serialise (GezVoices *self)
{
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (int field = 0; field < GEZ_VOICE_FIELD_N; field++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      {
        GezVoiceText *text = self->texts[field][voice];
        g_autofree char *key = field_key (field, voice);
        g_autofree char *content = gez_voice_text_dup_text (text);

        if (!gez_voice_text_is_dirty (text))
          continue;
        g_variant_builder_add (&builder, "{ss}", key, content);
        n++;
      }
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));

  return n > 0 ? g_variant_print (variant, FALSE) : NULL;
}

static void
restore (GezVoices  *self,
         const char *content)
{
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), content, NULL, NULL,
                                                  NULL);

  if (variant == NULL)
    return;

  for (int field = 0; field < GEZ_VOICE_FIELD_N; field++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      {
        g_autofree char *key = field_key (field, voice);
        const char *typed = NULL;

        if (!g_variant_lookup (variant, key, "&s", &typed)
            || gez_voice_text_is_dirty (self->texts[field][voice]))
          continue;
        gez_voice_text_type (self->texts[field][voice], typed);
        if (gez_voice_text_is_dirty (self->texts[field][voice]))
          gtk_widget_set_visible (self->restored, TRUE);
      }
}

static void
keep_draft (GezVoices *self)
{
  g_autofree char *content = serialise (self);

  if (content != NULL)
    gez_draft_keeper_touch (self->keeper, content);
  else
    gez_draft_keeper_clear (self->keeper);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GezVoices) self = user_data;
  g_autofree char *content = gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, NULL);

  if (content == NULL || self->box == NULL)
    return;

  restore (self, content);
  keep_draft (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Save) save = user_data;
  GezVoices *self = save->self;
  gboolean is_saved = gez_saying_write_finish (GEZ_SAYING (source), result);

  if (is_saved || self->box == NULL)
    return;

  gez_voice_text_take_back (save->text, save->before);
  keep_draft (self);
}

static void
save_text (GezVoices *self,
           int        field,
           int        voice)
{
  GezVoiceText *text = self->texts[field][voice];
  g_autofree char *content = gez_voice_text_dup_text (text);
  g_autofree char *rest = NULL;
  Save *save;

  save = g_new0 (Save, 1);
  save->self = g_object_ref (self);
  save->text = g_object_ref (text);
  save->before = gez_voice_text_take_saved (text);
  rest = serialise (self);
  if (rest == NULL)
    gtk_widget_set_visible (self->restored, FALSE);
  gez_saying_write_text (self->saying, GTK_WIDGET (self), voice, columns[field], content,
                         rest == NULL, saved_cb, save);
  /* After it in the queue of the store: a crash in between keeps the draft. */
  keep_draft (self);
}

static void
save_all (GezVoices *self)
{
  for (int field = 0; field < GEZ_VOICE_FIELD_N; field++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      if (gez_voice_text_is_dirty (self->texts[field][voice]))
        save_text (self, field, voice);
}

static void
left_cb (GezVoiceText *text,
         gpointer      user_data)
{
  GezVoices *self = user_data;

  for (int field = 0; field < GEZ_VOICE_FIELD_N; field++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      if (self->texts[field][voice] == text)
        save_text (self, field, voice);
}

static void
edited_cb (GezVoices *self)
{
  keep_draft (self);
}

static void
keep_restored_cb (GezVoices *self)
{
  save_all (self);
}

static void
forget_restored_cb (GezVoices *self)
{
  for (int field = 0; field < GEZ_VOICE_FIELD_N; field++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      gez_voice_text_revert (self->texts[field][voice]);
  gtk_widget_set_visible (self->restored, FALSE);
  gez_draft_keeper_clear (self->keeper);
}

static GtkWidget *
make_restored (GezVoices *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_("Here is what was typed last time and not saved yet."));
  GtkWidget *forget = gtk_button_new_with_label (_("Forget it"));
  GtkWidget *keep = gtk_button_new_with_label (_("Save it"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (forget, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (keep, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), forget);
  gtk_box_append (GTK_BOX (box), keep);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "gez-notice");
  gtk_widget_set_visible (box, FALSE);
  g_signal_connect_swapped (forget, "clicked", G_CALLBACK (forget_restored_cb), self);
  g_signal_connect_swapped (keep, "clicked", G_CALLBACK (keep_restored_cb), self);

  return box;
}

static void
append_text (GezVoices  *self,
             GtkWidget  *section,
             int         field,
             int         voice,
             const char *lead,
             const char *prompt)
{
  GtkWidget *text = gez_voice_text_new (lead, prompt,
                                        gez_words_get (GEZ_WORDS_VOICE,
                                                       gez_score_voice_code (voice)));

  self->texts[field][voice] = GEZ_VOICE_TEXT (text);
  g_signal_connect_object (text, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "left", G_CALLBACK (left_cb), self, 0);
  gez_section_append (GEZ_SECTION (section), text);
}

static GtkWidget *
make_strengths (GezVoices *self)
{
  GtkWidget *section = gez_section_new (_("What goes well"));

  append_text (self, section, GEZ_VOICE_FIELD_STRENGTHS, GEZ_SCORE_VOICE_FAMILY, NULL,
               _("What goes well, in the words of the family?"));
  append_text (self, section, GEZ_VOICE_FIELD_STRENGTHS, GEZ_SCORE_VOICE_WORKER, NULL,
               _("Which strengths do you see?"));

  return section;
}

static GtkWidget *
make_needs (GezVoices *self)
{
  GtkWidget *section = gez_section_new (_("What is hard · what we want"));

  append_text (self, section, GEZ_VOICE_FIELD_NEEDS, GEZ_SCORE_VOICE_FAMILY, NULL,
               _("What is hard, in the words of the family?"));
  append_text (self, section, GEZ_VOICE_FIELD_NEEDS, GEZ_SCORE_VOICE_WORKER, NULL,
               _("What do you see that is needed?"));
  append_text (self, section, GEZ_VOICE_FIELD_WISHED_CHANGE, GEZ_SCORE_VOICE_FAMILY, _("Wish:"),
               _("What does the family want to be different?"));
  append_text (self, section, GEZ_VOICE_FIELD_WISHED_CHANGE, GEZ_SCORE_VOICE_WORKER, _("Wish:"),
               _("What would you want for them?"));

  return section;
}

static void
gez_voices_unmap (GtkWidget *widget)
{
  save_all (GEZ_VOICES (widget));

  GTK_WIDGET_CLASS (gez_voices_parent_class)->unmap (widget);
}

static void
gez_voices_dispose (GObject *object)
{
  GezVoices *self = GEZ_VOICES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  g_clear_object (&self->saying);

  G_OBJECT_CLASS (gez_voices_parent_class)->dispose (object);
}

static void
gez_voices_finalize (GObject *object)
{
  g_clear_object (&GEZ_VOICES (object)->cancellable);

  G_OBJECT_CLASS (gez_voices_parent_class)->finalize (object);
}

static void
gez_voices_class_init (GezVoicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_voices_dispose;
  object_class->finalize = gez_voices_finalize;
  widget_class->unmap = gez_voices_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_voices_init (GezVoices *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->restored = make_restored (self);
  gtk_box_append (GTK_BOX (self->box), self->restored);
  gtk_box_append (GTK_BOX (self->box), make_strengths (self));
  gtk_box_append (GTK_BOX (self->box), make_needs (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_voices_new:
 * @saying: writes what is said
 *
 * Returns: (transfer floating): empty fields
 */
GtkWidget *
gez_voices_new (GezSaying *saying)
{
  GezVoices *self = g_object_new (GEZ_TYPE_VOICES, NULL);

  self->saying = g_object_ref (saying);
  self->keeper = gez_draft_keeper_new (gez_saying_get_context (saying),
                                       gez_saying_get_place (saying),
                                       gez_saying_get_household (saying));

  return GTK_WIDGET (self);
}

/**
 * gez_voices_show:
 * @self: the fields
 * @family: what the family says: `strengths`, `needs`, `wished_change`
 * @worker: what the worker says
 */
void
gez_voices_show (GezVoices *self,
                 GezRecord *family,
                 GezRecord *worker)
{
  GezRecord *records[GEZ_SCORE_VOICE_N] = { family, worker };

  g_return_if_fail (GEZ_IS_VOICES (self));

  if (gez_saying_is_writing (self->saying))
    return;

  for (int field = 0; field < GEZ_VOICE_FIELD_N; field++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      gez_voice_text_show (self->texts[field][voice],
                           records[voice] == NULL
                             ? NULL
                             : gez_record_get_text (records[voice], columns[field]));

  if (!self->has_loaded)
    {
      self->has_loaded = TRUE;
      gez_draft_keeper_load_async (self->keeper, self->cancellable, loaded_cb,
                                   g_object_ref (self));
    }
}

/**
 * gez_voices_get_text:
 * @self: the fields
 * @field: which field
 * @voice: whose words
 *
 * Returns: (transfer none): that field
 */
GezVoiceText *
gez_voices_get_text (GezVoices    *self,
                     GezVoiceField field,
                     GezScoreVoice voice)
{
  g_return_val_if_fail (GEZ_IS_VOICES (self), NULL);
  g_return_val_if_fail (field < GEZ_VOICE_FIELD_N && voice < GEZ_SCORE_VOICE_N, NULL);

  return self->texts[field][voice];
}
