/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-error.h"

#include "base/gez-document-error.h"

G_DEFINE_QUARK (gez-vault-error-quark, gez_vault_error)
G_DEFINE_QUARK (gez-store-error-quark, gez_store_error)
G_DEFINE_QUARK (gez-exchange-error-quark, gez_exchange_error)
G_DEFINE_QUARK (gez-recovery-error-quark, gez_recovery_error)
G_DEFINE_QUARK (gez-document-error-quark, gez_document_error)
G_DEFINE_QUARK (gez-sync-error-quark, gez_sync_error)
G_DEFINE_QUARK (gez-team-error-quark, gez_team_error)
