/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-row.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/* One result of a search as a row, and the heading above the first row of its kind. */
GtkWidget  *gez_search_row_new      (GezRecord  *result,
                                     const char *today);
GezRecord  *gez_search_row_get      (GtkWidget  *row);
const char *gez_search_row_get_kind (GezRecord  *result);

G_END_DECLS
