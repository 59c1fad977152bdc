/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `rows` are the rows of today that the current member wrote, one for each voice; none when
 *    there is none yet. The store says which they are whenever nothing is on its way to it.
 * 2. The first thing that a voice says makes the row, and the next ones change it, also when they
 *    come before the first one arrived: commits keep their order.
 * 3. When making the row failed, the next thing that is said tries to make one again.
 * 4. After midnight there are new rows.
 */

#include "household/gez-saying.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "household/gez-domain-names.h"

struct _GezSaying
{
  GObject parent_instance;

  GezContext *context;
  GezId household;
  GezId domain;
  char *place;
  char *day;
  GezId rows[GEZ_SCORE_VOICE_N];
  guint n_writing;
};

G_DEFINE_FINAL_TYPE (GezSaying, gez_saying, G_TYPE_OBJECT)

static void
forget_rows (GezSaying *self)
{
  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    self->rows[voice] = GEZ_ID_NONE;
}

static void
forget_other_days (GezSaying *self)
{
  g_autofree char *today = gez_context_dup_today (self->context);

  if (g_strcmp0 (self->day, today) == 0)
    return;

  g_free (self->day);
  self->day = g_steal_pointer (&today);
  forget_rows (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GezSaying *self = g_task_get_source_object (task);
  gboolean is_written = gez_act_finish (result) != 0;

  self->n_writing--;
  if (!is_written)
    forget_rows (self);
  g_task_return_boolean (task, is_written);
}

static void
write_input (GezSaying           *self,
             GtkWidget           *from,
             GezScoreVoice        voice,
             GezAssessmentInput  *input,
             gboolean             clears_draft,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GezId id = GEZ_ID_NONE;
  GezChange *change;

  forget_other_days (self);
  input->household_id = &self->household;
  input->domain_id = &self->domain;
  input->voice = gez_score_voice_code (voice);
  if (!gez_id_is_none (&self->rows[voice]))
    input->id = &self->rows[voice];
  change = gez_assessment_record (self->context, input, &id);
  if (input->id == NULL)
    self->rows[voice] = id;
  if (clears_draft)
    gez_change_clear_draft (change, self->place, &self->household);

  g_task_set_source_tag (task, write_input);
  self->n_writing++;
  gez_act_async (from, self->context, change, NULL, written_cb, task);
}

static void
gez_saying_finalize (GObject *object)
{
  GezSaying *self = GEZ_SAYING (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->day, g_free);

  G_OBJECT_CLASS (gez_saying_parent_class)->finalize (object);
}

static void
gez_saying_class_init (GezSayingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_saying_finalize;
}

static void
gez_saying_init (GezSaying *self)
{
}

/**
 * gez_saying_new:
 * @context: where we work
 * @household: whose domain
 * @domain: the life domain
 *
 * Returns: (transfer full): the writer
 */
GezSaying *
gez_saying_new (GezContext  *context,
                const GezId *household,
                const GezId *domain)
{
  GezSaying *self = g_object_new (GEZ_TYPE_SAYING, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->domain = *domain;
  self->place = g_strdup_printf ("domain:%s", gez_domain_code (context, domain));

  return self;
}

/**
 * gez_saying_get_context:
 * @self: the writer
 *
 * Returns: (transfer none): where we work
 */
GezContext *
gez_saying_get_context (GezSaying *self)
{
  g_return_val_if_fail (GEZ_IS_SAYING (self), NULL);

  return self->context;
}

/**
 * gez_saying_get_household:
 * @self: the writer
 *
 * Returns: (transfer none): whose domain
 */
const GezId *
gez_saying_get_household (GezSaying *self)
{
  g_return_val_if_fail (GEZ_IS_SAYING (self), NULL);

  return &self->household;
}

/**
 * gez_saying_get_domain:
 * @self: the writer
 *
 * Returns: (transfer none): the life domain
 */
const GezId *
gez_saying_get_domain (GezSaying *self)
{
  g_return_val_if_fail (GEZ_IS_SAYING (self), NULL);

  return &self->domain;
}

/**
 * gez_saying_get_place:
 * @self: the writer
 *
 * Returns: (transfer none): name of the draft that holds what is not written yet; its subject is
 *   the household
 */
const char *
gez_saying_get_place (GezSaying *self)
{
  g_return_val_if_fail (GEZ_IS_SAYING (self), NULL);

  return self->place;
}

/**
 * gez_saying_is_writing:
 * @self: the writer
 *
 * Returns: whether something is on its way to the store, so that what is read now may be older
 */
gboolean
gez_saying_is_writing (GezSaying *self)
{
  g_return_val_if_fail (GEZ_IS_SAYING (self), FALSE);

  return self->n_writing > 0;
}

/**
 * gez_saying_set_today:
 * @self: the writer
 * @rows: (element-type GezRecord): the rows of today by the current member, with `voice`
 */
void
gez_saying_set_today (GezSaying *self,
                      GPtrArray *rows)
{
  g_return_if_fail (GEZ_IS_SAYING (self));

  if (self->n_writing > 0)
    return;

  forget_other_days (self);
  forget_rows (self);
  for (guint i = 0; i < rows->len; i++)
    {
      GezRecord *row = g_ptr_array_index (rows, i);
      const char *code = gez_record_get_text (row, "voice");

      for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
        if (g_strcmp0 (code, gez_score_voice_code (voice)) == 0)
          self->rows[voice] = *gez_record_get_id (row);
    }
}

/**
 * gez_saying_write_text:
 * @self: the writer
 * @from: the widget where it was said
 * @voice: who says it
 * @column: strengths, needs or wished_change
 * @text: what is said; "" takes it back
 * @is_last: whether nothing else is typed and not written; the draft then goes
 * @callback: called when it was written or not
 * @user_data: for @callback
 */
void
gez_saying_write_text (GezSaying           *self,
                       GtkWidget           *from,
                       GezScoreVoice        voice,
                       const char          *column,
                       const char          *text,
                       gboolean             is_last,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GezAssessmentInput input = { 0 };

  g_return_if_fail (GEZ_IS_SAYING (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (column, "strengths") == 0)
    input.strengths = text;
  else if (g_strcmp0 (column, "needs") == 0)
    input.needs = text;
  else
    input.wished_change = text;
  if (voice == GEZ_SCORE_VOICE_FAMILY && text[0] != '\0')
    input.asked = "asked";

  write_input (self, from, voice, &input, is_last, callback, user_data);
}

/**
 * gez_saying_write_finish:
 * @self: the writer
 * @result: what the callback got
 *
 * Returns: whether it was written; if not, a person was told why
 */
gboolean
gez_saying_write_finish (GezSaying    *self,
                         GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * gez_saying_write_score:
 * @self: the writer
 * @from: the widget where it was chosen
 * @voice: who says it
 * @score: 1 to 5
 */
void
gez_saying_write_score (GezSaying    *self,
                        GtkWidget    *from,
                        GezScoreVoice voice,
                        int           score)
{
  GezAssessmentInput input = { .score = score };

  g_return_if_fail (GEZ_IS_SAYING (self));
  g_return_if_fail (score >= GEZ_SCORE_LOWEST && score <= GEZ_SCORE_HIGHEST);

  if (voice == GEZ_SCORE_VOICE_FAMILY)
    input.asked = "asked";
  write_input (self, from, voice, &input, FALSE, NULL, NULL);
}

/**
 * gez_saying_take_back_score:
 * @self: the writer
 * @from: the widget where it was taken back
 * @row: the row that holds the score
 *
 * A score that was not meant goes, and the one before it stands again.
 */
void
gez_saying_take_back_score (GezSaying   *self,
                            GtkWidget   *from,
                            const GezId *row)
{
  GezAssessmentInput input = { .id = row, .score = GEZ_ASSESSMENT_NO_SCORE };

  g_return_if_fail (GEZ_IS_SAYING (self));
  g_return_if_fail (!gez_id_is_none (row));

  gez_act (from, self->context, gez_assessment_record (self->context, &input, NULL),
           _("The score was taken back"));
}

/**
 * gez_saying_write_asked:
 * @self: the writer
 * @from: the widget where it was chosen
 * @asked: whether the family was asked about this domain (GEZ_CODES_ASKED)
 */
void
gez_saying_write_asked (GezSaying  *self,
                        GtkWidget  *from,
                        const char *asked)
{
  GezAssessmentInput input = { .asked = asked };

  g_return_if_fail (GEZ_IS_SAYING (self));

  write_input (self, from, GEZ_SCORE_VOICE_FAMILY, &input, FALSE, NULL, NULL);
}
