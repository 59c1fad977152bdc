/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/*
 * What the commands of this module share. Every text that is blank writes nothing (in a new row) or
 * NULL (in an existing one), and loses the white space around it.
 */
GezId     gez_command_insert     (GezContext  *context,
                                  GezChange   *change,
                                  const char  *table,
                                  GezCircle    circle,
                                  GezId       *id);
void      gez_command_text       (GezChange   *change,
                                  const char  *column,
                                  const char  *text);
void      gez_command_write_text (GezChange   *change,
                                  const char  *column,
                                  const char  *text);
void      gez_command_number     (GezChange   *change,
                                  const char  *column,
                                  gint64       value);
void      gez_command_yes        (GezChange   *change,
                                  const char  *column,
                                  gboolean     value);
void      gez_command_id         (GezChange   *change,
                                  const char  *column,
                                  const GezId *id);
void      gez_command_date       (GezContext  *context,
                                  GezChange   *change,
                                  const char  *column,
                                  const char  *date);
void      gez_command_by         (GezContext  *context,
                                  GezChange   *change,
                                  const char  *column,
                                  const GezId *member);
GezCircle gez_command_circle     (GezContext  *context,
                                  const GezId *household,
                                  const GezId *domain);

G_END_DECLS
