/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "sync/gez-folder.h"

/*
 * Works on a shared folder as the engine does, for carriers.sh:
 *
 *   folder-work URI SECONDS found
 *   folder-work URI SECONDS publish DEVICE FROM NUMBER SIZE
 *   folder-work URI SECONDS verify DEVICE FROM NUMBER SIZE
 *   folder-work URI SECONDS list DIRECTORY
 *   folder-work URI SECONDS die DEVICE FROM MICROSECONDS SIZE    publishes one, and is killed so long after
 * it began
 *
 * Files are d/DEVICE/s<number>.seg; their content follows from device and number. What went wrong is the one
 * word on standard output, and exit status 1.
 */

static const char *const codes[] = {
  [GEZ_SYNC_ERROR_NOT_CONNECTED] = "NOT_CONNECTED",
  [GEZ_SYNC_ERROR_INCOMPLETE] = "INCOMPLETE",
  [GEZ_SYNC_ERROR_DAMAGED] = "DAMAGED",
  [GEZ_SYNC_ERROR_FOREIGN] = "FOREIGN",
  [GEZ_SYNC_ERROR_TOO_NEW] = "TOO_NEW",
  [GEZ_SYNC_ERROR_EXISTS] = "EXISTS",
  [GEZ_SYNC_ERROR_NOT_EMPTY] = "NOT_EMPTY",
  [GEZ_SYNC_ERROR_NO_SPACE] = "NO_SPACE",
  [GEZ_SYNC_ERROR_DENIED] = "DENIED",
  [GEZ_SYNC_ERROR_TIMED_OUT] = "TIMED_OUT",
  [GEZ_SYNC_ERROR_IO] = "IO",
};

static int
fail (const GError *error)
{
  g_print ("%s\n", error->domain == GEZ_SYNC_ERROR ? codes[error->code] : g_quark_to_string (error->domain));
  g_printerr ("%s\n", error->message);
  return 1;
}

static GBytes *
make_content (const char *device,
              guint       number,
              gsize       size)
{
  guint8 *content = g_malloc (size);
  guint32 state = g_str_hash (device) ^ (number * 2654435761u);

  for (gsize i = 0; i < size; i++)
    {
      state = state * 1664525u + 1013904223u;
      content[i] = (guint8) (state >> 24);
    }
  memcpy (content, "GEZSEGM1", MIN (size, 8));
  return g_bytes_new_take (content, size);
}

static int
publish (GezFolder *folder,
         char     **words)
{
  guint from = (guint) atoi (words[1]), end = from + (guint) atoi (words[2]);

  for (guint i = from; i < end; i++)
    {
      g_autofree char *path = g_strdup_printf ("d/%s/s%08u.seg", words[0], i);
      g_autoptr (GBytes) content = make_content (words[0], i, (gsize) atoi (words[3]));
      g_autoptr (GError) error = NULL;

      if (!gez_folder_publish (folder, path, content, NULL, &error))
        return fail (error);
    }
  return 0;
}

static gpointer
die_cb (gpointer microseconds)
{
  g_usleep (GPOINTER_TO_UINT (microseconds));
  raise (SIGKILL);
  return NULL;
}

/* The look before makes the connection: what is left is the writing. */
static int
publish_and_die (GezFolder *folder,
                 char     **words)
{
  char *one[] = { words[0], words[1], (char *) "1", words[3] };
  g_autoptr (GPtrArray) names = gez_folder_list (folder, "", NULL, NULL);

  g_thread_unref (g_thread_new ("die", die_cb, GUINT_TO_POINTER ((guint) atoi (words[2]))));
  return publish (folder, one);
}

static int
verify (GezFolder *folder,
        char     **words)
{
  guint from = (guint) atoi (words[1]), end = from + (guint) atoi (words[2]);

  for (guint i = from; i < end; i++)
    {
      g_autofree char *path = g_strdup_printf ("d/%s/s%08u.seg", words[0], i);
      g_autoptr (GBytes) content = make_content (words[0], i, (gsize) atoi (words[3]));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) read = gez_folder_read (folder, path, 64 * 1024 * 1024, NULL, &error);

      if (read == NULL)
        return fail (error);
      if (!g_bytes_equal (read, content))
        {
          g_print ("OTHER\n");
          return 1;
        }
    }
  return 0;
}

static int
list (GezFolder  *folder,
      const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = gez_folder_list (folder, directory, NULL, &error);

  if (names == NULL)
    return fail (error);
  for (guint i = 0; i < names->len; i++)
    g_print ("%s\n", (char *) names->pdata[i]);
  return 0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GezFolder) folder = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 4)
    return 2;
  folder = gez_folder_new_for_uri (argv[1], (guint) atoi (argv[2]));
  if (g_str_equal (argv[3], "found"))
    return gez_folder_found (folder, "Blijf hier af.\n", NULL, &error) ? 0 : fail (error);
  if (g_str_equal (argv[3], "list") && argc == 5)
    return list (folder, argv[4]);
  if (g_str_equal (argv[3], "publish") && argc == 8)
    return publish (folder, argv + 4);
  if (g_str_equal (argv[3], "die") && argc == 8)
    return publish_and_die (folder, argv + 4);
  if (g_str_equal (argv[3], "verify") && argc == 8)
    return verify (folder, argv + 4);
  return 2;
}
