/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * The process that is looked at: makes a store in @directory and puts a marker in everything that it
 * can hold. On standard output it names each marker before it writes it, "marker NAME", and asks for a
 * look, "look STAGE", with all files open; it goes on when a line comes back. The last look is in the
 * middle of a transaction, and it waits to be killed.
 */
int canary_work (const char *directory,
                 guint64     seed);
