/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/gez-reader-acts.h"

typedef struct
{
  GezContext *context;
  GPtrArray *acts;
  guint place;
  GezReaderActsDone done;
  gpointer data;
} Run;

static void run_next (Run *run);

static void
finish (Run          *run,
        const GError *error)
{
  run->done (error, run->data);
  g_ptr_array_unref (run->acts);
  g_object_unref (run->context);
  g_free (run);
}

static void
act_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  if (!gez_team_act_finish (GEZ_TEAM_ACT (source), result, &error))
    {
      finish (run, error);
      return;
    }
  run->place++;
  run_next (run);
}

static void
run_next (Run *run)
{
  if (run->place == run->acts->len)
    finish (run, NULL);
  else
    gez_team_act_async (g_ptr_array_index (run->acts, run->place), gez_context_get_store (run->context), NULL,
                        act_cb, run);
}

/**
 * gez_reader_acts_run:
 * @context: where we work
 * @acts: (element-type GezTeamAct): in order
 * @done: called when all are done, or one was refused
 * @data: for @done
 */
void
gez_reader_acts_run (GezContext        *context,
                     GPtrArray         *acts,
                     GezReaderActsDone  done,
                     gpointer           data)
{
  Run *run;

  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (acts != NULL && done != NULL);

  run = g_new0 (Run, 1);
  run->context = g_object_ref (context);
  run->acts = g_ptr_array_ref (acts);
  run->done = done;
  run->data = data;
  run_next (run);
}
