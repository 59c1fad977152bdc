/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/*
 * Leaving a field: one cell of one row gets another value. For every field that is no decision of
 * its own; what has rules (ending, reaching, moving...) has a command in the file of its type.
 * @act: name of the act in the change log, as "edit-person".
 */
GezChange *gez_record_edit_text    (GezContext  *context,
                                    const char  *act,
                                    const char  *table,
                                    const GezId *id,
                                    const char  *column,
                                    const char  *value);
GezChange *gez_record_edit_integer (GezContext  *context,
                                    const char  *act,
                                    const char  *table,
                                    const GezId *id,
                                    const char  *column,
                                    gint64       value);
GezChange *gez_record_edit_id      (GezContext  *context,
                                    const char  *act,
                                    const char  *table,
                                    const GezId *id,
                                    const char  *column,
                                    const GezId *value);
GezChange *gez_record_withdraw     (GezContext  *context,
                                    const char  *act,
                                    const char  *table,
                                    const GezId *id,
                                    const char  *reason);

G_END_DECLS
