/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Removes a file, or a directory with all that is in it. */
void remove_tree (const char *path);
