/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "vault/gez-recovery-code.h"

G_BEGIN_DECLS

/* A4, in points of 1/72 inch. */
#define GEZ_RECOVERY_SHEET_WIDTH 595.28
#define GEZ_RECOVERY_SHEET_HEIGHT 841.89

/**
 * GezRecoverySheet:
 * @team_name: (nullable): of whom the store is; any length
 * @member_name: (nullable): who works with it; any length
 * @made_on: when the sheet was made, "YYYY-MM-DD"
 *
 * What stands on a recovery sheet besides the code.
 */
typedef struct
{
  const char *team_name;
  const char *member_name;
  const char *made_on;
} GezRecoverySheet;

void     gez_recovery_sheet_draw  (const GezRecoverySheet  *self,
                                   const GezSecret         *code,
                                   cairo_t                 *cairo);
gboolean gez_recovery_sheet_write (const GezRecoverySheet  *self,
                                   const GezSecret         *code,
                                   const char              *path,
                                   GError                 **error);

G_END_DECLS
