/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger.h"
#include "power-vfs.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * FaultScript:
 * @disk: where faults are planned
 * @failures: (element-type int): codes of what SQLite refused in the last run
 * @errors: (element-type GError): what the vault said in the last run
 * @acknowledged: the last commit that the last run was told of
 *
 * A day of work that is done again and again from the same morning, with something else failing each
 * time: open a database with a log that a crash left, write, checkpoint, close.
 */
typedef struct
{
  char *directory;
  GezVault *vault;
  PowerVfs *disk;
  PowerVfs *morning;
  gint64 before;
  GArray *failures;
  GPtrArray *errors;
  gint64 acknowledged;
} FaultScript;

FaultScript *fault_script_new     (guint32      seed);
void         fault_script_run     (FaultScript *self,
                                   guint32      seed,
                                   guint        n_commits);
const char  *fault_script_check   (FaultScript *self);
void         fault_script_free    (FaultScript *self);

G_END_DECLS
