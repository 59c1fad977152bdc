/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "gez-ctl.h"

static void
print_overview (void)
{
  gez_ctl_print (_("gezinsplanctl COMMAND --store DIRECTORY --passphrase-file FILE [--json] …\n\n"));
  for (const GezCtlCommand *command = gez_ctl_commands; command->name; command++)
    gez_ctl_print ("  %-9s %s\n", command->name, _(command->summary));
  gez_ctl_print (_("\nExit status: 0 done, 1 failed, 2 wrong use.\n"));
}

int
gez_ctl_help (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  const GezCtlCommand *command = argc > 1 && argv[1][0] != '-' ? gez_ctl_find_command (argv[1]) : NULL;
  char *question[] = { NULL, (char *) "--help", NULL };
  int status;

  if (argc == 2 && command)
    {
      question[0] = argv[1];
      ctl->command = command;
      return command->run (ctl, 2, question);
    }
  if (argc > 1 && argv[1][0] != '-' && command == NULL)
    return gez_ctl_misuse (_("there is no command “%s”"), argv[1]);
  if (!gez_ctl_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  print_overview ();
  return GEZ_CTL_DONE;
}
