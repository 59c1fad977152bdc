/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

#define GEZ_RECOVERY_NOTE_TABLE "recovery_sheet"

/* How long a sheet is good without anybody looking, and how long a reminder is put off. */
#define GEZ_RECOVERY_CHECK_DAYS 365
#define GEZ_RECOVERY_PUT_OFF_DAYS 14

/**
 * GezRecoveryEvent:
 * @GEZ_RECOVERY_MADE: a new sheet came back and opens the store
 * @GEZ_RECOVERY_CHECKED: the words of the sheet were typed, and were right
 * @GEZ_RECOVERY_PUT_OFF: somebody does not want to hear of it now
 * @GEZ_RECOVERY_NEVER: nobody will ever need a sheet of this store
 *
 * What happened to the sheet, or to the reminder of it.
 */
typedef enum
{
  GEZ_RECOVERY_MADE,
  GEZ_RECOVERY_CHECKED,
  GEZ_RECOVERY_PUT_OFF,
  GEZ_RECOVERY_NEVER,
} GezRecoveryEvent;

/**
 * GezRecoveryNote:
 * @made_at: milliseconds UTC; 0 when nobody knows
 * @checked_at: likewise
 * @put_off_until: likewise
 */
typedef struct
{
  gint64 made_at;
  gint64 checked_at;
  gint64 put_off_until;
} GezRecoveryNote;

/**
 * GezRecoveryReminder:
 * @GEZ_RECOVERY_REMIND_NOT: nothing to say
 * @GEZ_RECOVERY_REMIND_MAKE: there is no sheet
 * @GEZ_RECOVERY_REMIND_CHECK: nobody looked at it for a year
 */
typedef enum
{
  GEZ_RECOVERY_REMIND_NOT,
  GEZ_RECOVERY_REMIND_MAKE,
  GEZ_RECOVERY_REMIND_CHECK,
} GezRecoveryReminder;

GezQuery           *gez_recovery_note_query  (void);
gboolean            gez_recovery_note_write  (GezStore              *store,
                                              GezRecoveryEvent       event,
                                              GError               **error);
void                gez_recovery_note_write_async  (GezStore           *store,
                                                    GezRecoveryEvent    event,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
gboolean            gez_recovery_note_write_finish (GezStore           *store,
                                                    GAsyncResult       *result,
                                                    GError            **error);
GezRecoveryReminder gez_recovery_note_remind (const GezRecoveryNote *self,
                                              gboolean               has_sheet,
                                              gint64                 now);

G_END_DECLS
