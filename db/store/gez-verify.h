/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-query.h"

G_BEGIN_DECLS

/**
 * GezVerifyReport:
 * @n_pages: pages of the database
 * @n_rows: rows of shared tables
 * @n_writes: rows of the change log
 * @n_documents: documents, whose sealed files were looked at
 * @problems: (element-type utf8): what is not as it should be, in the words of who can repair it
 *
 * What a look at everything found.
 */
typedef struct
{
  gint64 n_pages;
  gint64 n_rows;
  gint64 n_writes;
  gint64 n_documents;
  GPtrArray *problems;
} GezVerifyReport;

GezQuery *gez_verify_query       (void);
void      gez_verify_report_free (GezVerifyReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezVerifyReport, gez_verify_report_free)

G_END_DECLS
