/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezReferralDialog:
 *
 * Refers a household or one of its members to somebody. Started from a life domain, that domain is
 * filled in already.
 */
#define GEZ_TYPE_REFERRAL_DIALOG (gez_referral_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralDialog, gez_referral_dialog, GEZ, REFERRAL_DIALOG, GezFormDialog)

void gez_referral_dialog_present (GtkWidget   *parent,
                                  GezContext  *context,
                                  const GezId *household,
                                  const char  *domain_code);

G_END_DECLS
