/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezReferralEventDialog:
 *
 * What happened with a referral since, and when to ask again. The calls that were planned to ask for
 * it are done with it.
 */
#define GEZ_TYPE_REFERRAL_EVENT_DIALOG (gez_referral_event_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralEventDialog, gez_referral_event_dialog, GEZ,
                      REFERRAL_EVENT_DIALOG, GezFormDialog)

void gez_referral_event_dialog_present           (GtkWidget   *parent,
                                                  GezContext  *context,
                                                  const GezId *referral);
void gez_referral_event_dialog_present_call_back (GtkWidget   *parent,
                                                  GezContext  *context,
                                                  const GezId *referral);

G_END_DECLS
