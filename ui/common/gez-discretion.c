/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-discretion.h"

/* Always as long: how long a name is tells something too. */
#define HIDDEN "•••"

/* One for the whole program, as there is one person looking on. Its object carries the signal only. */
static gboolean is_active;

static GObject *
get_source (void)
{
  static GSimpleAction *source;

  if (source == NULL)
    source = g_simple_action_new_stateful ("discretion", NULL, g_variant_new_boolean (FALSE));
  return G_OBJECT (source);
}

/**
 * gez_discretion_is_active:
 *
 * Returns: whether names are hidden now
 */
gboolean
gez_discretion_is_active (void)
{
  return is_active;
}

/**
 * gez_discretion_set_active:
 * @active: whether to hide names
 *
 * Everything that shows has changed when this returns.
 */
void
gez_discretion_set_active (gboolean active)
{
  if (is_active == active)
    return;
  is_active = active;
  g_simple_action_set_state (G_SIMPLE_ACTION (get_source ()), g_variant_new_boolean (active));
}

/**
 * gez_discretion_watch:
 * @object: (transfer none): who shows names
 * @changed: called with @object, as long as that lives, when names are hidden or shown
 */
void
gez_discretion_watch (gpointer  object,
                      GCallback changed)
{
  g_return_if_fail (G_IS_OBJECT (object));
  g_return_if_fail (changed != NULL);

  g_signal_connect_object (get_source (), "notify::state", changed, object, G_CONNECT_SWAPPED);
}

/**
 * gez_discreet:
 * @words: (nullable): a name, or a text in which one may stand
 *
 * Returns: (transfer none) (nullable): what to show for them now; as empty as @words
 */
const char *
gez_discreet (const char *words)
{
  return is_active && words != NULL && *words != '\0' ? HIDDEN : words;
}
