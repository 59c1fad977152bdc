/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Work on widgets that would take too long for one turn of the main loop, done a few milliseconds
 * at a time, so that keys and frames come in between.
 *
 * 1. All widgets share one queue and one idle source: however many have work, a turn is no longer.
 * 2. A widget stands in the queue once; asked again, it starts again with the newest piece.
 * 3. Who has work while nobody else has, begins at once: what is little is there in the same frame.
 * 4. What a piece asks for goes before its own next piece: a page is filled from top to bottom.
 * 5. The queue keeps no widget; whoever is disposed of is stopped by gez_piecemeal_stop().
 */

#include "common/gez-piecemeal.h"

#define MICROSECONDS_A_TURN 4000

typedef struct
{
  GtkWidget *widget;
  GezPiece piece;
  gboolean is_asked; /* since the piece that runs was begun */
} Job;

static GQueue queue = G_QUEUE_INIT;
static guint source;
static gboolean is_working;

static GList *
find (GtkWidget *widget)
{
  for (GList *link = queue.head; link != NULL; link = link->next)
    if (((Job *) link->data)->widget == widget)
      return link;

  return NULL;
}

/* The job may be gone after its piece, or asked for again by it. */
static void
do_piece (Job *job)
{
  g_autoptr (GtkWidget) widget = g_object_ref (job->widget);
  gboolean has_more;
  GList *link;

  job->is_asked = FALSE;
  has_more = job->piece (widget);
  link = find (widget);
  if (link != NULL && !has_more && !((Job *) link->data)->is_asked)
    gez_piecemeal_stop (widget);
}

static void
work (void)
{
  gint64 end = g_get_monotonic_time () + MICROSECONDS_A_TURN;

  is_working = TRUE;
  while (queue.head != NULL && g_get_monotonic_time () < end)
    do_piece (queue.head->data);
  is_working = FALSE;
}

static gboolean
idle_cb (gpointer user_data)
{
  work ();
  if (queue.head != NULL)
    return G_SOURCE_CONTINUE;

  source = 0;

  return G_SOURCE_REMOVE;
}

/**
 * gez_piecemeal_do:
 * @widget: (transfer none): for whom; it stops the work in its dispose
 * @piece: called until it returns %FALSE, now and in the next turns
 *
 * Thread: the main one.
 */
void
gez_piecemeal_do (GtkWidget *widget,
                  GezPiece   piece)
{
  gboolean is_first = queue.head == NULL;
  GList *link;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (piece != NULL);

  link = find (widget);
  job = link != NULL ? link->data : g_new0 (Job, 1);
  if (link == NULL && is_working)
    g_queue_push_head (&queue, job);
  else if (link == NULL)
    g_queue_push_tail (&queue, job);
  job->widget = widget;
  job->piece = piece;
  job->is_asked = TRUE;
  if (is_first)
    work ();
  if (queue.head != NULL && source == 0)
    source = g_idle_add (idle_cb, NULL);
}

/**
 * gez_piecemeal_stop:
 * @widget: a widget with or without work
 *
 * Forgets what was still to be done for it.
 */
void
gez_piecemeal_stop (GtkWidget *widget)
{
  GList *link = find (widget);

  if (link == NULL)
    return;

  g_free (link->data);
  g_queue_delete_link (&queue, link);
}

/**
 * gez_piecemeal_finish:
 *
 * Does at once all that was still to be done for every widget: what stood there before must not stay for
 * another frame.
 */
void
gez_piecemeal_finish (void)
{
  g_return_if_fail (!is_working);

  is_working = TRUE;
  while (queue.head != NULL)
    do_piece (queue.head->data);
  is_working = FALSE;
}
