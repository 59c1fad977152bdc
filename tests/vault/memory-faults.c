/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-faults.h"

#include <sqlite3.h>

static sqlite3_mem_methods system_memory;
static gint until_fault = -1; /* -1: never */
static gboolean goes_on;
static guint n_failed;
static gint n_taken; /* atomic */

static gboolean
is_faulty (void)
{
  if (until_fault < 0 || until_fault-- > 0)
    return FALSE;
  until_fault = goes_on ? 0 : -1;
  n_failed++;
  return TRUE;
}

static void *
take (int size)
{
  void *taken = is_faulty () ? NULL : system_memory.xMalloc (size);

  if (taken != NULL)
    g_atomic_int_inc (&n_taken);
  return taken;
}

static void
give_back (void *taken)
{
  g_atomic_int_add (&n_taken, -1);
  system_memory.xFree (taken);
}

static void *
take_more (void *taken,
           int   size)
{
  return is_faulty () ? NULL : system_memory.xRealloc (taken, size);
}

/* Before anything else uses SQLite. Without lookaside every small thing is a request. */
void
memory_faults_install (void)
{
  sqlite3_mem_methods ours;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &system_memory), ==, SQLITE_OK);
  ours = system_memory;
  ours.xMalloc = take;
  ours.xFree = give_back;
  ours.xRealloc = take_more;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &ours), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0), ==, SQLITE_OK);
}

/* After @n_before requests that go well one is refused, or all. */
void
memory_faults_plan (gint     n_before,
                    gboolean is_for_ever)
{
  goes_on = is_for_ever;
  until_fault = n_before;
}

void
memory_faults_stop (void)
{
  until_fault = -1;
}

/* How many requests were refused so far. */
guint
memory_faults_get_n (void)
{
  return n_failed;
}

/* How many pieces SQLite holds now. */
gint
memory_faults_n_taken (void)
{
  return g_atomic_int_get (&n_taken);
}
