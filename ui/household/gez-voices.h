/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "household/gez-saying.h"
#include "household/gez-voice-text.h"

G_BEGIN_DECLS

/**
 * GezVoiceField:
 * @GEZ_VOICE_FIELD_STRENGTHS: what goes well
 * @GEZ_VOICE_FIELD_NEEDS: what is hard
 * @GEZ_VOICE_FIELD_WISHED_CHANGE: what they want to be different
 */
typedef enum
{
  GEZ_VOICE_FIELD_STRENGTHS,
  GEZ_VOICE_FIELD_NEEDS,
  GEZ_VOICE_FIELD_WISHED_CHANGE,
  GEZ_VOICE_FIELD_N
} GezVoiceField;

/**
 * GezVoices:
 *
 * What family and worker say about one life domain: what goes well first, then what is hard and
 * what they want. Leaving a field saves it; until then it is in an encrypted draft.
 */
#define GEZ_TYPE_VOICES (gez_voices_get_type ())
G_DECLARE_FINAL_TYPE (GezVoices, gez_voices, GEZ, VOICES, GtkWidget)

GtkWidget    *gez_voices_new       (GezSaying     *saying);
void          gez_voices_show      (GezVoices     *self,
                                    GezRecord     *family,
                                    GezRecord     *worker);
GezVoiceText *gez_voices_get_text  (GezVoices     *self,
                                    GezVoiceField  field,
                                    GezScoreVoice  voice);

G_END_DECLS
