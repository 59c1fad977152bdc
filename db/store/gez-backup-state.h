/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezBackupOutcome:
 * @GEZ_BACKUP_NEVER: none was tried yet
 * @GEZ_BACKUP_DONE: it was made and verified
 * @GEZ_BACKUP_NO_SPACE: the place was full
 * @GEZ_BACKUP_NO_PLACE: the place was not there, or went away
 * @GEZ_BACKUP_DAMAGED: what was written did not read back, or the store itself is damaged
 * @GEZ_BACKUP_FAILED: the file system refused
 */
typedef enum
{
  GEZ_BACKUP_NEVER,
  GEZ_BACKUP_DONE,
  GEZ_BACKUP_NO_SPACE,
  GEZ_BACKUP_NO_PLACE,
  GEZ_BACKUP_DAMAGED,
  GEZ_BACKUP_FAILED,
} GezBackupOutcome;

/**
 * GezBackupState:
 * @place: full path of the directory
 * @is_default: whether nobody chose it: it is in the store itself
 * @is_wanted: %FALSE for invented households
 * @outcome: of the last time
 * @done_at: when one succeeded last, milliseconds UTC; 0: never
 * @done_path: (nullable): the file of that time
 * @work_at: when the first work was written, milliseconds UTC; 0: there is none
 *
 * How backups of a store stand.
 */
typedef struct
{
  char *place;
  gboolean is_default;
  gboolean is_wanted;
  GezBackupOutcome outcome;
  gint64 done_at;
  char *done_path;
  gint64 work_at;
} GezBackupState;

extern const char *const gez_backup_state_tables[]; /* what it is read from, for a reader */

GezQuery *gez_backup_state_query     (GezStore             *store);
void      gez_backup_state_free      (GezBackupState       *state);
gboolean  gez_backup_state_is_due    (const GezBackupState *state,
                                      gint64                now);
int       gez_backup_state_days_late (const GezBackupState *state,
                                      gint64                now);
gboolean  gez_backup_set_place       (GezStore             *store,
                                      const char           *place,
                                      GError              **error);
void      gez_backup_set_place_async (GezStore             *store,
                                      const char           *place,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean  gez_backup_set_place_finish (GezStore            *store,
                                      GAsyncResult         *result,
                                      GError              **error);
gboolean  gez_backup_set_unwanted    (GezStore             *store,
                                      GError              **error);
void      gez_backup_note            (GezStore             *store,
                                      const char           *place,
                                      GezBackupOutcome      outcome,
                                      const char           *name,
                                      guint64               size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezBackupState, gez_backup_state_free)

G_END_DECLS
