/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-stall.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>

/*
 * What keeps the window from answering, measured where it happens: between two visits of the main
 * loop to poll() nothing that a person does is seen.
 *
 * 1. The poll function of the main context notes when it comes back and when it is asked again.
 * 2. A thread looks at that note every few milliseconds. When the loop has been away for long, it
 *    sends the main thread a signal, whose handler takes the call stack down where it is.
 * 3. The handler touches nothing but the arrays below; the main thread reads them only in poll,
 *    when no signal is on its way for this stretch any more: the number of the stretch is checked.
 *
 * Only for measuring: nobody is watched unless `GEZINSPLAN_TRACE` says so. A call stack holds no data.
 */

#define N_FRAMES 48
#define N_SAMPLES 64
#define LOOK_MICROSECONDS 2000

typedef struct
{
  gint64 threshold;
  GezStallFunc function;
  gpointer data;
  pthread_t thread;
  gint64 away_since; /* atomic pointer size; 0 while the loop waits for events */
  gint64 processor_since;
} Watch;

static Watch watch;
static void *samples[N_SAMPLES][N_FRAMES];
static int sample_depths[N_SAMPLES];
static volatile sig_atomic_t n_samples;

static gint64
get_processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
sample_cb (int signal_number)
{
  int sample = n_samples;

  if (sample == N_SAMPLES)
    return;
  sample_depths[sample] = backtrace (samples[sample], N_FRAMES);
  n_samples = sample + 1;
}

static gpointer
look (gpointer data)
{
  while (TRUE)
    {
      gint64 since = __atomic_load_n (&watch.away_since, __ATOMIC_ACQUIRE);

      if (since != 0 && g_get_monotonic_time () - since > watch.threshold / 2)
        pthread_kill (watch.thread, SIGPROF);
      g_usleep (LOOK_MICROSECONDS);
    }
  return NULL;
}

/* The handler and what called it are the first two frames of a stack. */
static char *
describe (int sample)
{
  GString *text = g_string_new (NULL);

  for (int frame = 2; frame < sample_depths[sample]; frame++)
    {
      const void *address = samples[sample][frame];
      Dl_info info;

      if (frame > 2)
        g_string_append_c (text, ' ');
      if (dladdr (address, &info) == 0)
        g_string_append (text, "?");
      else if (info.dli_sname != NULL)
        g_string_append (text, info.dli_sname);
      else
        g_string_append_printf (text, "%s+0x%zx", info.dli_fname,
                                (gsize) ((const char *) address - (const char *) info.dli_fbase));
    }
  return g_string_free (text, FALSE);
}

/* The sample in the middle: the work that takes most of a stretch is there with the best odds. */
static void
end_stretch (void)
{
  gint64 wall = g_get_monotonic_time () - watch.away_since;
  gint64 processor = get_processor_time () - watch.processor_since;

  __atomic_store_n (&watch.away_since, 0, __ATOMIC_RELEASE);
  if (wall >= watch.threshold)
    {
      g_autofree char *culprit = n_samples > 0 ? describe (n_samples / 2) : g_strdup ("");

      watch.function (wall, processor, culprit, watch.data);
    }
}

static gint
watched_poll (GPollFD *descriptors,
              guint    n_descriptors,
              gint     timeout)
{
  gint result;

  if (watch.away_since != 0)
    end_stretch ();
  result = g_poll (descriptors, n_descriptors, timeout);
  n_samples = 0;
  watch.processor_since = get_processor_time ();
  __atomic_store_n (&watch.away_since, g_get_monotonic_time (), __ATOMIC_RELEASE);
  return result;
}

/**
 * gez_stall_watch:
 * @threshold: microseconds; shorter stretches are not told
 * @function: called on the main thread after each stretch
 *
 * From now on watches the main loop of the calling thread, until the process ends.
 *
 * Thread: the main one, once.
 */
void
gez_stall_watch (gint64       threshold,
                 GezStallFunc function,
                 gpointer     data)
{
  struct sigaction action = { .sa_handler = sample_cb, .sa_flags = SA_RESTART };
  void *warm_up[2];

  g_return_if_fail (threshold > 0 && function != NULL && watch.function == NULL);

  /* The first call loads a library, which a signal handler may not. */
  backtrace (warm_up, G_N_ELEMENTS (warm_up));
  watch.threshold = threshold;
  watch.function = function;
  watch.data = data;
  watch.thread = pthread_self ();
  sigaction (SIGPROF, &action, NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
  g_thread_unref (g_thread_new ("stall-watch", look, NULL));
}
