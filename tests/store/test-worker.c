/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-worker.h"

#include <glib.h>

typedef struct
{
  GMutex lock;
  GString *order;
  GezWorker *worker;
} Log;

static void
note_short (gpointer data)
{
  Log *log = data;

  g_string_append_c (log->order, 's');
}

static void
note_long (gpointer data)
{
  Log *log = data;

  g_string_append_c (log->order, 'l');
}

static void
wait_for_lock (gpointer data)
{
  Log *log = data;

  g_mutex_lock (&log->lock);
  g_mutex_unlock (&log->lock);
}

static void
test_short_goes_first (void)
{
  Log log = { .order = g_string_new (NULL), .worker = gez_worker_new () };

  g_mutex_init (&log.lock);
  g_mutex_lock (&log.lock);
  gez_worker_push (log.worker, FALSE, wait_for_lock, &log);
  gez_worker_push (log.worker, TRUE, note_long, &log);
  gez_worker_push (log.worker, TRUE, note_long, &log);
  gez_worker_push (log.worker, FALSE, note_short, &log);
  gez_worker_push (log.worker, FALSE, note_short, &log);
  g_mutex_unlock (&log.lock);
  gez_worker_free (log.worker);
  g_assert_cmpstr (log.order->str, ==, "ssll");
  g_string_free (log.order, TRUE);
  g_mutex_clear (&log.lock);
}

static void
test_run_waits (void)
{
  Log log = { .order = g_string_new (NULL), .worker = gez_worker_new () };

  gez_worker_run (log.worker, TRUE, note_long, &log);
  g_assert_cmpstr (log.order->str, ==, "l");
  gez_worker_free (log.worker);
  g_string_free (log.order, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/worker/short-goes-first", test_short_goes_first);
  g_test_add_func ("/store/worker/run-waits", test_run_waits);
  return g_test_run ();
}
