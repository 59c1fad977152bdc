/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A file that grows or shrinks while it is read: it says what @said says of itself, and is read as
 * @read. */
GFile *liar_file_new (GFile *said,
                      GFile *read);
