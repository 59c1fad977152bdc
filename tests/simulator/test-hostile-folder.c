/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-folder.h"

#include <string.h>

/* A folder that misbehaves less than it says would let everything pass. */

#define FILES 300

static char *
path_of (guint number)
{
  return g_strdup_printf ("d/toestel%u/s%08u-abc.seg", number % 3, number);
}

static GBytes *
content_of (guint number)
{
  g_autofree char *text = g_strdup_printf ("inhoud van bestand %u, en nog wat meer", number);

  return g_bytes_new (text, strlen (text));
}

static void
publish_all (HostileFolder *folder, HostileView **views)
{
  for (guint i = 0; i < FILES; i++)
    {
      g_autofree char *path = path_of (i);
      g_autoptr (GBytes) content = content_of (i);

      while (!gez_folder_publish (GEZ_FOLDER (views[i % 3]), path, content, NULL, NULL))
        continue;
      hostile_folder_tick (folder, 1);
    }
}

/* How many files a view shows whole. */
static guint
count_whole (HostileView *view)
{
  guint n = 0;

  for (guint i = 0; i < FILES; i++)
    {
      g_autofree char *path = path_of (i);
      g_autoptr (GBytes) content = content_of (i);
      g_autoptr (GBytes) there = gez_folder_read (GEZ_FOLDER (view), path, 1000, NULL, NULL);

      n += there != NULL && g_bytes_equal (there, content);
    }
  return n;
}

static guint
count_names (HostileView *view)
{
  guint n = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *directory = g_strdup_printf ("d/toestel%u", i);
      g_autoptr (GPtrArray) names = gez_folder_list (GEZ_FOLDER (view), directory, NULL, NULL);

      n += names ? names->len : 0;
    }
  return n;
}

static void
test_calm_brings_everything (void)
{
  g_autoptr (HostileFolder) folder = hostile_folder_new (1);
  HostileView *views[3];

  for (guint i = 0; i < 3; i++)
    views[i] = hostile_folder_add_view (folder);
  g_assert_true (gez_folder_found (GEZ_FOLDER (views[0]), "Gezinsplan", NULL, NULL));
  hostile_folder_set_faults (folder, HOSTILE_ALL);
  publish_all (folder, views);
  g_assert_cmpuint (hostile_folder_get_n_faults (folder), >, FILES / 2);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (count_whole (views[i]), <, FILES);
  hostile_folder_calm (folder);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (count_whole (views[i]), ==, FILES);
      /* Copies under other names stay. */
      g_assert_cmpuint (count_names (views[i]), >, FILES);
    }
}

static void
test_views_differ (void)
{
  g_autoptr (HostileFolder) folder = hostile_folder_new (2);
  HostileView *one = hostile_folder_add_view (folder), *other = hostile_folder_add_view (folder);
  g_autoptr (GBytes) content = content_of (0);
  g_autofree char *path = path_of (0);
  g_autofree char *next = path_of (3);

  g_assert_true (gez_folder_found (GEZ_FOLDER (one), "Gezinsplan", NULL, NULL));
  hostile_view_set_apart (other, TRUE);
  g_assert_true (gez_folder_publish (GEZ_FOLDER (one), path, content, NULL, NULL));
  g_assert_cmpuint (count_names (other), ==, 0);
  hostile_view_set_apart (other, FALSE);
  hostile_folder_tick (folder, 5);
  g_assert_cmpuint (count_names (other), ==, 1);
  hostile_folder_tick (folder, 5);
  g_assert_true (gez_folder_publish (GEZ_FOLDER (one), next, content, NULL, NULL));
  hostile_folder_tick (folder, 5);
  /* An older state: the second file is not there any more, and then it is. */
  hostile_view_roll_back (other, 8);
  g_assert_cmpuint (count_names (other), ==, 1);
  g_assert_cmpuint (count_names (one), ==, 2);
  hostile_view_roll_back (other, 0);
  g_assert_cmpuint (count_names (other), ==, 2);
}

static void
test_emptied_is_not_connected (void)
{
  g_autoptr (HostileFolder) folder = hostile_folder_new (3);
  HostileView *view = hostile_folder_add_view (folder);
  g_autoptr (GBytes) content = content_of (0);
  g_autofree char *path = path_of (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_folder_found (GEZ_FOLDER (view), "Gezinsplan", NULL, NULL));
  g_assert_true (gez_folder_publish (GEZ_FOLDER (view), path, content, NULL, NULL));
  hostile_folder_empty (folder);
  g_assert_null (gez_folder_list (GEZ_FOLDER (view), "", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_assert_false (gez_folder_publish (GEZ_FOLDER (view), path, content, NULL, NULL));
  g_assert_true (gez_folder_found (GEZ_FOLDER (view), "Gezinsplan", NULL, NULL));
  g_assert_true (gez_folder_publish (GEZ_FOLDER (view), path, content, NULL, NULL));
}

/* A name never gets other bytes, but half a file is made whole. */
static void
test_nothing_is_replaced (void)
{
  g_autoptr (HostileFolder) folder = hostile_folder_new (4);
  HostileView *view = hostile_folder_add_view (folder);
  g_autoptr (GBytes) content = content_of (0);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (content, 0, 10);
  g_autoptr (GBytes) other = content_of (1);
  g_autofree char *path = path_of (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_folder_found (GEZ_FOLDER (view), "Gezinsplan", NULL, NULL));
  g_assert_true (gez_folder_publish (GEZ_FOLDER (view), path, half, NULL, NULL));
  g_assert_true (gez_folder_publish (GEZ_FOLDER (view), path, content, NULL, NULL));
  g_assert_true (gez_folder_publish (GEZ_FOLDER (view), path, content, NULL, NULL));
  g_assert_false (gez_folder_publish (GEZ_FOLDER (view), path, other, NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/folder/calm", test_calm_brings_everything);
  g_test_add_func ("/simulator/folder/views", test_views_differ);
  g_test_add_func ("/simulator/folder/emptied", test_emptied_is_not_connected);
  g_test_add_func ("/simulator/folder/names", test_nothing_is_replaced);
  return g_test_run ();
}
