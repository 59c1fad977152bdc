/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-team-do.h"

#include "common/gez-act.h"
#include "sync/gez-sync-of.h"

typedef struct
{
  GtkWidget *from;
  GezContext *context;
  GezTeamAct *act;
  char *done;
  GezTeamDone after;
} Doing;

static void
doing_free (Doing *doing)
{
  g_object_unref (doing->from);
  g_object_unref (doing->context);
  g_object_unref (doing->act);
  g_free (doing->done);
  g_free (doing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Doing) doing = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = gez_team_act_finish (doing->act, result, &error);

  /* Locked meanwhile: nobody is there to be told. */
  if (gtk_widget_get_root (doing->from) == NULL)
    return;
  if (!is_done)
    {
      gez_say_error (doing->from, error);
      return;
    }
  gez_sync_now (gez_sync_of (doing->context));
  if (doing->done != NULL)
    gez_say (doing->from, doing->done);
  if (doing->after != NULL)
    doing->after (doing->from, doing->act);
}

/**
 * gez_team_do:
 * @from: what the person used
 * @context: of the open store
 * @act: (transfer full): what is done
 * @done: (nullable): a sentence for when it is done
 * @after: (nullable): called when it is done and @from still shows
 *
 * Carries it out, says how it went, and has the others hear of it.
 */
void
gez_team_do (GtkWidget   *from,
             GezContext  *context,
             GezTeamAct  *act,
             const char  *done,
             GezTeamDone  after)
{
  Doing *doing;

  g_return_if_fail (GTK_IS_WIDGET (from) && GEZ_IS_CONTEXT (context));

  doing = g_new0 (Doing, 1);
  doing->from = g_object_ref (from);
  doing->context = g_object_ref (context);
  doing->act = act;
  doing->done = g_strdup (done);
  doing->after = after;
  gez_team_act_async (act, gez_context_get_store (context), NULL, done_cb, doing);
}
