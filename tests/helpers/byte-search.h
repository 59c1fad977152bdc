/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How often bytes occur where they should not: in the memory of another process, in files. */
guint byte_search_memory        (const char    *process,
                                 gconstpointer  needle,
                                 gsize          size);
guint byte_search_unlocked_memory (const char  *process,
                                   gconstpointer needle,
                                   gsize        size);
guint byte_search_text_in_files (const char    *directory,
                                 const char    *text);
