/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "config.h"
#include "gez-ctl.h"

/* The program for scripts and administrators. The command runs on a thread of its own, because stores
 * may not be opened on the main one; the main thread waits for signals. */

typedef struct
{
  GezCtl ctl;
  int argc;
  char **argv;
  int status;
  GMainLoop *loop;
} Run;

static gboolean
stop_cb (gpointer data)
{
  Run *run = data;

  /* The source goes away, so a second signal ends the program at once. */
  g_cancellable_cancel (run->ctl.cancellable);
  return G_SOURCE_REMOVE;
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Run *run = data;

  run->status = run->ctl.command->run (&run->ctl, run->argc, run->argv);
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Run *run = data;

  g_main_loop_quit (run->loop);
}

static int
run_command (const GezCtlCommand *command,
             int                  argc,
             char               **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GezClock) clock = gez_clock_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { { .command = command, .clock = clock, .cancellable = cancellable }, argc, argv, 0, loop };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, &run);

  g_unix_signal_add (SIGINT, stop_cb, &run);
  g_unix_signal_add (SIGTERM, stop_cb, &run);
  g_task_set_task_data (task, &run, NULL);
  g_task_run_in_thread (task, run_thread);
  g_main_loop_run (loop);
  g_free (run.ctl.store);
  g_free (run.ctl.passphrase_file);
  return run.status;
}

static int
dispatch (int    argc,
          char **argv)
{
  const GezCtlCommand *command;

  if (argc < 2)
    return gez_ctl_misuse (_("no command was given"));
  if (g_str_equal (argv[1], "--version"))
    {
      gez_ctl_print ("gezinsplanctl %s\n", VERSION);
      return GEZ_CTL_DONE;
    }
  command = gez_ctl_find_command (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") ? "help"
                                                                                                 : argv[1]);
  if (command == NULL)
    return gez_ctl_misuse (_("there is no command “%s”"), argv[1]);
  return run_command (command, argc - 1, argv + 1);
}

int
main (int    argc,
      char **argv)
{
  const char *directory = g_getenv ("GEZINSPLAN_LOCALEDIR");
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory ? directory : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("gezinsplanctl");
  if (!gez_vault_process_harden (&error))
    return gez_ctl_fail (error);
  status = dispatch (argc, argv);
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("the answer could not be written to standard output"));
  return gez_ctl_fail (error);
}
