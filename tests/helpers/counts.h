/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says how much a test did, as a diagnostic, and adds it to the table at the end of ./develop test:
 * a line "NAME NUMBER" in the file that the environment variable GEZINSPLAN_COUNTS names. Equal names
 * of several tests are added up there. @name is in plain words, in the plural: "power losses". */
void counts_add (const char *name,
                 gint64      number);

G_END_DECLS
