/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/gez-json-prepare.h"

G_BEGIN_DECLS

gboolean gez_json_export_attachments  (GezStore      *store,
                                       const GezId   *household,
                                       const char    *directory,
                                       GCancellable  *cancellable,
                                       guint64       *n_files,
                                       GError       **error);
gboolean gez_json_take_attachments    (GezStore      *store,
                                       const char    *directory,
                                       GPtrArray     *rows,
                                       GCancellable  *cancellable,
                                       GError       **error);
void     gez_json_discard_attachment  (GezStore      *store,
                                       GezImportRow  *row);

G_END_DECLS
