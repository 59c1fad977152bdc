/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-history-act.h"
#include "model/gez-page.h"
#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * GezHistoryKind:
 *
 * Kinds of things in a file by which its history is filtered.
 */
typedef enum
{
  GEZ_HISTORY_ALL,
  GEZ_HISTORY_HOUSEHOLD, /* the household itself and its trajectories */
  GEZ_HISTORY_PEOPLE,    /* persons, memberships, relations, helpers */
  GEZ_HISTORY_FLAGS,
  GEZ_HISTORY_DOMAINS,   /* what was said and scored */
  GEZ_HISTORY_PLAN,      /* goals and steps */
  GEZ_HISTORY_JOURNAL,   /* contacts, notes, questions */
  GEZ_HISTORY_REFERRALS,
  GEZ_HISTORY_AGENDA,    /* follow-ups and appointments */
  GEZ_HISTORY_DOCUMENTS,
  GEZ_HISTORY_N_KINDS
} GezHistoryKind;

/* The acts of a page: entries of many heights, that GTK lays out all at once. */
#define GEZ_HISTORY_PAGE_SIZE 50

/**
 * gez_history_query:
 * @household: the file
 * @kind: only this kind of things
 * @device: (nullable): only what was written on this device; none for all
 * @after: (nullable): the last act of the page before; %NULL for the first page
 * @limit: most acts
 *
 * Who changed what in a file, newest first, read from the change log: one act of a person is one
 * #GezHistoryAct. Rows that were taken back since are in it; what left the file for another one
 * is not.
 *
 * Returns: (transfer full): a query that gives a #GezPage of #GezHistoryAct
 */
GezQuery *gez_history_query (const GezId    *household,
                             GezHistoryKind  kind,
                             const GezId    *device,
                             GezHistoryAct  *after,
                             guint           limit);

/**
 * gez_history_writers_query:
 *
 * The devices that wrote in this store: list `writers` with `id`, `is_own`, and `name` of the
 * member (null: not known here).
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_history_writers_query (void);

G_END_DECLS
