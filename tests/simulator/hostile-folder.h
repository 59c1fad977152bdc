/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-folder.h"

G_BEGIN_DECLS

/* One shared folder as several devices see it, each its own way: a view is what a carrier (a network
 * folder, a program that copies, a stick) shows to one device. What it does to files is drawn from a seed.
 *
 * A file that was published is lost only when somebody empties the folder. In the end comes calm: then
 * every view shows all that was published, beside the rubbish that gathered. */
typedef struct _HostileFolder HostileFolder;

typedef enum
{
  HOSTILE_DELAYS = 1 << 0,     /* later, and not in the order of writing */
  HOSTILE_COPIES = 1 << 1,     /* conflict copies, as three programs name them; capitals */
  HOSTILE_HALVES = 1 << 2,     /* shorter at first, or with a byte that is not right */
  HOSTILE_ERRORS = 1 << 3,     /* calls that fail, before or after they did their work */
  HOSTILE_DEATHS = 1 << 4,     /* a publish that leaves half a file under the final name */
  HOSTILE_STRANGERS = 1 << 5,  /* files of others */
  HOSTILE_ALL = (1 << 6) - 1,
} HostileFaults;

#define HOSTILE_TYPE_VIEW (hostile_view_get_type ())
G_DECLARE_FINAL_TYPE (HostileView, hostile_view, HOSTILE, VIEW, GezFolder)

HostileFolder *hostile_folder_new        (guint32        seed);
void           hostile_folder_free       (HostileFolder *self);
void           hostile_folder_set_faults (HostileFolder *self,
                                          HostileFaults  faults);
HostileView   *hostile_folder_add_view   (HostileFolder *self);
/* The one that was added last. */
void           hostile_folder_drop_view  (HostileFolder *self,
                                          HostileView   *view);
/* Time goes on: what is due arrives. */
void           hostile_folder_tick       (HostileFolder *self,
                                          guint          ticks);
/* All files are gone, and gezinsplan/ too. */
void           hostile_folder_empty      (HostileFolder *self);
void           hostile_folder_calm       (HostileFolder *self);
/* What was lost in emptying and is @wanted comes back, as from a backup of the server. */
typedef gboolean (*HostileWanted) (const char *path, gpointer data);
void           hostile_folder_put_back   (HostileFolder *self,
                                          HostileWanted  wanted,
                                          gpointer       data);
/* Whether some file, in any view, holds these bytes. */
gboolean       hostile_folder_holds      (HostileFolder *self,
                                          const char    *needle);
/* Whether two segments of one device have one number. */
gboolean       hostile_folder_is_forked  (HostileFolder *self);
guint          hostile_folder_count      (HostileFolder *self,
                                          guint64       *n_bytes);
guint64        hostile_folder_get_n_faults (HostileFolder *self);

void           hostile_view_set_connected (HostileView  *self,
                                          gboolean       is_connected);
/* Nothing arrives here and nothing from here arrives elsewhere: different members see different files. */
void           hostile_view_set_apart    (HostileView   *self,
                                          gboolean       is_apart);
/* Shows what it showed so many ticks ago. 0: no longer. */
void           hostile_view_roll_back    (HostileView   *self,
                                          guint          ticks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostileFolder, hostile_folder_free)

G_END_DECLS
