/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "household/gez-score-series.h"
#include "model/gez-assessment.h"

G_BEGIN_DECLS

/**
 * GezSaying:
 *
 * Writes what family and worker say of one life domain today. Everything that one voice says on
 * one day stands in one row.
 */
#define GEZ_TYPE_SAYING (gez_saying_get_type ())
G_DECLARE_FINAL_TYPE (GezSaying, gez_saying, GEZ, SAYING, GObject)

GezSaying   *gez_saying_new           (GezContext          *context,
                                       const GezId         *household,
                                       const GezId         *domain);
GezContext  *gez_saying_get_context   (GezSaying           *self);
const GezId *gez_saying_get_household (GezSaying           *self);
const GezId *gez_saying_get_domain    (GezSaying           *self);
const char  *gez_saying_get_place     (GezSaying           *self);
gboolean     gez_saying_is_writing    (GezSaying           *self);
void         gez_saying_set_today     (GezSaying           *self,
                                       GPtrArray           *rows);
void         gez_saying_write_text    (GezSaying           *self,
                                       GtkWidget           *from,
                                       GezScoreVoice        voice,
                                       const char          *column,
                                       const char          *text,
                                       gboolean             is_last,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean     gez_saying_write_finish  (GezSaying           *self,
                                       GAsyncResult        *result);
void         gez_saying_write_score   (GezSaying           *self,
                                       GtkWidget           *from,
                                       GezScoreVoice        voice,
                                       int                  score);
void         gez_saying_take_back_score (GezSaying         *self,
                                       GtkWidget           *from,
                                       const GezId         *row);
void         gez_saying_write_asked   (GezSaying           *self,
                                       GtkWidget           *from,
                                       const char          *asked);

G_END_DECLS
