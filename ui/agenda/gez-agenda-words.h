/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/*
 * What an appointment or a follow-up, as gez_agenda_query() or gez_today_query() gives it, is called
 * wherever it is shown. Every string is the caller's.
 */
gboolean    gez_agenda_is_appointment (GezRecord  *record);
gboolean    gez_agenda_is_timed       (GezRecord  *record);
gboolean    gez_agenda_is_over        (GezRecord  *record);
gboolean    gez_agenda_is_state       (GezRecord  *record,
                                       const char *state);
int         gez_agenda_get_start      (GezRecord  *record);
int         gez_agenda_get_minutes    (GezRecord  *record);
const char *gez_agenda_name_kind      (GezRecord  *record);
char       *gez_agenda_dup_title      (GezRecord  *record);
char       *gez_agenda_dup_line       (GezRecord  *record);
char       *gez_agenda_dup_span       (GezRecord  *record);
char       *gez_agenda_dup_label      (GezRecord  *record);
char       *gez_agenda_dup_time       (int         minutes);

G_END_DECLS
