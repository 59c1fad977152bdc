/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezQuestionEditor:
 *
 * One question of a family inside the form of a contact: what was asked, for which life domain, and
 * what came of it. Signals `edited`: something was typed or chosen; `remove`: a person wants it
 * away.
 */
#define GEZ_TYPE_QUESTION_EDITOR (gez_question_editor_get_type ())
G_DECLARE_FINAL_TYPE (GezQuestionEditor, gez_question_editor, GEZ, QUESTION_EDITOR, GtkWidget)

GtkWidget  *gez_question_editor_new         (GezContext        *context);
gboolean    gez_question_editor_is_empty    (GezQuestionEditor *self);
gboolean    gez_question_editor_check       (GezQuestionEditor *self,
                                             const char       **complaint);
char       *gez_question_editor_dup_text    (GezQuestionEditor *self);
void        gez_question_editor_set_domain  (GezQuestionEditor *self,
                                             const char        *code);
const char *gez_question_editor_get_domain  (GezQuestionEditor *self);
gboolean    gez_question_editor_has_outcome (GezQuestionEditor *self,
                                             const char        *code);
const char *gez_question_editor_get_come_back (GezQuestionEditor *self);
GVariant   *gez_question_editor_to_variant  (GezQuestionEditor *self);
void        gez_question_editor_restore     (GezQuestionEditor *self,
                                             GVariant          *values);

G_END_DECLS
