/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-widen-question.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-confirm.h"
#include "common/gez-words.h"
#include "readers/gez-reader-words.h"

typedef struct
{
  GtkWidget *from;
  GezContext *context;
  GezId household;
  char *circle; /* code of where the rows are now */
  GezCircleKind wider;
  GArray *parts; /* GezWidenPart */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->from);
  g_object_unref (question->context);
  g_free (question->circle);
  g_array_unref (question->parts);
  g_free (question);
}

static void
confirmed_cb (gpointer user_data)
{
  Question *question = user_data;
  const char *readers = gez_words_get (GEZ_WORDS_CIRCLE, gez_circle_kind_to_code (question->wider));
  /* Translators: %s is who can read something now, such as "Everybody who works with this family". */
  g_autofree char *done = g_strdup_printf (_("Who can read this now: %s"), readers);

  /* The file may have been closed while the question stood there. */
  if (gtk_widget_get_root (question->from) == NULL)
    return;

  gez_act (question->from, question->context,
           gez_widen_move (question->context, &question->household, question->wider,
                           (const GezWidenPart *) question->parts->data, question->parts->len),
           done);
}

/* With the names, when there is a team: a circle is people. */
static void
readers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GezReadersView) view = gez_store_run_finish (GEZ_STORE (source), result, NULL);
  g_autofree char *names = NULL;
  g_autofree char *who = NULL;
  g_autofree char *body = NULL;

  /* The file was closed, or the window locked, meanwhile. */
  if (gtk_widget_get_root (question->from) == NULL)
    {
      question_free (question);
      return;
    }
  if (view != NULL && view->has_team)
    names = gez_reader_words_names (view, question->wider);
  /* Translators: %s are names of colleagues. */
  who = names != NULL ? g_strdup_printf (_("Today that is: %s."), names) : g_strdup ("");
  /* Translators: who can read something now, who will, and (or nothing) their names. */
  body = g_strdup_printf (_("Now: %1$s.\nFrom then on: %2$s. %3$s\n\nWhoever read it meanwhile knows it, "
                            "also when you undo this."),
                          gez_words_get (GEZ_WORDS_CIRCLE, question->circle),
                          gez_words_get (GEZ_WORDS_CIRCLE, gez_circle_kind_to_code (question->wider)), who);
  gez_confirm (question->from, _("Let more people read this?"), body, _("_Let them read it"), FALSE,
               confirmed_cb, question, question_free);
}

/**
 * gez_widen_question_ask:
 * @from: the widget where it is asked
 * @context: where we work
 * @household: whose file
 * @circle: code of the circle where the rows are now
 * @parts: (element-type GezWidenPart): the rows
 */
void
gez_widen_question_ask (GtkWidget   *from,
                        GezContext  *context,
                        const GezId *household,
                        const char  *circle,
                        GArray      *parts)
{
  g_autoptr (GezQuery) query = NULL;
  Question *question;
  GezCircleKind wider;

  if (!gez_widen_can (circle, &wider) || parts->len == 0)
    return;

  question = g_new0 (Question, 1);
  question->from = g_object_ref (from);
  question->context = g_object_ref (context);
  question->household = *household;
  question->circle = g_strdup (circle);
  question->wider = wider;
  question->parts = g_array_ref (parts);
  query = gez_readers_view_query (household);
  gez_store_run_async (gez_context_get_store (context), query, NULL, readers_cb, question);
}
