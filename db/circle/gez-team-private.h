/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "store/gez-database-private.h"

G_BEGIN_DECLS

/* The lock of a member that keeps her out of a circle, in SQL. The subject of an open and of a casework circle is
 * the household. */
#define GEZ_IS_LOCKED(member, circle) \
  "EXISTS (SELECT 1 FROM team_lock l WHERE l.member_id = " member " AND hex (substr (" circle ", 1, 1)) IN ('6F', '63') " \
  "AND l.household_id = substr (" circle ", 2))"

/* Whether the grant `g` holds on the day @today, in SQL: known, given by a reader, not taken back, not over, and its
 * member is here and not locked out. The one definition of who reads a circle. */
#define GEZ_GRANT_IS_PRESENT(today) \
  "g.granted_at IS NOT NULL AND g.is_trusted AND g.revoked_at IS NULL AND (g.until_on IS NULL OR g.until_on >= " today ") " \
  "AND EXISTS (SELECT 1 FROM team_member a WHERE a.id = g.member_id AND a.is_active) " \
  "AND NOT " GEZ_IS_LOCKED ("g.member_id", "g.of_circle")

G_END_DECLS
