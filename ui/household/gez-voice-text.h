/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-field-row.h"

G_BEGIN_DECLS

/**
 * GezVoiceText:
 *
 * A row in which one voice says something in as many lines as it takes. Nothing happens before the
 * first real keystroke; the row then is *dirty* until its text is saved.
 *
 * GezVoiceText::edited: a person changed the text.
 * GezVoiceText::left: the field was left while it was dirty.
 */
#define GEZ_TYPE_VOICE_TEXT (gez_voice_text_get_type ())
G_DECLARE_FINAL_TYPE (GezVoiceText, gez_voice_text, GEZ, VOICE_TEXT, GezFieldRow)

GtkWidget *gez_voice_text_new       (const char   *lead,
                                     const char   *prompt,
                                     const char   *voice);
void       gez_voice_text_show      (GezVoiceText *self,
                                     const char   *text);
void       gez_voice_text_type      (GezVoiceText *self,
                                     const char   *text);
void       gez_voice_text_revert    (GezVoiceText *self);
char      *gez_voice_text_dup_text  (GezVoiceText *self);
gboolean   gez_voice_text_is_dirty  (GezVoiceText *self);
char      *gez_voice_text_take_saved (GezVoiceText *self);
void       gez_voice_text_take_back (GezVoiceText *self,
                                     const char   *saved);
GtkWidget *gez_voice_text_get_view  (GezVoiceText *self);

G_END_DECLS
