/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who reads a circle, in SQL: one definition for the team, its audit and the queries of the window. */

/* A lock keeps a member out of both circles of a household, the subject of which it is. */
#define GEZ_IS_LOCKED(member, circle) \
  "EXISTS (SELECT 1 FROM team_lock l WHERE l.member_id = " member \
  " AND l.household_id = substr (" circle ", 2) AND substr (" circle ", 1, 1) IN (x'6f', x'63'))"

/* A brugfiguur who does not read a casework circle can seal a record for it all the same, under a key of her
 * own (gez_team_prepare_circle()). Whom she lets in that way does not read it. */
#define GEZ_IS_BRUGFIGUUR(member) \
  "EXISTS (SELECT 1 FROM team_member r WHERE r.id = " member " AND r.role = 'brugfiguur')"
#define GEZ_GRANT_IS_FORGED \
  "(substr (g.of_circle, 1, 1) = x'63' AND " GEZ_IS_BRUGFIGUUR ("g.by_member_id") \
  " AND EXISTS (SELECT 1 FROM circle_grant o WHERE o.of_circle = g.of_circle " \
  "AND NOT " GEZ_IS_BRUGFIGUUR ("o.by_member_id") ") " \
  "AND NOT EXISTS (SELECT 1 FROM circle_grant o WHERE o.of_circle = g.of_circle " \
  "AND o.member_id = g.by_member_id AND NOT " GEZ_IS_BRUGFIGUUR ("o.by_member_id") "))"

/* Whether the grant `g` holds on the day @today: known, not taken back, not over, and its member is here and
 * not locked out. It is a function of what is known, whatever came first. */
#define GEZ_GRANT_IS_PRESENT(today) \
  "g.granted_at IS NOT NULL AND g.revoked_at IS NULL AND (g.until_on IS NULL OR g.until_on >= " today ") " \
  "AND EXISTS (SELECT 1 FROM team_member a WHERE a.id = g.member_id AND a.is_active) " \
  "AND NOT " GEZ_IS_LOCKED ("g.member_id", "g.of_circle") " AND NOT " GEZ_GRANT_IS_FORGED
