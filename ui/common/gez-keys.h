/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezKeyScope:
 * @GEZ_KEY_APPLICATION: everywhere, before what has the focus
 * @GEZ_KEY_WORKSPACE: while the store is open, after what has the focus
 * @GEZ_KEY_FILE: in a household file, before what has the focus
 * @GEZ_KEY_OWN: a widget sets it itself; it is only told here
 */
typedef enum
{
  GEZ_KEY_APPLICATION,
  GEZ_KEY_WORKSPACE,
  GEZ_KEY_FILE,
  GEZ_KEY_OWN,
} GezKeyScope;

/**
 * GezKey:
 * @group: what the keys around it are about
 * @label: what it does
 * @trigger: as GTK writes it, "<Control>k"; with a %d it stands for nine keys, 1 to 9
 * @action: (nullable): what it activates; a %d in it is the number of the key
 */
typedef struct
{
  GezKeyScope scope;
  const char *group;
  const char *label;
  const char *trigger;
  const char *action;
} GezKey;

typedef void (*GezKeyFunc) (const char *trigger,
                            const char *action,
                            gpointer    data);

const GezKey *gez_keys_get      (guint      *n_keys);
void          gez_keys_foreach  (GezKeyScope scope,
                                 GezKeyFunc  function,
                                 gpointer    data);
char         *gez_keys_describe (const char *trigger);

G_END_DECLS
