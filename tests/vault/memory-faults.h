/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SQLite's memory, of which one request can be refused, or all from one on. */
void  memory_faults_install  (void);
void  memory_faults_plan     (gint     n_before,
                              gboolean is_for_ever);
void  memory_faults_stop     (void);
guint memory_faults_get_n    (void);
gint  memory_faults_n_taken  (void);

G_END_DECLS
